"""A photo that is turned by quarters in the view: arrow keys and cursors that follow."""

from __future__ import annotations

from PySide6.QtCore import Qt

SHAPES = Qt.CursorShape
TURNED = {
    SHAPES.SizeFDiagCursor: SHAPES.SizeBDiagCursor,
    SHAPES.SizeBDiagCursor: SHAPES.SizeFDiagCursor,
    SHAPES.SizeVerCursor: SHAPES.SizeHorCursor,
    SHAPES.SizeHorCursor: SHAPES.SizeVerCursor,
}
"""Resize cursors after a quarter turn."""


def arrow(dx: int, dy: int, quarters: int) -> tuple[int, int]:
    """A step on the screen as a step on a photo that is turned clockwise by a number of quarters."""
    for _ in range(quarters % 4):
        dx, dy = dy, -dx
    return dx, dy


def cursor(shape: Qt.CursorShape, quarters: int) -> Qt.CursorShape:
    """The cursor over a turned photo."""
    return TURNED.get(shape, shape) if quarters % 2 else shape
