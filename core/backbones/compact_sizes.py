"""The sizes of the embedded network (``core.backbones.compact``), for those who run it without torch."""

from __future__ import annotations

from core.util.errors import UserError

CHANNELS = 512
STRIDE = 16
RECEPTIVE_FIELD = 294
"""Pixels: 4 for the stem; each later layer with a kernel of k adds (k - 1) times the stride before it."""


def check_layer(layer: str) -> None:
    """Refuse all layers but the only one, ``head``.

    Raises:
        UserError: no such layer.
    """
    if layer != "head":
        raise UserError(f"the backbone 'compact' has no layer '{layer}'", "configuration", "It has: head.")
