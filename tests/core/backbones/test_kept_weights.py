"""Weights that a person gave: kept, found by their digest, and never another file's."""

from __future__ import annotations

from pathlib import Path

import pytest
import torchvision
from safetensors.torch import save_file

from core.backbones import check_name, kept_weights, load_backbone
from core.util.errors import UserError
from core.util.resources import own_folder

NETWORK, LAYER = "torchvision:mobilenet_v3_small", "features.8"


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    path = tmp_path / "weights.safetensors"
    model = torchvision.models.mobilenet_v3_small(weights=None)
    save_file({name: value.contiguous() for name, value in model.state_dict().items()}, path)
    return path


def test_kept_weights_are_found_when_the_file_is_gone(weights: Path) -> None:
    name = kept_weights.name_with(NETWORK, weights)
    check_name(name)
    assert kept_weights.name_with(name, weights) == name
    assert kept_weights.found(name, weights) == weights  # not kept yet
    with pytest.raises(UserError, match="not on this computer"):
        kept_weights.found(name, None)
    kept_weights.keep(name, weights)
    kept_weights.keep(name, weights)
    weights.unlink()
    assert load_backbone(name, LAYER, False, "cpu").channels == 48


def test_another_file_is_not_taken(weights: Path, tmp_path: Path) -> None:
    name = kept_weights.name_with(NETWORK, weights)
    other = tmp_path / "other.safetensors"
    other.write_bytes(b"other")
    with pytest.raises(UserError, match="not on this computer"):
        load_backbone(name, LAYER, False, "cpu", other)


def test_a_changed_copy_is_refused(weights: Path) -> None:
    name = kept_weights.name_with(NETWORK, weights)
    kept_weights.keep(name, weights)
    (copy,) = own_folder("weights").iterdir()
    copy.write_bytes(copy.read_bytes()[:-1] + b"x")
    with pytest.raises(UserError, match="kept weights are damaged"):
        kept_weights.found(name, None)


@pytest.mark.parametrize(
    "name", ["vgg16@", "vgg16@12", "vgg16@../../../etc/xyz", "vgg16@1a2b3c4d5e6f7a8", "@1a2b3c4d5e6f7a8b"]
)
def test_names_that_are_no_digest(name: str) -> None:
    with pytest.raises(UserError, match="no backbone"):
        check_name(name)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="file of weights"):
        kept_weights.name_with("vgg16", tmp_path / "nothing.pth")
