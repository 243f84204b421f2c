"""How the photo lies in the view: scale, place, and the way from the screen to the image."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QTransform
from PySide6.QtWidgets import QGraphicsView

from gui.canvas.turns import scale_of

MAX_SCALE = 32.0
"""Screen pixels per image pixel."""

MAX_FIT_SCALE = 4.0
"""A thumbnail is not blown up to a few coloured squares."""

MARGIN_PX = 12
FILLED = 0.6
CLOSEST = 3.0
"""So many times larger than the whole photo a part is shown at most: what lies around it says what it is."""


class Camera:
    """Moves a view that has neither anchors nor visible scroll bars.

    ``photo`` is the photo's extent in image pixels, ``quarters`` how far it is turned clockwise.
    """

    def __init__(self, view: QGraphicsView) -> None:
        self._view = view
        self.photo = QRectF()
        self.fitted = True
        self.quarters = 0

    @property
    def scale(self) -> float:
        """Screen pixels (Qt's, before high-DPI scaling) per image pixel."""
        return scale_of(self._view.transform())

    def set_photo(self, photo: QRectF) -> None:
        """Look at another photo, fitted and upright."""
        self.photo, self.quarters = photo, 0
        self.fit()

    def turn(self, quarters: int) -> None:
        """Turn the photo clockwise by so many quarters more, and fit it."""
        self.quarters = (self.quarters + quarters) % 4
        self.fit()

    def fit(self) -> None:
        """The whole photo in the view, and so until somebody zooms or pans."""
        self.fitted = True
        if not self.photo.isEmpty():
            self._set_scale(self._fit_scale())
            self._view.centerOn(self.photo.center())

    def zoom(self, factor: float, at: QPointF) -> None:
        """Zoom so that what lies under ``at`` stays there, between half of what fits and ``MAX_SCALE``."""
        if self.photo.isEmpty():
            return
        smallest = min(self._fit_scale(), 1.0) / 2
        kept = self.to_image(at)
        self.fitted = False
        self._set_scale(min(max(self.scale * factor, smallest), MAX_SCALE))
        self._scroll(self._view.viewportTransform().map(kept) - at)

    def follow(self, other: Camera) -> None:
        """Show the same part of a photo of the same size as another view does, as large."""
        if self.photo.isEmpty() or other.scale <= 0:
            return
        self.fitted, self.quarters = other.fitted, other.quarters
        self._set_scale(other.scale)
        middle = QRectF(other._view.viewport().rect()).center()
        mine = QRectF(self._view.viewport().rect()).center()
        self._scroll(self._view.viewportTransform().map(other.to_image(middle)) - mine)

    def look_at(self, part: QRectF) -> None:
        """Bring a part of the photo into the middle, so large that it fills ``FILLED`` of the view, or all of the photo."""
        room = self._view.viewport().size()
        if self.photo.isEmpty() or part.isEmpty():
            return
        width, height = self._turned(part)
        scale = FILLED * min(room.width() / width, room.height() / height)
        if scale <= self._fit_scale():
            self.fit()
            return
        self.fitted = False
        self._set_scale(min(scale, MAX_FIT_SCALE, CLOSEST * self._fit_scale()))
        self._view.centerOn(part.center())

    def restore(self, scale: float, x: float, y: float) -> None:
        """Lie as before: screen pixels per image pixel, and the image pixel in the middle."""
        if not self.photo.isEmpty():
            self.fitted = False
            self._set_scale(min(max(scale, self._fit_scale() / 2), MAX_SCALE))
            self._view.centerOn(QPointF(x, y))

    def pan(self, by: QPointF) -> None:
        """Shift the photo by screen pixels."""
        self.fitted = False
        self._scroll(-by)

    def resized(self, middle: QPointF | None) -> None:
        """The view has another size: a fitted photo stays fitted, another keeps ``middle``, image pixels, in the middle."""
        if self.photo.isEmpty():
            return
        if self.fitted or middle is None:
            self.fit()
        else:
            self._set_scale(self.scale)
            self._view.centerOn(middle)

    def to_image(self, at: QPointF) -> QPointF:
        """Image pixels under a place of the viewport."""
        return self._view.viewportTransform().inverted()[0].map(at)

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
        # Half a view of room on every side: any place of the photo can be brought to the middle.
        x, y = self._turned(QRectF(self._view.viewport().rect()))
        x, y = x / 2 / scale, y / 2 / scale
        self._view.setSceneRect(self.photo.adjusted(-x, -y, x, y))

    def _scroll(self, by: QPointF) -> None:
        for bar, step in ((self._view.horizontalScrollBar(), by.x()), (self._view.verticalScrollBar(), by.y())):
            bar.setValue(bar.value() + round(step))
