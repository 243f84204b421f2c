"""Networks of torchvision and timm: named ``torchvision:resnet50``, ``timm:convnext_tiny.fb_in22k``, cut at one layer.

What a network does not say about itself is measured with noise when it is loaded: the layout of its output, its stride, and
the centres of its cells.  Our cells cover [stride r, stride (r + 1)).  Cells of networks with odd, padded kernels are
centred on the corner of that square, stride / 2 pixels up and left of its centre, so their input is shifted by as much.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import torch
from torch import Tensor, nn
from torch.nn import functional

from core.backbones.runner import GridRunner
from core.util.errors import UserError

SHORT, LONG = 7, 10
"""Height and width of the noise in cells; different, so that rows, columns and channels of the output are recognised."""

LEAST, WIDE = 224, 960
"""Least side of the noise in pixels, and the side for measuring the receptive field."""

SEED = 0


@dataclass(frozen=True)
class Cut:
    """A network from a library, with loaded weights.

    Attributes:
        network: (N, 3, H, W), sides multiples of the stride, to (N, K, H', W') or (N, H', W', K).
        mean, deviation: of its normalisation, for RGB on 0..1.
        stride: according to its library; 0: unknown.
    """

    network: nn.Module
    mean: Sequence[float]
    deviation: Sequence[float]
    stride: int = 0


class LibraryBackbone(GridRunner):
    """A network of a library as a backbone.

    Attributes:
        signed: whether its features may be negative, unlike those that the paper's masks are defined for.

    Raises:
        UserError: its output has no rows and columns.
    """

    def __init__(self, cut: Cut, name: str, pool: bool, device: str) -> None:
        form = _form_of(cut, name)
        self.signed = form.signed
        self._cut = _Aligned(cut.network, form)
        normalise = _Normalise(cut.mean, cut.deviation)
        super().__init__(self._cut, normalise, form.stride, form.channels, pool, device)
        self._own_stride, self._pool = form.stride, pool

    @property
    def receptive_field(self) -> int:
        """Of one cell, in input pixels; if it covers the whole photo, the side of the noise."""
        return self._looked_for

    @cached_property
    def _looked_for(self) -> int:
        side = WIDE // self._own_stride * self._own_stride
        seen = _seen(self._cut, side, side, self._device, self._dtype).amax(dim=0).nonzero()
        field = int(seen[-1] - seen[0]) + 1 if len(seen) else self._own_stride
        return field + (self._own_stride if self._pool else 0)


@dataclass(frozen=True)
class _Form:
    """Properties measured with noise; ``last``: whether channels come last."""

    stride: int
    channels: int
    last: bool
    shift: int
    signed: bool


class _Aligned(nn.Module):
    """Output as ``GridRunner`` expects: (N, 3, H, W) to (N, K, floor(H / stride), floor(W / stride))."""

    def __init__(self, network: nn.Module, form: _Form) -> None:
        super().__init__()
        self.network, self._form = network, form

    def forward(self, images: Tensor) -> Tensor:
        """See the class."""
        stride, shift = self._form.stride, self._form.shift
        height, width = (side // stride * stride for side in images.shape[2:])
        images = images[:, :, :height, :width]
        if shift:
            images = functional.pad(images[:, :, shift:, shift:], (0, shift, 0, shift), mode="replicate")
        grids: Tensor = self.network(images)
        return grids.permute(0, 3, 1, 2) if self._form.last else grids


class _Normalise:
    """Normalise RGB on 0..255, (..., 3), as the network was trained."""

    def __init__(self, mean: Sequence[float], deviation: Sequence[float]) -> None:
        self._mean, self._deviation = (255 * torch.tensor(list(each), dtype=torch.float32) for each in (mean, deviation))

    def __call__(self, pixels: Tensor) -> Tensor:
        return (pixels - self._mean.to(pixels.device)) / self._deviation.to(pixels.device)


def _form_of(cut: Cut, name: str) -> _Form:
    """Measure a network's properties with noise."""
    step = cut.stride or 32
    unit = step * -(-LEAST // (SHORT * step))
    height, width = SHORT * unit, LONG * unit
    with torch.inference_mode():
        out = cut.network.eval()(_noise(height, width))
    shape = tuple(out.shape) if isinstance(out, Tensor) else ()
    for last, (rows, columns, channels) in enumerate((shape[2:] + shape[1:2], shape[1:]) if len(shape) == 4 else ()):
        if rows * width == columns * height and height % rows == 0:
            stride = height // rows
            plain = _Aligned(cut.network, _Form(stride, channels, bool(last), 0, signed=False))
            shift = _shift(_seen(plain, height, width, "cpu", torch.float32), height, stride)
            return _Form(stride, channels, bool(last), shift, signed=bool((out < 0).any()))
    raise UserError(
        f"this layer of '{name}' gives no rows and columns", "configuration", "Choose a layer before its pooling."
    )


def _noise(height: int, width: int) -> Tensor:
    return torch.randn((1, 3, height, width), generator=torch.Generator().manual_seed(SEED))


def _seen(network: nn.Module, height: int, width: int, device: str, dtype: torch.dtype) -> Tensor:
    """How much the central cell of a network's output depends on each pixel, (height, width)."""
    with torch.inference_mode(mode=False), torch.enable_grad():
        images = _noise(height, width).to(device, dtype).requires_grad_()
        grid = network(images)
        (gradient,) = torch.autograd.grad(grid[0, :, grid.shape[2] // 2, grid.shape[3] // 2].sum(), images)
    return gradient[0].abs().sum(dim=0).float().cpu()


def _shift(seen: Tensor, height: int, stride: int) -> int:
    """The shift of the input in pixels: half a cell if cells are centred nearer to their corner than to their centre."""
    rows = seen.square().sum(dim=1)
    centres = torch.arange(len(rows), dtype=rows.dtype) + 0.5
    middle = float((rows * centres).sum() / rows.sum()) if rows.any() else stride / 2
    inside = middle - height // stride // 2 * stride
    return stride // 2 if inside < stride / 4 else 0


def refused(name: str, layer: str, layers: Sequence[str]) -> UserError:
    """The error for an unknown layer, which lists the layers."""
    shown = ", ".join(layers[:40]) + (", ..." if len(layers) > 40 else "")
    return UserError(f"the network '{name}' has no layer '{layer}'", "configuration", f"It has: {shown}.")
