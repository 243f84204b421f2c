"""The networks that can be chosen, and what is known of their layers before anything is downloaded."""

from __future__ import annotations

import pytest

from core.backbones.catalogue import network_info, network_names
from core.records import LayerInfo
from core.util.errors import UserError


def test_names_of_both_libraries() -> None:
    pytest.importorskip("timm")
    names = network_names()
    assert {"torchvision:vit_b_16", "timm:convnext_tiny.fb_in22k", "timm:vit_small_patch14_dinov2.lvd142m"} <= set(names)


@pytest.mark.parametrize(
    ("name", "layer", "megabytes"),
    [
        ("torchvision:mobilenet_v3_small", LayerInfo("features.8", 16, 48), 10),
        ("torchvision:swin_t", LayerInfo("features.5", 16, 384), 113),
        ("torchvision:vit_b_16", LayerInfo("blocks_11", 16, 768), 346),
        ("timm:convnext_atto", LayerInfo("stages_2", 16, 160), 15),
        ("timm:vit_tiny_patch16_224", LayerInfo("blocks_1", 16, 192), 23),
        ("timm:vit_small_patch14_dinov2.lvd142m", LayerInfo("blocks_11", 14, 384), 88),
    ],
)
def test_layers_are_known_without_weights(name: str, layer: LayerInfo, megabytes: int) -> None:
    if name.startswith("timm:"):
        pytest.importorskip("timm")
    info = network_info(name)
    assert layer in info.layers
    assert round(info.size / 1e6) == megabytes


def test_what_is_no_network() -> None:
    with pytest.raises(UserError, match="no network 'nothing'"):
        network_info("torchvision:nothing")
    with pytest.raises(UserError, match="no network of torchvision or timm"):
        network_info("compact")
