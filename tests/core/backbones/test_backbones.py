"""The networks: shapes, weights of other networks, no network connection."""

from __future__ import annotations

import os
import urllib.error
import urllib.request
from pathlib import Path

import numpy as np
import pytest
import torch

from core.backbones import BACKBONES, PLACELESS, check_device, load_backbone
from core.backbones.compact import CompactBackbone
from core.backbones.finetuned import NetVladBackbone, SiamacBackbone
from core.backbones.sift import SiftBackbone
from core.backbones.vgg16 import LAYERS, Vgg16Backbone
from core.backbones.vgg16_fc7 import Vgg16Fc7Backbone
from core.util.errors import UserError


def test_compact_grid_is_floor_of_side_over_stride() -> None:
    photo = np.random.default_rng(0).integers(0, 255, (100, 75, 3), dtype=np.uint8)
    plain, pooled = (load_backbone("compact", "head", pool, "cpu") for pool in (False, True))
    assert plain.grid(photo).shape == (6, 4, 512)
    assert pooled.grid(photo).shape == (3, 2, 512)
    assert plain.grid(photo).min() >= 0
    assert plain.grid(photo[:10]).shape == (0, 4, 512)
    best = plain.grid(photo)[:6, :4].reshape(3, 2, 2, 2, 512).max(axis=(1, 3))
    assert np.allclose(best, pooled.grid(photo), atol=1e-5)


def test_the_shipped_weights_give_the_recorded_numbers() -> None:
    y, x = np.mgrid[0:128, 0:160]
    waves = [127 + 120 * np.sin(x / 7), 127 + 120 * np.cos(y / 9), 127 + 120 * np.sin((x + y) / 13)]
    grid = load_backbone("compact", "head", False, "cpu").grid(np.stack(waves, axis=2).astype(np.uint8))
    assert np.linalg.norm(grid) == pytest.approx(75.598, rel=1e-3)
    assert (grid == 0).mean() == pytest.approx(0.738, abs=2e-3)
    assert grid.max() == pytest.approx(3.716, rel=1e-3)
    assert np.argsort(-grid[4, 5])[:5].tolist() == [1, 361, 78, 281, 304]
    assert np.sort(grid[4, 5])[:-6:-1] == pytest.approx([2.2539, 2.2264, 2.1576, 1.8334, 1.7948], rel=2e-3)
    assert [grid[0, 0, 7], grid[3, 5, 100], grid[7, 9, 511]] == pytest.approx([0, 1.7432, 0.1390], abs=2e-3)


def test_vgg16_from_a_local_file(tmp_path: Path) -> None:
    from torchvision.models import vgg16

    torch.manual_seed(0)
    network = vgg16().eval()
    path = tmp_path / "vgg16.pth"
    torch.save(network.state_dict(), path)
    photo = np.random.default_rng(0).integers(0, 255, (64, 96, 3), dtype=np.uint8)
    for layer, pool, stride in (("conv5_3", True, 32), ("conv4_1", True, 16), ("conv5_1", False, 16)):
        backbone = load_backbone("vgg16", layer, pool, "cpu", path)
        assert backbone.stride == stride
        grid = backbone.grid(photo)
        assert grid.shape == (64 // stride, 96 // stride, 512)
    pixels = torch.from_numpy(photo.transpose(2, 0, 1)[None].astype(np.float32)) - 114.799
    with torch.inference_mode():
        expected = network.features[: LAYERS["conv5_1"][0] + 1](pixels)[0].permute(1, 2, 0).numpy()
    assert np.allclose(grid, expected, atol=1e-3 * np.abs(expected).max())


def test_weights_of_another_network_are_refused(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.pth"
    torch.save({"features.0.weight": torch.zeros(3)}, wrong)
    text = tmp_path / "text.pth"
    text.write_text("no weights")
    for path in (wrong, text, tmp_path / "none.pth"):
        with pytest.raises(UserError):
            load_backbone("vgg16", "conv5_3", True, "cpu", path)
    with pytest.raises(UserError):
        load_backbone("compact", "head", True, "cpu", text)


class Trap:
    """Unpickled, this would write a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return Path.touch, (self.path,)


def test_weights_cannot_run_code(tmp_path: Path) -> None:
    torch.save({"features.0.weight": Trap(tmp_path / "sprung")}, tmp_path / "trap.pth")
    with pytest.raises(UserError):
        load_backbone("vgg16", "conv5_3", True, "cpu", tmp_path / "trap.pth")
    assert not (tmp_path / "sprung").exists()


def test_no_connection_is_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise urllib.error.URLError("no route")

    monkeypatch.setattr(urllib.request, "urlopen", refuse)
    monkeypatch.setattr(torch.hub, "get_dir", lambda: str(tmp_path / "hub"))
    with pytest.raises(UserError, match="could not be downloaded"):
        load_backbone("vgg16", "conv5_3", True, "cpu")
    assert not list(tmp_path.rglob("*.part"))


def test_few_layers_are_kept_ready_for_other_shapes() -> None:
    load_backbone("compact", "head", False, "cpu")
    assert int(os.environ["ONEDNN_PRIMITIVE_CACHE_CAPACITY"]) < 100


def test_unknown_names() -> None:
    for arguments in (("resnet", "head"), ("compact", "conv5_3"), ("vgg16", "fc7")):
        with pytest.raises(UserError):
            load_backbone(*arguments, pool=True, device="cpu")
    with pytest.raises(UserError, match="not available"):
        check_device("warp")


def test_bfloat16_gives_nearly_the_same_grid() -> None:
    photo = np.random.default_rng(3).integers(0, 256, (96, 128, 3), dtype=np.uint8)
    exact, fast = (load_backbone("compact", "head", False, device).grid(photo) for device in ("cpu", "cpu+bf16"))
    assert fast.dtype == np.float32
    cosine = float((exact * fast).sum() / (np.linalg.norm(exact) * np.linalg.norm(fast)))
    assert 0.999 < cosine < 1


@pytest.mark.parametrize("device", ["cpu+fp8", "tpu", "cuda:99+bf16"])
def test_a_device_that_is_not_there_is_told(device: str) -> None:
    with pytest.raises(UserError):
        load_backbone("compact", "head", False, device)


def test_which_backbones_have_places_is_known_without_loading_them() -> None:
    classes = {
        "compact": CompactBackbone,
        "vgg16": Vgg16Backbone,
        "siamac": SiamacBackbone,
        "netvlad": NetVladBackbone,
        "vgg16-fc7": Vgg16Fc7Backbone,
        "sift": SiftBackbone,
    }
    assert classes.keys() == set(BACKBONES)
    assert {name for name, kind in classes.items() if not kind.dense} == PLACELESS
