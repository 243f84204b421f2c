"""A photo, or a box on one, as a small square picture."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QApplication

from core.geometry import Box
from gui.widgets.theme import BAD_COLOUR, GOOD_COLOUR
from gui.widgets.thumbnails import ThumbnailStore

SIGN_PX = 14


def query_crop(store: ThumbnailStore, path: Path, box: Box | None, side: int) -> QPixmap:
    """The middle of what is asked for, ``side`` pixels square; a plain square until it is there."""
    drawn = QPixmap(side, side)
    drawn.fill(QApplication.palette().alternateBase().color())
    if (picture := store.get(path, box)) is not None:
        aspect = Qt.AspectRatioMode.KeepAspectRatioByExpanding
        small = picture.scaled(drawn.size(), aspect, Qt.TransformationMode.SmoothTransformation)
        painter = QPainter(drawn)
        painter.drawPixmap((side - small.width()) // 2, (side - small.height()) // 2, small)
        painter.end()
    return drawn


def signed(picture: QPixmap, good: bool) -> QPixmap:
    """The picture of an example: wanted with + in a full frame, unwanted with − in a broken one and struck through."""
    drawn = QPixmap(picture)
    colour, side = QColor(GOOD_COLOUR if good else BAD_COLOUR), drawn.width()
    painter = QPainter(drawn)
    painter.setPen(QPen(colour, 3, Qt.PenStyle.SolidLine if good else Qt.PenStyle.DashLine))
    painter.drawRect(1, 1, side - 3, side - 3)
    if not good:
        painter.fillRect(drawn.rect(), QColor(0, 0, 0, 70))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, 3))
        painter.drawLine(4, side - 4, side - 4, 4)
    sign = QRect(0, 0, SIGN_PX, SIGN_PX)
    painter.fillRect(sign, colour)
    painter.setPen(QPen(Qt.GlobalColor.white, 2))
    middle = SIGN_PX // 2
    painter.drawLine(3, middle, SIGN_PX - 4, middle)
    if good:
        painter.drawLine(middle, 3, middle, SIGN_PX - 4)
    painter.end()
    return drawn
