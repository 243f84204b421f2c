"""The photo, drawn from a reduced copy or from its visible part, so that huge photos are fast and smooth."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from core.engine import reduced
from gui.widgets.qimage import image_from_rgb, pixmap_from_rgb
from gui.widgets.zoom import scale_of

CRISP_FROM = 3.0
"""Screen pixels per image pixel from which the pixels are shown as squares."""

WHOLE_PIXELS = 6_000_000
"""Largest reduced copy that is cached whole; of larger ones only the visible part is made, each time."""

PAD = 2
"""Pixels around that part, for smoothing."""


class PhotoItem(QGraphicsItem):
    """The photo in the scene; one image pixel is one unit."""

    def __init__(self) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self._photo: NDArray[np.uint8] | None = None
        self._levels: dict[int, QPixmap] = {}
        self._bounds = QRectF()

    def set_photo(self, rgb: NDArray[np.uint8] | None) -> None:
        """Show another photo, (H, W, 3) uint8, which must not change; None shows none."""
        self.prepareGeometryChange()
        self._photo, self._levels = rgb, {}
        self._bounds = QRectF(0, 0, rgb.shape[1], rgb.shape[0]) if rgb is not None else QRectF()

    def boundingRect(self) -> QRectF:
        """The photo's size in image pixels."""
        return self._bounds

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw a copy that is at most twice as fine as the screen."""
        if self._photo is None:
            return
        scale = scale_of(painter.deviceTransform())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale < CRISP_FROM)
        level = max(0, math.floor(math.log2(1 / scale) + 0.01))
        if self._photo.shape[0] * self._photo.shape[1] >> 2 * level <= WHOLE_PIXELS:
            pixmap = self._whole(self._photo, level)
            painter.drawPixmap(self._bounds, pixmap, QRectF(pixmap.rect()))
        else:
            self._draw_part(painter, self._photo, option.exposedRect, 2**level)

    def _whole(self, photo: NDArray[np.uint8], level: int) -> QPixmap:
        if level not in self._levels:
            self._levels[level] = pixmap_from_rgb(reduced(photo, 2**level))
        return self._levels[level]

    def _draw_part(self, painter: QPainter, photo: NDArray[np.uint8], exposed: QRectF, factor: int) -> None:
        seen = exposed.intersected(self._bounds)
        # Whole blocks of the grid that the photo is reduced on, so that neighbouring parts fit together.
        left, top = (max(0, int(v) // factor - PAD) * factor for v in (seen.left(), seen.top()))
        right, bottom = ((math.ceil(v / factor) + PAD) * factor for v in (seen.right(), seen.bottom()))
        part = photo[top:bottom, left:right]
        if part.size:
            target = QRectF(left, top, part.shape[1], part.shape[0])
            painter.drawImage(target, image_from_rgb(reduced(part, factor)))
