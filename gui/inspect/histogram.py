"""Covariance histograms: for each mask the pairs of kept features over the pairs of all features (Fig. 2)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPen
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from core.records import BINS, LAYER_COLOURS, LOW_COVARIANCE, Inspection, MaskStatistics, Survey
from gui.inspect.summary import NAMES, covariance_change, percent
from gui.widgets.plain_text import Label
from gui.widgets.properties import having
from gui.widgets.text import later, local, tr
from gui.widgets.theme import Palette, colours

EDGES = np.linspace(-1.0, 1.0, BINS + 1)
SHOWN = (-0.2, 1.0)
TICKS = (0.0, 0.5, 1.0)
SMALLER = 8 / 9
"""Letters of the axes, as a part of the other ones."""

HINT = later("How alike the features are, with and without each mask, is drawn here.")
CAPTION = later(
    "Dot products of all pairs of cells (grey) and of kept ones (coloured). Band: ±0.15. Line: the cell under the mouse."
)
ROOM_ABOVE = 1.08
LEAST_PX = 74
"""Least height of a picture without the letters below it."""

WIDEST = "0.01 %"
"""Of what stands beside the heights."""

STEPS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5)
"""Between two lines of a share of pairs."""

SMALLEST = 1e-5
"""The share of pairs at which a logarithmic picture begins."""


class HistogramPlot(QWidget):
    """One mask's histogram under its figures, made once and given other data.

    Emits ``bin_hovered(mask, bin)``, the bin -1 when the mouse has left.
    """

    bin_hovered = Signal(str, int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        # Imported here, as the window is there before the first histogram is, and sooner without it.
        import pyqtgraph as pg

        super().__init__(parent)
        self._name = name
        self._kept, self._change = Label(wordWrap=True), Label(wordWrap=True)
        self._plot = pg.PlotWidget()
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        item = self._plot.getPlotItem()
        item.setMouseEnabled(False, False)
        item.setMenuEnabled(False)
        item.hideButtons()
        item.disableAutoRange()
        item.setXRange(*SHOWN, padding=0)
        item.layout.setContentsMargins(0, 2, 10, 0)
        self._band = pg.LinearRegionItem((-LOW_COVARIANCE, LOW_COVARIANCE), movable=False, pen=QPen(Qt.PenStyle.NoPen))
        self._before = pg.PlotCurveItem(EDGES, np.zeros(BINS), stepMode="center", fillLevel=0)
        self._after = pg.PlotCurveItem(EDGES, np.zeros(BINS), stepMode="center", fillLevel=0)
        self._reference = pg.PlotCurveItem(EDGES, np.zeros(BINS), stepMode="center")
        self._cell = pg.PlotCurveItem(EDGES, np.zeros(BINS), stepMode="center")
        for part in (self._band, self._before, self._after, self._reference, self._cell):
            item.addItem(part)
        for part in (self._reference, self._cell):
            part.setVisible(False)
        self._log, self._bin = False, -1
        self._marked: list[tuple[float, str]] = []
        self._plot.scene().sigMouseMoved.connect(self._on_mouse)
        axis = item.getAxis("bottom")
        axis.setTicks([[(at, local(at, "g")) for at in TICKS]])
        # Else the last label, half of which is in the margin, is left out.
        axis.setStyle(tickLength=-3, tickTextOffset=2, hideOverlappingLabels=False)
        item.getAxis("left").setStyle(tickLength=-3, tickTextOffset=2)
        self._lay_out()
        self._follow_font()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for label in (self._kept, self._change):
            label.setContentsMargins(4, 0, 0, 0)
            # The dock may be narrow: figures are cut rather than holding it open.
            label.setMinimumWidth(1)
            layout.addWidget(label)
        self._plot.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        layout.addWidget(self._plot, 1)

    def _follow_font(self) -> None:
        """Let the axes have letters that fit the others, and the picture the room that these leave."""
        font = QFont(self.font())
        font.setPointSizeF(max(self.font().pointSizeF() * SMALLER, 1))
        item, metrics = self._plot.getPlotItem(), QFontMetrics(font)
        for side in ("bottom", "left"):
            item.getAxis(side).setStyle(tickFont=font)
        item.getAxis("left").setWidth(metrics.horizontalAdvance(WIDEST) + 4)
        item.getAxis("bottom").setHeight(metrics.height() + 2)
        self._plot.setMinimumHeight(LEAST_PX + metrics.height())
        # Said here, as a layout with labels that wrap forgets the least height of what takes the rest of the room.
        self.setMinimumHeight(2 * self.fontMetrics().lineSpacing() + self._plot.minimumHeight())

    def changeEvent(self, event: QEvent) -> None:
        """Letters of another size need other room."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._follow_font()

    def set_theme(self, palette: Palette) -> None:
        """Redraw in the colours of a theme."""
        colour = QColor(LAYER_COLOURS[self._name])
        self._plot.setBackground(None)
        band = QColor(palette.muted)
        band.setAlpha(38)
        self._band.setBrush(band)
        grey = QColor(palette.muted)
        grey.setAlpha(90)
        self._before.setBrush(grey)
        self._before.setPen(_pen(palette.muted, 1))
        fill = QColor(colour)
        fill.setAlpha(70)
        self._after.setBrush(fill)
        self._after.setPen(_pen(colour, 2))
        for side in ("bottom", "left"):
            axis = self._plot.getPlotItem().getAxis(side)
            axis.setPen(palette.border)
            axis.setTextPen(palette.muted)
        self._reference.setPen(_pen(palette.text, 1, Qt.PenStyle.DashLine))
        self._cell.setPen(_pen(palette.text, 1))
        self._kept.setStyleSheet(f"color: {palette.text}")
        self._change.setStyleSheet(f"color: {palette.muted}")

    def set_masks(self, before: MaskStatistics, after: MaskStatistics, top: float) -> None:
        """Draw the pairs of kept features over those of all features; ``top`` is where the picture ends."""
        self._before.setData(EDGES, self._height(before.histogram))
        self._after.setData(EDGES, self._height(after.histogram))
        height = float(self._height(np.array([top]))[0])
        self._plot.getPlotItem().setYRange(0, height, padding=0)
        self._marked = self._ticks(top)
        self._plot.getPlotItem().getAxis("left").setTicks([self._marked])
        kept = tr("{share} kept", share=percent(after.kept_fraction))
        self._kept.setText(f"{NAMES[self._name]} · {kept}")
        self._change.setText(change_line(before, after))
        change = covariance_change(before, after)
        words = tr("{mask} histogram: {change}", mask=NAMES[self._name], change=change)
        self.setAccessibleName(words)
        self.setToolTip(words)

    def set_log(self, log: bool) -> None:
        """Heights by their logarithm, from the hundred-thousandth part on."""
        self._log = log

    def set_reference(self, histogram: NDArray[np.float64] | None) -> None:
        """A dashed curve to compare with: the collection's average with this mask."""
        self._reference.setData(EDGES, self._height(histogram if histogram is not None else np.zeros(BINS)))
        self._reference.setVisible(histogram is not None)

    def set_cell(self, histogram: NDArray[np.float64] | None) -> None:
        """A line over the bins in which the pairs of one cell fall, by their shares; None: no cell, or one not kept."""
        self._cell.setData(EDGES, self._height(histogram if histogram is not None else np.zeros(BINS)))
        self._cell.setVisible(histogram is not None)

    def cell(self) -> NDArray[np.float64] | None:
        """The heights of that line; None when there is none."""
        return self._cell.getData()[1] if self._cell.isVisible() else None

    def leaveEvent(self, event: QEvent) -> None:
        """No bin is under the mouse any more."""
        self._tell(-1)
        super().leaveEvent(event)

    def _on_mouse(self, position: QPointF) -> None:
        box = self._plot.getPlotItem().getViewBox()
        x = box.mapSceneToView(position).x()
        inside = box.sceneBoundingRect().contains(position) and -1 <= x < 1
        self._tell(int((x + 1) / 2 * BINS) if inside else -1)

    def _tell(self, bin_: int) -> None:
        if bin_ != self._bin:
            self._bin = bin_
            self.bin_hovered.emit(self._name, bin_)

    def _ticks(self, top: float) -> list[tuple[float, str]]:
        """Where the shares of pairs are written beside the picture, up to ``top``."""
        if self._log:
            shares = [10.0**power for power in range(-4, 1) if 10.0**power <= top]
        else:
            step = next((size for size in STEPS if top / size <= 4), STEPS[-1])
            shares = [step * line for line in range(int(top / step) + 1)]
        heights = self._height(np.array(shares))
        return [(height, f"{local(100 * share, '.3g')} %") for height, share in zip(heights.tolist(), shares, strict=True)]

    def _height(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.log10(np.maximum(values, SMALLEST) / SMALLEST) if self._log else values

    def ticks(self) -> list[str]:
        """What stands beside the heights."""
        return [words for _, words in self._marked]

    def figures(self) -> tuple[str, str]:
        """The two lines above the plot."""
        return self._kept.text(), self._change.text()

    def curves(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The heights drawn: without and with the mask."""
        return self._before.getData()[1], self._after.getData()[1]


class HistogramPanel(QWidget):
    """The histograms of the three masks at one scale, or a quiet hint.

    Emits ``bin_hovered(mask, bin)``.
    """

    bin_hovered = Signal(str, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Covariance histograms"))
        self._inspection: Inspection | None = None
        self._survey: Survey | None = None
        self.log = having(QCheckBox(tr("log", "logarithm")), toolTip=tr("Heights by their logarithm"))
        self._hint = Label(tr(HINT), alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True, objectName="muted")
        self._caption = Label(tr(CAPTION), objectName="muted", wordWrap=True)
        self._caption.setMinimumWidth(1)
        self._caption.setContentsMargins(4, 0, 0, 0)
        self._row = QVBoxLayout()
        self._row.setSpacing(8)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(self._row, 1)
        below = QHBoxLayout()
        below.addWidget(self._caption, 1)
        below.addWidget(self.log)
        column.addLayout(below)
        self.log.toggled.connect(self._redraw)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._hint)
        self._pages.addWidget(page)
        self.set_theme(False)

    @cached_property
    def plots(self) -> dict[str, HistogramPlot]:
        """The histograms, made when the first is drawn."""
        plots = {name: HistogramPlot(name) for name in NAMES}
        for plot in plots.values():
            plot.set_theme(self._palette)
            plot.bin_hovered.connect(self.bin_hovered)
            self._row.addWidget(plot, 1)
        return plots

    def set_theme(self, dark: bool) -> None:
        """Redraw in the colours of a theme."""
        self._palette = palette = colours(dark)
        if "plots" in vars(self):
            for plot in self.plots.values():
                plot.set_theme(palette)
        for label in (self._hint, self._caption):
            label.setStyleSheet(f"color: {palette.muted}")

    def set_inspection(self, inspection: Inspection | None) -> None:
        """Show another photo's histograms; None shows the hint."""
        self._inspection = inspection
        self._pages.setCurrentIndex(0 if inspection is None else 1)
        self._redraw()

    @Slot(object)
    def set_survey(self, survey: Survey | None) -> None:
        """Draw the averages of a collection as dashed curves."""
        self._survey = survey
        self._redraw()

    def show_cell(self, shares: Mapping[str, NDArray[np.float64]]) -> None:
        """Show in which bins the pairs of one cell fall, by mask; of masks that do not keep it nothing is shown."""
        if "plots" in vars(self):
            for name, plot in self.plots.items():
                plot.set_cell(shares.get(name))

    @Slot()
    def _redraw(self) -> None:
        inspection, survey = self._inspection, self._survey
        if inspection is None:
            return
        top = max(float(mask.histogram.max()) for mask in inspection.masks.values()) * ROOM_ABOVE
        for name, plot in self.plots.items():
            plot.set_log(self.log.isChecked())
            plot.set_masks(inspection.masks["none"], inspection.masks[name], top or 1.0)
            plot.set_reference(survey.summaries[name].histogram if survey else None)

    def hinting(self) -> bool:
        """Whether there is nothing to draw."""
        return self._pages.currentIndex() == 0


def change_line(before: MaskStatistics, after: MaskStatistics) -> str:
    """``±0.15: 71 % → 93 %``."""
    if before.low_covariance_fraction is None or after.low_covariance_fraction is None:
        return tr("too few cells")
    old, new = percent(before.low_covariance_fraction), percent(after.low_covariance_fraction)
    return f"±{local(LOW_COVARIANCE, 'g')}: {old} → {new}"


def shares_of_cell(
    similar: NDArray[np.floating], inspection: Inspection, cell: tuple[int, int]
) -> dict[str, NDArray[np.float64]]:
    """In which bins the pairs of a cell with the others that are kept fall, by the masks that keep it.

    Args:
        similar: (H, W) dot products of its unit feature with those of all cells.
    """
    found = {}
    alive = inspection.maps.sums > 0 if inspection.maps is not None else np.ones(similar.shape, bool)
    for name in NAMES:
        others = inspection.masks[name].cells & alive
        if others[cell] and others.sum() > 1:
            others[cell] = False
            products = np.clip(similar[others], -1, 1)
            found[name] = np.histogram(products, BINS, (-1, 1))[0] / len(products)
    return found


def _pen(colour: QColor | str, width: int, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    pen = QPen(QColor(colour), width, style)
    pen.setCosmetic(True)
    return pen
