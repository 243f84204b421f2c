"""The photo itself, drawn from a pyramid so that a large photo shown small is neither slow nor jagged."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

CRISP_FROM = 3.0
"""Screen pixels per image pixel from which the pixels are shown as squares."""


class PhotoItem(QGraphicsItem):
    """Lives on the window's thread; one image pixel is one unit of the scene."""

    def __init__(self) -> None:
        super().__init__()
        self._levels: list[QPixmap] = []
        self._image = QImage()
        self._bounds = QRectF()

    def set_image(self, image: QImage) -> None:
        """Show another photo; a null image shows none."""
        self.prepareGeometryChange()
        self._image = image
        self._levels = [QPixmap.fromImage(image)] if not image.isNull() else []
        self._bounds = QRectF(image.rect())

    def boundingRect(self) -> QRectF:
        """The photo's size in image pixels."""
        return self._bounds

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw the level that is at most twice as fine as the screen."""
        if not self._levels:
            return
        scale = painter.deviceTransform().m11()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale < CRISP_FROM)
        pixmap = self._level(max(0, math.floor(math.log2(1 / scale) + 0.01)))
        painter.drawPixmap(self._bounds, pixmap, QRectF(pixmap.rect()))

    def _level(self, index: int) -> QPixmap:
        """The photo halved ``index`` times, made when first wished for."""
        while len(self._levels) <= index and min(self._image.width(), self._image.height()) > 64:
            half = self._image.size() / 2
            self._image = self._image.scaled(
                half, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            self._levels.append(QPixmap.fromImage(self._image))
        return self._levels[min(index, len(self._levels) - 1)]
