"""A photo that is looked at turned by quarters: scales of turned pictures, keys and cursors that follow."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt
from PySide6.QtGui import QTransform

SHAPES = Qt.CursorShape
TURNED = {
    SHAPES.SizeFDiagCursor: SHAPES.SizeBDiagCursor,
    SHAPES.SizeBDiagCursor: SHAPES.SizeFDiagCursor,
    SHAPES.SizeVerCursor: SHAPES.SizeHorCursor,
    SHAPES.SizeHorCursor: SHAPES.SizeVerCursor,
}
"""What a cursor that points along a border looks like after a quarter turn."""


def scale_of(transform: QTransform) -> float:
    """How large it draws, whichever way it turns."""
    return math.hypot(transform.m11(), transform.m12())


def arrow(dx: int, dy: int, quarters: int) -> tuple[int, int]:
    """The step on a photo that is a step on the screen when the photo is turned clockwise by so many quarters."""
    for _ in range(quarters % 4):
        dx, dy = dy, -dx
    return dx, dy


def cursor(shape: Qt.CursorShape, quarters: int) -> Qt.CursorShape:
    """The cursor over a turned photo."""
    return TURNED.get(shape, shape) if quarters % 2 else shape
