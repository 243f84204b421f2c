"""Cursors over the canvas, and the directions of arrow keys."""

from __future__ import annotations

from PySide6.QtCore import Qt

from core.geometry import HANDLES
from gui.canvas.interaction import Interaction, Mode

SHAPES = Qt.CursorShape
CURSORS = {
    "nw": SHAPES.SizeFDiagCursor, "se": SHAPES.SizeFDiagCursor, "ne": SHAPES.SizeBDiagCursor,
    "sw": SHAPES.SizeBDiagCursor, "n": SHAPES.SizeVerCursor, "s": SHAPES.SizeVerCursor,
    "e": SHAPES.SizeHorCursor, "w": SHAPES.SizeHorCursor, "move": SHAPES.SizeAllCursor, "draw": SHAPES.CrossCursor,
}  # fmt: skip
ARROWS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip


def cursor_for(
    interaction: Interaction, panning: bool, picking: bool, drawing: bool, at: tuple[float, float, float]
) -> tuple[Qt.CursorShape, str]:
    """The cursor that shows what a press would do, and the handle of the box it would take, empty when none.

    Args:
        at: ``x, y`` in image pixels, and how many of them a screen pixel covers.
    """
    mode = interaction.mode
    if not interaction.enabled:
        return SHAPES.ArrowCursor, ""
    if mode is Mode.PAN or panning:
        return (SHAPES.ClosedHandCursor if mode is Mode.PAN else SHAPES.OpenHandCursor), ""
    if picking:
        return SHAPES.PointingHandCursor, ""
    if mode is not Mode.IDLE:
        held = interaction.handle
        return CURSORS[held or ("move" if mode is Mode.MOVE else "draw")], held
    target = "draw" if drawing else interaction.target(*at)
    return CURSORS[target], target if target in HANDLES else ""
