"""Zooming and panning with mouse and keys, the same for the photo, the map and query and hit side by side."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QTransform, QWheelEvent

NOTCH = 1.2
"""Factor of the scale for one notch of the wheel, or one press of a key."""

STEPS = {Qt.Key.Key_Left: (1, 0), Qt.Key.Key_Right: (-1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)}
"""By which way the picture moves when an arrow key moves the view."""


def wheel_factor(event: QWheelEvent) -> float:
    """The factor to zoom by; a fine wheel or a touchpad zooms in fine steps."""
    return float(NOTCH ** (event.angleDelta().y() / 120))


def key_factor(key: int) -> float | None:
    """The factor to zoom by: plus and minus; None: another key."""
    if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
        return NOTCH
    return 1 / NOTCH if key == Qt.Key.Key_Minus else None


def key_step(key: int, pixels: float) -> QPointF | None:
    """The shift of the picture in screen pixels: arrow keys; None: another key."""
    return QPointF(*STEPS[Qt.Key(key)]) * pixels if key in STEPS else None


def scale_of(transform: QTransform) -> float:
    """The scale of a transform that may also turn."""
    return math.hypot(transform.m11(), transform.m12())


class Zoom:
    """How a picture lies on the screen.

    Attributes:
        fitted: whether the whole picture is shown, and was not zoomed or moved since.
    """

    def __init__(self) -> None:
        self._way = QTransform()
        self.fitted = True

    @property
    def way(self) -> QTransform:
        """From the picture's coordinates to screen pixels."""
        return self._way

    @way.setter
    def way(self, way: QTransform) -> None:
        self._way = way

    @property
    def scale(self) -> float:
        """Screen pixels (Qt's, before high-DPI scaling) per unit of the picture."""
        return scale_of(self.way)

    def point_at(self, at: QPointF) -> QPointF:
        """The point of the picture under a point of the screen."""
        return self.way.inverted()[0].map(at)

    def centre(self, point: QPointF, scale: float, at: QPointF) -> None:
        """Show the picture upright in a scale, with one of its points at a point of the screen."""
        self.way = QTransform.fromTranslate(at.x(), at.y()).scale(scale, scale).translate(-point.x(), -point.y())

    def fit(self, picture: QRectF, room: QRectF) -> None:
        """Show the whole picture in the middle of a part of the screen."""
        self.fitted = True
        scale = min(room.width() / picture.width(), room.height() / picture.height())
        self.centre(picture.center(), scale, room.center())

    def zoom(self, factor: float, at: QPointF, least: float = 0.0, most: float = math.inf) -> None:
        """Zoom so that what is under a point of the screen stays there.

        Args:
            least, most: bounds of the scale.
        """
        scale, self.fitted = self.scale, False
        if scale <= 0:
            return  # it lies in an empty part of the screen
        factor = min(max(scale * factor, least), most) / scale
        there = QTransform.fromTranslate(at.x(), at.y())
        self.way = self.way * there.inverted()[0] * QTransform.fromScale(factor, factor) * there

    def move(self, by: QPointF) -> None:
        """Shift the picture by screen pixels."""
        self.fitted = False
        self.way = self.way * QTransform.fromTranslate(by.x(), by.y())
