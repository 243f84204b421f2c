"""What all backbones share: run a cut network on one photo and read the grid back."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from core.backbones import PRECISIONS

# oneDNN caches what it prepared for each layer and shape, 1024 entries by default; the limit must be set before its first
# use.  Photos have many shapes, so the cache would take up to 0.3 GiB without use (``tests/benchmarks/HISTORY.md``).
os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "32")


class GridRunner:
    """Runs a network and the optional appended 2x2/2 max pool (floor, as the published masks show).

    Args:
        network: (1, 3, H, W) to (1, K, H', W').
        normalise: from float RGB on 0..255 to the network's input.
        stride: of the network's output, in input pixels.
        channels: K.
        pool: append the max pool.
        device: torch device, with ``+bf16`` for bfloat16, which takes half the time on processors that support it.
        receptive_field: of one cell of the network's output, in input pixels.
        smallest: shorter sides are padded with zeros to this after the normalisation; 0: never.

    ``learned`` is what a checkpoint contains besides the network, see ``checkpoints.Learned``.
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
        # Channels-last is about a third faster on the CPU.
        self._network = layers.eval().to(name, self._dtype, memory_format=torch.channels_last)  # type: ignore[call-overload]
        if name.startswith("cuda"):
            torch.backends.cudnn.allow_tf32 = False  # TF32 has 10 bits of mantissa: neither float32 nor bfloat16
        self.stride = stride * (2 if pool else 1)
        self.channels, self._smallest = channels, smallest
        self._field = receptive_field + (stride if pool else 0)

    @property
    def receptive_field(self) -> int:
        """Of one cell, in input pixels."""
        return self._field

    @property
    def device(self) -> str:
        """The torch device, without the precision."""
        return self._device

    def grid(self, photo: NDArray[np.uint8]) -> NDArray[np.float32]:
        """(H_I, W_I, 3) uint8 RGB to (H, W, K) float32; empty if a side is shorter than a cell."""
        return self.grids([photo])[0]

    def grids(self, photos: Sequence[NDArray[np.uint8]]) -> list[NDArray[np.float32]]:
        """The grids of photos of one shape, in one pass."""
        with torch.inference_mode():
            return list(np.ascontiguousarray(self.tensor(photos).cpu().numpy()))

    def tensor(self, photos: Sequence[NDArray[np.uint8]]) -> Tensor:
        """The grids of photos of one shape, (B, H, W, K) float32, on the device; on CUDA they may not be ready yet."""
        return self.forward(self.pixels(photos))

    def pixels(self, photos: Sequence[NDArray[np.uint8]]) -> Tensor:
        """(B, H_I, W_I, 3) uint8 on the device; to a CUDA device the copy is asynchronous."""
        together = torch.from_numpy(np.stack(photos))
        if self._device.startswith("cuda"):
            together = together.pin_memory()
        return together.to(self._device, non_blocking=True)

    def forward(self, pixels: Tensor) -> Tensor:
        """The result of ``pixels`` to grids, (B, H, W, K) float32."""
        count, *sides, _ = pixels.shape
        missing = [max(0, self._smallest - side) for side in sides]
        height, width = ((side + more) // self.stride for side, more in zip(sides, missing, strict=True))
        if height == 0 or width == 0:
            return torch.zeros((count, height, width, self.channels), device=self._device)
        # Photos are (H, W, 3) in memory, so this permuted view is channels-last already.
        images = self._normalise(pixels.float()).permute(0, 3, 1, 2)
        if any(missing):
            images = functional.pad(images, (0, missing[1], 0, missing[0]))
        grids: Tensor = self._network(images.to(self._dtype)).permute(0, 2, 3, 1).float()
        return grids
