"""What all backbones share: run a cut network on one photo and read the grid back."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from core.backbones import PRECISIONS


class GridRunner:
    """Runs a network and the optional appended 2x2/2 max pool (floor, as the published masks show).

    Args:
        network: (1, 3, H, W) to (1, K, H', W').
        normalise: what the network wants of float RGB on 0..255.
        stride: of the network's output, in input pixels.
        channels: K.
        pool: append the max pool.
        device: torch device, with ``+bf16`` for a network in bfloat16: half the time on processors that have it.
        receptive_field: of one cell of the network's output, in input pixels.
        smallest: shorter sides are continued with zeros to this, after the normalisation; 0: never.

    ``learned`` is what a checkpoint holds beyond the network, see ``checkpoints.Learned``.
    """

    dense = True
    learned: object = None

    def __init__(
        self,
        network: nn.Module,
        normalise: Callable[[Tensor], Tensor],
        stride: int,
        channels: int,
        pool: bool,
        device: str,
        smallest: int = 0,
        receptive_field: int = 0,
    ) -> None:
        layers = nn.Sequential(network, nn.MaxPool2d(2)) if pool else network
        name, _, precision = device.partition("+")
        self._normalise, self._device, self._dtype = normalise, name, getattr(torch, PRECISIONS[precision])
        # Channels-last is about a third faster on the CPU (DESIGN section 6).
        self._network = layers.eval().to(name, self._dtype, memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.stride = stride * (2 if pool else 1)
        self.channels, self._smallest = channels, smallest
        self.receptive_field = receptive_field + (stride if pool else 0)

    def grid(self, photo: NDArray[np.uint8]) -> NDArray[np.float32]:
        """(H_I, W_I, 3) uint8 RGB to (H, W, K) float32; empty when a side is shorter than a cell."""
        missing = [max(0, self._smallest - side) for side in photo.shape[:2]]
        height, width = ((side + more) // self.stride for side, more in zip(photo.shape[:2], missing, strict=True))
        if height == 0 or width == 0:
            return np.zeros((height, width, self.channels), dtype=np.float32)
        with torch.inference_mode():
            pixels = torch.tensor(photo, device=self._device)
            # A photo is (H, W, 3) in memory, so this permuted view is channels-last already.
            images = self._normalise(pixels.float()).permute(2, 0, 1)[None]
            if any(missing):
                images = functional.pad(images, (0, missing[1], 0, missing[0]))
            grid = self._network(images.to(self._dtype))[0].permute(1, 2, 0)
        return np.ascontiguousarray(grid.float().cpu().numpy())
