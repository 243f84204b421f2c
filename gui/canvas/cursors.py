"""What the mouse looks like over the canvas, and where the arrow keys point."""

from __future__ import annotations

from PySide6.QtCore import Qt

SHAPES = Qt.CursorShape
CURSORS = {
    "nw": SHAPES.SizeFDiagCursor, "se": SHAPES.SizeFDiagCursor, "ne": SHAPES.SizeBDiagCursor,
    "sw": SHAPES.SizeBDiagCursor, "n": SHAPES.SizeVerCursor, "s": SHAPES.SizeVerCursor,
    "e": SHAPES.SizeHorCursor, "w": SHAPES.SizeHorCursor, "move": SHAPES.SizeAllCursor, "draw": SHAPES.CrossCursor,
}  # fmt: skip
ARROWS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip
