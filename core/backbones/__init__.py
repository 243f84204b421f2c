"""Backbones: convolutional networks that turn a photo into a grid of activations.

A backbone is made by name with ``load_backbone``.  To add one, write a module with a class that follows ``Backbone`` and
add a row to ``_LOADERS``.  Networks of libraries, as ``torchvision:resnet50`` and
``timm:convnext_tiny.fb_in22k``, are loaded by the rows of ``_LIBRARIES``.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.util.errors import UserError
from core.util.progress import Ticket

PRECISIONS = {"": "float32", "bf16": "bfloat16"}
"""Precisions that may follow a device after a ``+``, with torch's names of their data types."""

EIGHT_BITS = "cpu+int8"
"""The embedded network in eight bits, without torch (``core.backbones.eight_bits``)."""

ACCELERATORS = ("nvidiactl", "nvidia0", "nvmap", "nvgpu", "kfd", "dxg")
"""One of these is among Linux's devices where torch can find an accelerator; asking torch would take seconds and 0.5 GB."""

SHOWN = 80
"""Largest number of characters of a wrong name in an error message."""


class Backbone(Protocol):
    """A network cut at one layer.

    ``stride`` is the side of a cell in pixels of the network's input: cell (r, c) covers the pixels
    [stride r, stride (r + 1)) x [stride c, stride (c + 1)).  A photo with a side shorter than that gives no cell.
    ``receptive_field`` is the side of the square of input pixels that a cell's feature depends on.
    If ``dense`` is False, rows of the grid are not cells but keypoints or windows; then the stride is 1.
    A network that takes little memory may have an attribute ``lanes``: how many photos it may be shown at a time on a
    processor; and a method ``let_go()`` that frees what it keeps for that.
    """

    stride: int
    channels: int
    dense: bool

    @property
    def receptive_field(self) -> int:
        """See the class."""
        ...

    @property
    def learned(self) -> object:
        """What a fine-tuned checkpoint contains besides the network (``checkpoints.Learned``), or None."""
        ...

    def grid(self, photo: NDArray[np.uint8]) -> NDArray[np.float32]:
        """(H_I, W_I, 3) uint8 RGB, already resized, to the (H, W, K) float32 grid, H = floor(H_I / stride)."""
        ...


def grids(backbone: Backbone, photos: Sequence[NDArray[np.uint8]]) -> list[NDArray[np.float32]]:
    """The grids of photos of one shape, in one pass if the backbone has a method ``grids``."""
    together = getattr(backbone, "grids", None)
    return together(photos) if together else [backbone.grid(photo) for photo in photos]


def load_backbone(
    name: str, layer: str, pool: bool, device: str, weights: Path | None = None, ticket: Ticket | None = None
) -> Backbone:
    """Make a backbone ready to run.

    Args:
        name: ``compact`` (embedded in the program), ``vgg16`` and ``vgg16-fc7`` (torchvision's, downloaded once),
            ``siamac`` and ``netvlad`` (from a local checkpoint), ``sift`` (no network), or a library's network; with ``@``
            and digits for those weights alone (``core.backbones.kept_weights``).
        layer: a layer of that backbone.
        pool: append a 2x2/2 max pool (floor), which doubles the stride.
        device: a torch device, ``cpu``, ``cuda`` or ``mps``, with ``+bf16`` to compute in bfloat16; or ``EIGHT_BITS``.
        weights: a local file to read instead of the usual one.
        ticket: reports a download's progress.

    Raises:
        UserError: no such backbone, layer or device; the weights are missing, damaged, or another network's.
        Cancelled: by the ticket, while downloading.
    """
    check_name(name)
    if "@" in name:
        from core.backbones.kept_weights import found

        weights = found(name, weights)
    library, colon, network = name.partition("@")[0].partition(":")
    if device == EIGHT_BITS and name != "compact":
        raise UserError(
            f"there are no eight bits for the network '{name[:SHOWN]}'", "--device", "Use --device cpu, or auto."
        )
    if colon:
        return _LIBRARIES[library](network, layer, pool, check_device(device), weights, ticket or Ticket())
    return _LOADERS[library](layer, pool, check_device(device), weights, ticket or Ticket())


def check_name(name: str) -> None:
    """Check the name of a backbone.  A library's network must be a plain name, never a URL or a path.

    Raises:
        UserError: it is not the name of a backbone.
    """
    plain, at, digits = name.partition("@")
    library, colon, network = plain.partition(":")
    known = plain in _LOADERS or (colon and library in _LIBRARIES and re.fullmatch(r"\w[\w.-]{0,120}", network, re.ASCII))
    if known and (not at or re.fullmatch("[0-9a-f]{16}", digits)):
        return
    raise UserError(
        f"there is no backbone '{name[:SHOWN]}'",
        "configuration",
        f"There are: {', '.join(_LOADERS)}; torchvision:NAME and timm:NAME for the networks of these libraries.",
    )


def split_layer(text: str) -> tuple[str, str]:
    """Split ``timm:convnext_tiny.fb_in22k/stages_2`` into backbone and layer; without a layer that is empty."""
    name, _, layer = text.partition("/")
    return name, layer


def check_device(device: str) -> str:
    """The device's name, with its precision; ``auto`` picks an accelerator if torch finds one.

    Raises:
        UserError: no such device or precision.
    """
    name, plus, precision = device.partition("+")
    if device == EIGHT_BITS:
        return device
    if precision not in PRECISIONS:
        raise UserError(f"there is no precision '{precision}'", "--device", "Use --device cpu, cpu+bf16 or cpu+int8.")
    if name == "auto":
        return _found() + plus + precision
    if name.split(":")[0] != "cpu" and not _is_present(name.split(":")[0]):
        raise UserError(f"the device '{device}' is not available", "--device", "Use --device cpu, or auto.")
    return device


def quickest(name: str, device: str, weights: Path | None = None) -> str:
    """``device``, or ``EIGHT_BITS`` if that is ``auto``, there is no accelerator, and this backbone has eight bits here.

    Args:
        name: of the backbone.
        weights: a local file that is read instead of the usual one.
    """
    if device == "auto" and name == "compact" and weights is None and _found() == "cpu":
        from core.backbones.eight_bits import usable

        return EIGHT_BITS if usable() else "cpu"
    return device


def _found() -> str:
    """The device that ``auto`` picks."""
    if sys.platform == "linux" and not any(Path("/dev", name).exists() for name in ACCELERATORS):
        return "cpu"
    return next((name for name in ("cuda", "mps") if _is_present(name)), "cpu")


def _is_present(accelerator: str) -> bool:
    import torch

    return {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}.get(accelerator, False)


def _load_compact(layer: str, pool: bool, device: str, weights: Path | None, ticket: Ticket) -> Backbone:
    if device == EIGHT_BITS:
        from core.backbones.eight_bits import EightBitBackbone

        if weights is not None:
            raise UserError("there are no eight bits for other weights", str(weights), "Use --device cpu.")
        return EightBitBackbone(layer, pool)
    from core.backbones.compact import CompactBackbone

    return CompactBackbone(layer, pool, device, weights)


def _load_vgg16(layer: str, pool: bool, device: str, weights: Path | None, ticket: Ticket) -> Backbone:
    from core.backbones.vgg16 import Vgg16Backbone

    return Vgg16Backbone(layer, pool, device, weights, ticket)


def _load_siamac(layer: str, pool: bool, device: str, weights: Path | None, ticket: Ticket) -> Backbone:
    from core.backbones.finetuned import SiamacBackbone

    return SiamacBackbone(layer, pool, device, weights)


def _load_netvlad(layer: str, pool: bool, device: str, weights: Path | None, ticket: Ticket) -> Backbone:
    from core.backbones.finetuned import NetVladBackbone

    return NetVladBackbone(layer, pool, device, weights)


def _load_vgg16_fc7(layer: str, pool: bool, device: str, weights: Path | None, ticket: Ticket) -> Backbone:
    from core.backbones.vgg16_fc7 import Vgg16Fc7Backbone

    return Vgg16Fc7Backbone(layer, pool, device, weights, ticket)


def _load_sift(layer: str, pool: bool, device: str, weights: Path | None, ticket: Ticket) -> Backbone:
    from core.backbones.sift import SiftBackbone

    return SiftBackbone(layer, pool)


def _load_torchvision(name: str, layer: str, pool: bool, device: str, weights: Path | None, ticket: Ticket) -> Backbone:
    from core.backbones.torchvision_networks import TorchvisionBackbone

    return TorchvisionBackbone(name, layer, pool, device, weights, ticket)


def _load_timm(name: str, layer: str, pool: bool, device: str, weights: Path | None, ticket: Ticket) -> Backbone:
    from core.backbones.timm_networks import TimmBackbone

    return TimmBackbone(name, layer, pool, device, weights, ticket)


_LOADERS: dict[str, Callable[[str, bool, str, Path | None, Ticket], Backbone]] = {
    "compact": _load_compact,
    "vgg16": _load_vgg16,
    "siamac": _load_siamac,
    "netvlad": _load_netvlad,
    "vgg16-fc7": _load_vgg16_fc7,
    "sift": _load_sift,
}

_LIBRARIES: dict[str, Callable[[str, str, bool, str, Path | None, Ticket], Backbone]] = {
    "torchvision": _load_torchvision,
    "timm": _load_timm,
}

BACKBONES = tuple(_LOADERS)
"""The names of all backbones except those of libraries."""

PLACELESS = frozenset({"sift", "vgg16-fc7"})
"""Those that are not ``Backbone.dense``, so that it is known without loading them."""
