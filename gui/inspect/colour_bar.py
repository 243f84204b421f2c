"""The colours of a heat layer, from its least value to its greatest."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gui.widgets.qimage import image_from_heat
from gui.widgets.text import local, tr

BAR_PX, GAP_PX = 10, 2


class ColourBar(QWidget):
    """The scale of the heat over the photo; hidden while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette, self.ends = "cividis", (0.0, 1.0)
        self.setMinimumHeight(BAR_PX + GAP_PX + self.fontMetrics().height())
        self.show_heat(None, "cividis")

    def show_heat(self, ends: tuple[float, float] | None, palette: str) -> None:
        """The least and the greatest value, and the palette between them; None: there is no heat."""
        self.setVisible(ends is not None)
        if ends is not None:
            self.ends, self._palette = ends, palette
            self.setAccessibleName(tr("Colours from {least} to {most}", least=_short(ends[0]), most=_short(ends[1])))
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The colours, and below them the values at both ends and in the middle."""
        painter = QPainter(self)
        image = image_from_heat(np.linspace(0, 1, 256)[None], 1.0, palette=self._palette)
        painter.drawImage(QRectF(0, 0, self.width(), BAR_PX), image)
        painter.setPen(self.palette().placeholderText().color())
        least, most = self.ends
        words = self.rect().adjusted(0, BAR_PX + GAP_PX, 0, 0)
        sides = (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignRight)
        for side, value in zip(sides, (least, (least + most) / 2, most), strict=True):
            painter.drawText(words, int(side | Qt.AlignmentFlag.AlignTop), _short(value))
        painter.end()


def _short(value: float) -> str:
    return local(value, ".3g")
