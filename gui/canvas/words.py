"""What the canvas says of itself."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPalette

from core.geometry import Box

HINT = "Choose a photo, then draw a box around what you look for"


def described(has_photo: bool, box: Box | None) -> str:
    """What a screen reader is told that the canvas holds, and what its keys do."""
    if not has_photo:
        return f"No photo. {HINT}."
    if box is None:
        return "No box. Draw one with the mouse to search for what is in it."
    return (
        f"Box of {box.width:.0f} by {box.height:.0f} pixels at {box.x0:.0f}, {box.y0:.0f}. "
        "Arrow keys move it, with Ctrl they resize it, Escape clears it."
    )


def draw_hint(painter: QPainter, room: QRect, palette: QPalette) -> None:
    """Say what to do while there is nothing to see."""
    painter.save()
    painter.resetTransform()
    painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
    painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), HINT)
    painter.restore()
