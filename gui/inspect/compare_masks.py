"""Masks side by side: one column a mask, one row a photo, all zoomed and panned together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QWidget

from core.records import Inspection
from gui.canvas.view import PhotoCanvas
from gui.inspect.layer_panel import LAYERS
from gui.inspect.summary import NAMES, keypoints_line, percent
from gui.widgets.plain import Label
from gui.widgets.text import tr

COLUMNS = tuple(LAYERS)


@dataclass(frozen=True, eq=False)
class Sheet:
    """A photo with what is known of its masks."""

    title: str
    photo: NDArray[np.uint8]
    inspection: Inspection


class CompareWindow(QWidget):
    """Lives on the window's thread, beside the main window: a 1 x 4 sheet, or 2 x 4 for a query and a result."""

    def __init__(self, sheets: list[Sheet], parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(tr("Masks: {photos}", photos=", ".join(sheet.title for sheet in sheets)))
        self.rows: list[list[PhotoCanvas]] = []
        layout = QGridLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        for row, sheet in enumerate(sheets):
            canvases = []
            for column, layer in enumerate(COLUMNS):
                canvas = PhotoCanvas()
                canvas.setAccessibleName(f"{sheet.title}: {tr(LAYERS[layer][0])}")
                canvases.append(canvas)
                layout.addWidget(Label(_caption(sheet, layer), alignment=Qt.AlignmentFlag.AlignCenter), 2 * row, column)
                layout.addWidget(canvas, 2 * row + 1, column)
                layout.setRowStretch(2 * row + 1, 1)
            self.rows.append(canvases)
            self._fill(canvases, sheet)
        self.resize(1200, 340 * len(sheets))

    def _fill(self, canvases: list[PhotoCanvas], sheet: Sheet) -> None:
        for canvas, layer in zip(canvases, COLUMNS, strict=True):
            canvas.set_photo(sheet.photo)
            canvas.set_inspection(sheet.inspection)
            canvas.set_layer(layer, True)
            canvas.set_box(sheet.inspection.query.box)
            canvas.camera_moved.connect(lambda c=canvas, all_=canvases: _link(c, all_))

        def fit() -> None:
            for canvas in canvases:
                canvas.fit()

        QTimer.singleShot(0, self, fit)


def _link(source: PhotoCanvas, canvases: list[PhotoCanvas]) -> None:
    """Move the other pictures of a photo as one was moved."""
    for canvas in canvases:
        if canvas is not source:
            canvas.follow(source)


def _caption(sheet: Sheet, layer: str) -> str:
    if layer == "keypoints":
        return f"{sheet.title}: {keypoints_line(len(sheet.inspection.keypoints))}"
    return tr("{mask}: {share} kept", mask=NAMES[layer], share=percent(sheet.inspection.masks[layer].kept_fraction))
