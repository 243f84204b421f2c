"""How the photo lies in the canvas: fitted, zoomed, moved and turned."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QTransform
from PySide6.QtWidgets import QGraphicsView

from gui.widgets.zoom import Zoom, scale_of

MAX_SCALE = 32.0
"""Screen pixels per image pixel."""

MAX_FIT_SCALE = 4.0
"""Largest scale of a fitted photo, so that a thumbnail is not enlarged to a few coloured squares."""

MARGIN_PX = 12
FILLED = 0.6
CLOSEST = 3.0
"""Largest scale of a part over that of the fitted photo, so that the surroundings stay visible."""


class Camera(Zoom):
    """Zooms and scrolls a view that has neither anchors nor visible scroll bars.

    ``photo`` is the photo's extent in image pixels, ``quarters`` how far it is turned clockwise.
    """

    def __init__(self, view: QGraphicsView) -> None:
        self._view = view
        super().__init__()
        self.photo = QRectF()
        self.quarters = 0

    @property
    def way(self) -> QTransform:
        """From image pixels to those of the viewport."""
        return self._view.viewportTransform()

    @way.setter
    def way(self, way: QTransform) -> None:
        middle = QRectF(self._view.viewport().rect()).center()
        shown = way.inverted()[0].map(middle)
        if (scale := scale_of(way)) != self.scale:
            self._set_scale(scale)
        by = self._view.viewportTransform().map(shown) - middle
        for bar, step in ((self._view.horizontalScrollBar(), by.x()), (self._view.verticalScrollBar(), by.y())):
            bar.setValue(bar.value() + round(step))

    def set_photo(self, photo: QRectF) -> None:
        """Look at another photo, fitted and upright."""
        self.photo, self.quarters = photo, 0
        self.fit_photo()

    def turn(self, quarters: int) -> None:
        """Turn the photo clockwise by a number of quarters, and fit it."""
        self.quarters = (self.quarters + quarters) % 4
        self.fit_photo()

    def fit_photo(self) -> None:
        """Show the whole photo until it is zoomed or moved."""
        self.fitted = True
        if not self.photo.isEmpty():
            self._set_scale(self._fit_scale())
            self._view.centerOn(self.photo.center())

    def zoom_photo(self, factor: float, at: QPointF) -> None:
        """Zoom about a point of the viewport, between half of the scale that fits and ``MAX_SCALE``."""
        if not self.photo.isEmpty():
            self.zoom(factor, at, min(self._fit_scale(), 1.0) / 2, MAX_SCALE)

    def follow(self, other: Camera) -> None:
        """Show the same part of a photo of the same size as another view, at the same scale."""
        if self.photo.isEmpty() or other.scale <= 0:
            return
        self.fitted, self.quarters = other.fitted, other.quarters
        self._set_scale(other.scale)
        step = QRectF(self._view.viewport().rect()).center() - QRectF(other._view.viewport().rect()).center()
        self.way = other.way * QTransform.fromTranslate(step.x(), step.y())

    def look_at(self, part: QRectF) -> None:
        """Centre a part of the photo, scaled to fill ``FILLED`` of the view; or fit the whole photo if that is larger."""
        room = self._view.viewport().size()
        if self.photo.isEmpty() or part.isEmpty():
            return
        width, height = self._turned(part)
        scale = FILLED * min(room.width() / width, room.height() / height)
        if scale <= self._fit_scale():
            self.fit_photo()
            return
        self.fitted = False
        self._set_scale(min(scale, MAX_FIT_SCALE, CLOSEST * self._fit_scale()))
        self._view.centerOn(part.center())

    def restore(self, scale: float, x: float, y: float) -> None:
        """Restore a scale, and the image pixel in the middle."""
        if not self.photo.isEmpty():
            self.fitted = False
            self._set_scale(min(max(scale, self._fit_scale() / 2), MAX_SCALE))
            self._view.centerOn(QPointF(x, y))

    def resized(self, middle: QPointF | None) -> None:
        """Adapt to a resized view: a fitted photo stays fitted, else ``middle``, an image pixel, stays in the middle."""
        if self.photo.isEmpty():
            return
        if self.fitted or middle is None:
            self.fit_photo()
        else:
            self._set_scale(self.scale)
            self._view.centerOn(middle)

    def _fit_scale(self) -> float:
        room = self._view.viewport().size()
        width, height = self._turned(self.photo)
        across, down = (room.width() - 2 * MARGIN_PX) / width, (room.height() - 2 * MARGIN_PX) / height
        return min(max(min(across, down), 1e-3), MAX_FIT_SCALE)

    def _turned(self, part: QRectF) -> tuple[float, float]:
        """Width and height of a part of the photo as it lies in the view."""
        return (part.height(), part.width()) if self.quarters % 2 else (part.width(), part.height())

    def _set_scale(self, scale: float) -> None:
        # Exact numbers: a sine of 90 degrees that is not quite one would blur the pixels.
        cos, sin = ((1, 0), (0, 1), (-1, 0), (0, -1))[self.quarters]
        self._view.setTransform(QTransform(scale * cos, scale * sin, -scale * sin, scale * cos, 0, 0))
        # Half a view of room on every side, so that any point of the photo can be brought to the middle.
        x, y = self._turned(QRectF(self._view.viewport().rect()))
        x, y = x / 2 / scale, y / 2 / scale
        self._view.setSceneRect(self.photo.adjusted(-x, -y, x, y))
