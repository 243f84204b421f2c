"""A hit laid over the query so that what was found on it lies on the box: blended, swiped, flickering, or subtracted."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap, QPolygonF, QTransform
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPixmapItem, QGraphicsRectItem, QStyleOptionGraphicsItem, QWidget

from gui.words import later

MODES = {"over": later("Blend"), "swipe": later("Swipe"), "flicker": later("Flicker"), "difference": later("Difference")}


class DifferenceItem(QGraphicsPixmapItem):
    """A picture that takes the difference to what lies under it."""

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw it."""
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Difference)
        super().paint(painter, option, widget)


class Laid(QGraphicsRectItem):
    """The hit as it lies over the query's picture, cut to it.

    Args:
        room: the query's picture, in the scene.
        way: from the hit's picture to the scene.
    """

    def __init__(self, picture: QPixmap, room: QRectF, way: QTransform, mode: str) -> None:
        super().__init__(room)
        self._room, self._mode = room, mode
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemClipsChildrenToShape)
        self.setPen(Qt.PenStyle.NoPen)
        self.picture = DifferenceItem(picture, self) if mode == "difference" else QGraphicsPixmapItem(picture, self)
        self.picture.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self.picture.setTransform(way)

    def set_share(self, share: float) -> None:
        """How much of the hit is seen, 0 to 1: its opacity, or from the left the part of the width it covers."""
        if self._mode == "over":
            self.picture.setOpacity(share)
        elif self._mode == "swipe":
            seen = QRectF(self._room)
            seen.setWidth(share * self._room.width())
            self.setRect(seen)

    def flicker(self) -> None:
        """Hide the hit, or show it again."""
        if self._mode == "flicker":
            self.picture.setVisible(not self.picture.isVisible())


def registration(source: QPolygonF, target: QPolygonF) -> QTransform | None:
    """The way that brings four corners onto four others; None when there is none, as when three lie on a line."""
    way = QTransform()
    return way if QTransform.quadToQuad(source, target, way) else None
