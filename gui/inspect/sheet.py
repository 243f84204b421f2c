"""The paper's Fig. 2, live: keypoints and masks of a photo side by side, their histograms below, all of them linked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from core.records import Inspection
from gui.canvas.overlays import Overlay
from gui.canvas.view import PhotoCanvas
from gui.inspect.histogram import HistogramPlot
from gui.inspect.layer_panel import LAYERS
from gui.inspect.summary import NAMES, keypoints_line, percent
from gui.widgets.plain_text import Label
from gui.widgets.properties import having
from gui.widgets.text import later, tr
from gui.widgets.theme import Palette, colours

COLUMNS = tuple(LAYERS)
PICTURE_PX, PLOT_PX = 120, 140
HINT = later("Open a photo: its keypoints, masks and histograms are shown here together.")


@dataclass(frozen=True, eq=False)
class Shown:
    """A photo with what is known of its masks."""

    title: str
    photo: NDArray[np.uint8]
    inspection: Inspection


class Sheet(QWidget):
    """One photo's Fig. 2.

    Emits ``hovered((x, y) | None)`` in image pixels, and ``bin_hovered(mask, bin)``, the bin -1 when the mouse has left.
    """

    hovered = Signal(object)
    bin_hovered = Signal(str, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvases: dict[str, PhotoCanvas] = {}
        self.plots: dict[str, HistogramPlot] = {}
        self._captions: dict[str, Label] = {}
        self._area = QRectF()
        self._about = Label(wordWrap=True, alignment=Qt.AlignmentFlag.AlignTop, objectName="muted")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        for column, layer in enumerate(COLUMNS):
            self._add(column, layer)
        self._grid.addWidget(self._about, 2, 0)
        self._grid.setRowStretch(1, 3)
        self._grid.setRowStretch(2, 2)

    def _add(self, column: int, layer: str) -> None:
        canvas, caption = PhotoCanvas(), Label(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        canvas.setMinimumSize(PICTURE_PX, PICTURE_PX)
        canvas.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        canvas.set_layer(layer, True)
        canvas.set_picking(True)  # the query's box is drawn on the photo alone
        canvas.hovered.connect(self.hovered)
        canvas.camera_moved.connect(partial(self._link, layer))
        caption.setMinimumWidth(1)
        self.canvases[layer], self._captions[layer] = canvas, caption
        self._grid.addWidget(caption, 0, column)
        self._grid.addWidget(canvas, 1, column)
        self._grid.setColumnStretch(column, 1)

    def show_photo(self, shown: Shown, palette: Palette) -> None:
        """Show another photo or box."""
        inspection = shown.inspection
        for layer, canvas in self.canvases.items():
            canvas.setAccessibleName(f"{shown.title}: {tr(LAYERS[layer][0])}")
            canvas.set_photo(shown.photo)
            canvas.set_inspection(inspection)
            canvas.set_box(inspection.query.box)
            self._captions[layer].setText(_caption(shown, layer))
        box = inspection.query.box
        self._area = QRectF(box.x0, box.y0, box.width, box.height) if box is not None else QRectF()
        self._look_at_box()
        rows, columns, channels = inspection.grid_shape
        self._about.setText(
            tr("{photo}\n{rows} × {columns} cells of {channels} channels", photo=shown.title, rows=rows, columns=columns,
               channels=channels)
        )  # fmt: skip
        top = max(float(mask.histogram.max()) for mask in inspection.masks.values()) * 1.08 or 1.0
        for column, name in enumerate(COLUMNS[1:], start=1):
            plot = self._plot(column, name)
            plot.set_theme(palette)
            plot.set_masks(inspection.masks["none"], inspection.masks[name], top)

    def show_extra(self, overlays: Mapping[str, Overlay]) -> None:
        """The cell under the mouse, heat and grid, on every picture."""
        for canvas in self.canvases.values():
            canvas.set_extra(dict(overlays))

    def show_cell(self, shares: Mapping[str, NDArray[np.float64]]) -> None:
        """In which bins of the histograms the pairs of one cell fall, by mask."""
        for name, plot in self.plots.items():
            plot.set_cell(shares.get(name))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The box stays as large as there is room for, once the pictures have their room."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._look_at_box)

    @Slot()
    def _look_at_box(self) -> None:
        """A small box would hardly be seen on the whole photo."""
        if not self._area.isEmpty():
            for canvas in self.canvases.values():
                canvas.camera.look_at(self._area)

    def fit(self) -> None:
        """The whole photo in every picture."""
        self._area = QRectF()
        for canvas in self.canvases.values():
            canvas.fit()

    def _plot(self, column: int, name: str) -> HistogramPlot:
        """Made when it is first drawn: plots take their time."""
        if name not in self.plots:
            plot = self.plots[name] = HistogramPlot(name)
            plot.setMinimumHeight(PLOT_PX)
            plot.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
            plot.bin_hovered.connect(self.bin_hovered)
            self._grid.addWidget(plot, 2, column)
        return self.plots[name]

    def _link(self, source: str) -> None:
        """Move the other pictures as one was moved."""
        for layer, canvas in self.canvases.items():
            if layer != source:
                canvas.follow(self.canvases[source])


class SheetPage(QScrollArea):
    """The sheet of the photo on show, and below it that of a result to compare with.

    Emits ``wanted()`` when it comes on show, and what a ``Sheet`` emits for the photo on show.
    """

    wanted = Signal()
    hovered = Signal(object)
    bin_hovered = Signal(str, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dark = False
        self._hint = Label(tr(HINT), objectName="muted", alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self.own, self.other = Sheet(), Sheet()
        self.shown: Shown | None = None
        self.compared: Shown | None = None
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(16)
        for widget in (self._hint, self.own, self.other):
            column.addWidget(widget, 1)
        having(self, widgetResizable=True, frameShape=QFrame.Shape.NoFrame)
        self.setWidget(inside)
        self.setAccessibleName(tr("Figure 2"))
        self.own.hovered.connect(self.hovered)
        self.own.bin_hovered.connect(self.bin_hovered)
        self.show_sheets(None, None)

    def show_sheets(self, own: Shown | None, other: Shown | None) -> None:
        """Show a photo, and one to compare it with; None: none."""
        self.shown, self.compared = own, other
        for sheet, shown in ((self.own, own), (self.other, other)):
            sheet.setVisible(shown is not None)
            if shown is not None:
                sheet.show_photo(shown, colours(self._dark))
        self._hint.setVisible(own is None)

    def set_theme(self, dark: bool) -> None:
        """Redraw in the colours of a theme."""
        self._dark = dark
        if self.shown is not None:
            self.show_sheets(self.shown, self.compared)

    @Slot()
    def showEvent(self, event: QShowEvent) -> None:
        """Ask for the current photo's sheet when shown."""
        super().showEvent(event)
        self.wanted.emit()


def _caption(shown: Shown, layer: str) -> str:
    if layer == "keypoints":
        return keypoints_line(len(shown.inspection.keypoints))
    return tr("{mask}: {share} kept", mask=NAMES[layer], share=percent(shown.inspection.masks[layer].kept_fraction))
