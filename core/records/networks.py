"""Networks that a person can choose, and their layers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class LayerInfo:
    """A layer that gives rows and columns; ``stride``: the side of a cell in pixels."""

    name: str
    stride: int
    channels: int


@dataclass(frozen=True)
class NetworkInfo:
    """A network of a library; ``size``: bytes of its weights, about what is downloaded; ``layers``: first to last."""

    name: str
    size: int
    layers: tuple[LayerInfo, ...]
