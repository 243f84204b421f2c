"""Covariance histograms: for each mask the pairs of kept features over the pairs of all features (Fig. 2)."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from core.records import BINS, LOW_COVARIANCE, Inspection
from gui.panels.summary import NAMES
from gui.theme import LAYER_COLOURS, colours

EDGES = np.linspace(-1.0, 1.0, BINS + 1)


class HistogramPanel(pg.GraphicsLayoutWidget):  # type: ignore[misc]
    """Lives on the window's thread.  Its three plots are made once and given other data."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Covariance histograms")
        self._plots: dict[str, pg.PlotItem] = {}
        self._before: dict[str, pg.PlotCurveItem] = {}
        self._after: dict[str, pg.PlotCurveItem] = {}
        self._titles: dict[str, str] = {}
        for name in NAMES:
            plot = self.addPlot()
            plot.setMouseEnabled(False, False)
            plot.hideButtons()
            plot.setMenuEnabled(False)
            plot.setXRange(-0.2, 1.0, padding=0)
            plot.setLimits(yMin=0)
            plot.setMinimumWidth(120)
            band = pg.LinearRegionItem((-LOW_COVARIANCE, LOW_COVARIANCE), movable=False, pen=pg.mkPen(None))
            band.setBrush(QColor(128, 128, 128, 40))
            plot.addItem(band)
            self._before[name] = plot.plot(EDGES, np.zeros(BINS), stepMode="center", fillLevel=0)
            self._after[name] = plot.plot(EDGES, np.zeros(BINS), stepMode="center")
            self._plots[name] = plot
            self._titles[name] = NAMES[name]
        self.set_theme(False)

    def set_theme(self, dark: bool) -> None:
        """Redraw in the colours of a theme."""
        c = colours(dark)
        self.setBackground(c.surface)
        for name, plot in self._plots.items():
            for side in ("left", "bottom"):
                plot.getAxis(side).setPen(c.border)
                plot.getAxis(side).setTextPen(c.muted)
            self._before[name].setPen(pg.mkPen(c.muted, width=1))
            self._before[name].setBrush(QColor(c.border))
            self._after[name].setPen(pg.mkPen(LAYER_COLOURS[name], width=2))
            plot.setTitle(self._titles[name], color=c.text, size="9pt")
        self._text = c.text

    def set_inspection(self, inspection: Inspection | None) -> None:
        """Show another photo's histograms; None empties them."""
        for name, plot in self._plots.items():
            before = inspection.masks["none"].histogram if inspection else np.zeros(BINS)
            after = inspection.masks[name].histogram if inspection else np.zeros(BINS)
            self._before[name].setData(EDGES, before)
            self._after[name].setData(EDGES, after)
            self._titles[name] = _title(inspection, name)
            plot.setTitle(self._titles[name], color=self._text, size="9pt")


def _title(inspection: Inspection | None, name: str) -> str:
    """``MAX · 31 % kept``, and below it ``±0.15: 71 % → 93 %``."""
    if inspection is None:
        return NAMES[name]
    before, after = inspection.masks["none"].low_covariance_fraction, inspection.masks[name].low_covariance_fraction
    kept = f"{NAMES[name]} · {inspection.masks[name].kept_fraction:.0%} kept"
    return kept if before is None or after is None else f"{kept}<br>±{LOW_COVARIANCE}: {before:.0%} → {after:.0%}"
