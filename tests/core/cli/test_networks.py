"""A network of a library on the command line: fitted, indexed with, surveyed, compared with another pipeline."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
import torchvision
from safetensors.torch import save_file

import main
from core.chain.config import DescriberConfig, with_backbone
from core.evaluation.tables import base_config
from core.util.errors import UserError

NETWORK = "torchvision:mobilenet_v3_small/features.8"
SMALL = ["longest_side=160", "pca_dimension=8", "words=5", "truncate=4", "bits=16"]


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> dict:
    assert main.main([*map(str, arguments), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_two_pipelines_from_fit_to_comparison(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    torch.manual_seed(0)
    weights = tmp_path / "weights.safetensors"
    model = torchvision.models.mobilenet_v3_small(weights=None)
    save_file({name: value.contiguous() for name, value in model.state_dict().items()}, weights)
    chosen = ("--backbone", NETWORK, "--weights", weights)
    info = run(capsys, "fit", "mobile", "--collection", folder, "--count", "5", *chosen, "--set", *SMALL)
    assert info["values"]["backbone"].startswith("torchvision:mobilenet_v3_small@")
    assert info["values"]["layer"] == "features.8"
    assert "negative" in info["note"]
    assert main.main(["fit", "ours", "--collection", str(folder), "--set", *SMALL]) == 0
    assert "the collection itself" in capsys.readouterr().out
    libraries = [tmp_path / f"{name}.cropseek" for name in ("ours", "mobile")]
    survey = run(capsys, "survey", folder, "--count", "2", *chosen)
    assert {row["mask"] for row in survey["masks"]} >= {"max", "sum", "sift", "none"}
    weights.unlink()  # a copy was kept
    for path in libraries:
        run(capsys, "index", folder, "--library", path, "--preset", path.stem)
    photo = sorted(folder.iterdir())[0]
    found = run(capsys, "compare", libraries[0], libraries[1], "--image", photo, "-k", "3")
    assert [each["preset"] for each in found["pipelines"]] == ["ours", "mobile"]
    assert found["pipelines"][0]["hits"][0]["path"]


def test_the_networks_that_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    names = run(capsys, "networks", "resnet")["networks"]
    assert "torchvision:resnet50" in names
    info = run(capsys, "networks", "torchvision:resnet50")
    assert {"name": "layer3", "stride": 16, "channels": 1024} in info["layers"]
    assert 97e6 < info["size"] < 103e6
    assert main.main(["networks", "torchvision:nothing"]) == 1
    assert "has no network 'nothing'" in capsys.readouterr().err


def test_names_with_a_layer() -> None:
    config = with_backbone(DescriberConfig(pool=True), "timm:convnext_tiny.fb_in22k/stages_2")
    assert (config.backbone, config.layer, config.pool) == ("timm:convnext_tiny.fb_in22k", "stages_2", False)
    assert base_config("timm:convnext_tiny.fb_in22k/stages_2").layer == "stages_2"
    with pytest.raises(UserError, match="for tables"):
        base_config("convnext")
