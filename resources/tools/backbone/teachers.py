"""The small networks that are learnt from or compared with.  Never shipped.

MobileNetV1 (Apache-2.0), SqueezeNet 1.1 (MIT), and VGG-19 pruned to a sixteenth and distilled (MIT).

Strided layers follow the originals, so that at an input of a multiple of 32 pixels a cell of stride s is centred on the
pixel s i + s - 1.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional


class _Teacher:
    """A network from a file.

    Args:
        dtype: of its numbers; bfloat16 takes half the time and memory where the processor has it, and the targets of
            training are noisier than it is.
    """

    def __init__(self, path: Path, device: torch.device | str, dtype: torch.dtype) -> None:
        self.dtype = dtype
        with np.load(path, allow_pickle=False) as stored:
            arrays = {
                name.replace(".", "__").replace("/", "_"): torch.tensor(stored[name], device=device)
                for name in stored.files
            }
        self.arrays = {
            name: (value.to(memory_format=torch.channels_last) if value.ndim == 4 else value).to(dtype)
            for name, value in arrays.items()
        }

    def layer(self, name: str) -> tuple[Tensor, Tensor]:
        return self.arrays[f"{name}__w"], self.arrays[f"{name}__b"]


class MobileNet(_Teacher):
    """MobileNetV1 1.0 with ReLU6 (Howard et al., arXiv 1704.04861)."""

    def __init__(self, folder: Path, device: torch.device | str = "cpu", dtype: torch.dtype = torch.bfloat16) -> None:
        super().__init__(folder / "mobilenet_v1_1.0_dequant.npz", device, dtype)
        self.names = sorted(name[:-3] for name in self.arrays if name.endswith("__w"))

    def grids(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """RGB (N, 3, H, W) on 0..1 to the grids after pw11 (512 channels, stride 16) and pw13 (1024, stride 32)."""
        x = ((x * 255 - 128) / 128).to(self.dtype)
        middle = x
        for number, name in enumerate(self.names):
            weight, bias = self.layer(name)
            stride = 2 if number in (0, 3, 7, 11, 23) else 1
            groups = x.shape[1] if "dw" in name else 1
            x = functional.conv2d(_same(x, weight.shape[-1], stride), weight, bias, stride, groups=groups).clamp_(0, 6)
            if number == 22:
                middle = x
        return middle, x


class SqueezeNet(_Teacher):
    """SqueezeNet 1.1 (Iandola et al., arXiv 1602.07360)."""

    def __init__(self, folder: Path, device: torch.device | str = "cpu", dtype: torch.dtype = torch.bfloat16) -> None:
        super().__init__(folder / "squeezenet_v1.1_imagenet.npz", device, dtype)

    def grid(self, x: Tensor) -> Tensor:
        """RGB (N, 3, H, W) on 0..1 to the grid after fire9 (512 channels, stride 16)."""
        mean = torch.tensor([104.0, 117.0, 123.0], device=x.device).view(1, 3, 1, 1)
        x = ((x * 255).flip(1) - mean).to(self.dtype)
        x = functional.max_pool2d(self._convolve(x, "conv1", stride=2), 3, 2)
        for number in range(2, 10):
            if number in (4, 6):
                x = functional.max_pool2d(x, 3, 2)
            squeezed = self._convolve(x, f"fire{number}_squeeze1x1")
            wide = self._convolve(squeezed, f"fire{number}_expand3x3", padding=1)
            x = torch.cat([self._convolve(squeezed, f"fire{number}_expand1x1"), wide], 1)
        return x

    def _convolve(self, x: Tensor, name: str, stride: int = 1, padding: int = 0) -> Tensor:
        return functional.conv2d(x, *self.layer(name), stride, padding).relu_()


class PrunedVgg(_Teacher):
    """VGG-19 to conv5_1 with a quarter of its filters, distilled from it; 1x1 maps give its 512 channels back."""

    BLOCKS = (("11", "12"), ("21", "22"), ("31", "32", "33", "34"), ("41", "42", "43", "44"), ("51",))

    def __init__(self, folder: Path, device: torch.device | str = "cpu", dtype: torch.dtype = torch.bfloat16) -> None:
        super().__init__(folder / "vgg19_pruned16x_conv51.npz", device, dtype)

    def layer(self, name: str) -> tuple[Tensor, Tensor]:
        """Weights and bias, by this file's names."""
        return self.arrays[f"{name}__weight"], self.arrays[f"{name}__bias"]

    def grid(self, x: Tensor) -> Tensor:
        """RGB (N, 3, H, W) on 0..1 to the grid after conv5_1 (512 channels, stride 16)."""
        x = functional.conv2d(x.to(self.dtype), *self.layer("conv0"))
        for block, names in enumerate(self.BLOCKS):
            if block:
                x = functional.max_pool2d(x, 2)
            for name in names:
                x = functional.conv2d(functional.pad(x, (1, 1, 1, 1), "reflect"), *self.layer(f"conv{name}")).relu_()
        return functional.conv2d(x, *self.layer("conv51_aux")).relu_()


def _same(x: Tensor, kernel: int, stride: int) -> Tensor:
    """TensorFlow's padding SAME: the surplus row and column lie below and right."""
    height, width = (max((-(-n // stride) - 1) * stride + kernel - n, 0) for n in x.shape[-2:])
    if not (height or width):
        return x
    return functional.pad(x, (width // 2, width - width // 2, height // 2, height - height // 2))
