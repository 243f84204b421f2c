"""EfficientNet-Lite0 as a teacher, through the package timm.  Never shipped."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor

NETWORK = "tf_efficientnet_lite0"
"""Its name in timm."""


class Lite0:
    """The network in single precision.

    Args:
        path: weights by timm's names, as ``resources.tools.lite0`` writes them.

    Raises:
        ImportError: timm is not installed.
    """

    def __init__(self, path: Path, device: torch.device | str) -> None:
        import timm  # optional

        self.network = timm.create_model(NETWORK, pretrained=False)
        self.network.load_state_dict(load_file(path))
        self.network.to(device, memory_format=torch.channels_last).eval()
        self._expanded: list[Tensor] = []
        # Block 11 of 16, before its activation, which clips at 6.
        activation = self.network.blocks[5][0].bn1.act
        activation.register_forward_pre_hook(lambda _module, inputs: self._expanded.append(torch.relu(inputs[0])))

    def grids(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """RGB (N, 3, H, W) on 0..1 to block 11 expanded (672 channels, stride 16) and the head (1280, stride 32)."""
        head: Tensor = self.network.forward_features((x - 0.5) * 2)
        return self._expanded.pop(), head
