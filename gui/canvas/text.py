"""Texts of the canvas."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPalette

from core.geometry import Box
from gui.widgets.text import later, tr

HINT = later("Choose a photo, then draw a box around what you look for")


def described(has_photo: bool, box: Box | None) -> str:
    """The description for screen readers: content and keys."""
    if not has_photo:
        return tr("No photo. {hint}.", hint=tr(HINT))
    if box is None:
        return tr("No box. Draw one with the mouse to search for what is in it.")
    return tr(
        "Box of {width:.0f} by {height:.0f} pixels at {left:.0f}, {top:.0f}. "
        "Arrow keys move it, with Ctrl they resize it, Escape clears it.",
        width=box.width,
        height=box.height,
        left=box.x0,
        top=box.y0,
    )


def draw_hint(painter: QPainter, room: QRect, palette: QPalette) -> None:
    """Draw a hint while there is no photo."""
    painter.save()
    painter.resetTransform()
    painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
    painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), tr(HINT))
    painter.restore()
