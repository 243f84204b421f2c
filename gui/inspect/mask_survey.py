"""Fig. 3 of the open collection: bars with intervals, and every measured photo in a table to be sorted."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core.engine import Pace, Ticket
from core.records import LAYER_COLOURS, MASK_NAMES, MaskSummary, PhotoMasks, Survey
from gui.state.lanes import Lane
from gui.state.session import AppSession
from gui.widgets.messages import MessageBar
from gui.widgets.plain_text import Label
from gui.widgets.properties import having
from gui.widgets.text import later, local, tr

if TYPE_CHECKING:
    import pyqtgraph as pg

HEADER = (
    later("photo"), later("SIFT kept"), later("SUM kept"), later("MAX kept"),
    later("±0.15 none"), later("±0.15 SIFT"), later("±0.15 SUM"), later("±0.15 MAX"),
)  # fmt: skip
HINT = later(
    "How much each mask keeps in this collection, and what it does to the correlation of features (the paper's Fig. 3)."
)
WAITING = later("The list of photos is still being read; the status bar says how far it is.")

SOME = 200
"""Photos of a sample."""


class SurveyPanel(QWidget):
    """Fig. 3 of the open collection.  Emits ``photo_chosen(path)``, ``measured(Survey)`` and ``export_asked(paths)``."""

    photo_chosen = Signal(object)
    measured = Signal(object)
    export_asked = Signal(object)

    def __init__(self, session: AppSession, messages: MessageBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._messages, self._pace = session, messages, Pace()
        self.survey: Survey | None = None
        self.words = Label(tr(HINT), wordWrap=True)
        self._measuring = False
        sample = tr("A sample by chance; quick, with its uncertainty")
        self.some = having(QPushButton(tr("Measure %n photos", "", SOME)), toolTip=sample)
        self.all = QPushButton(tr("Measure all"))
        self.cancel = having(QPushButton(tr("Cancel")), visible=False)
        self.export = having(
            QPushButton(tr("Export chosen…")), toolTip=tr("The sheets of the chosen photos"), enabled=False
        )
        self.table = QTableWidget(0, len(HEADER))
        self._lay_out()
        self.some.clicked.connect(lambda: self.measure(SOME))
        self.all.clicked.connect(lambda: self.measure(None))
        self.cancel.clicked.connect(lambda: session.jobs.cancel(Lane.SURVEY))
        self.export.clicked.connect(lambda: self.export_asked.emit(self.chosen()))
        self.table.itemSelectionChanged.connect(lambda: self.export.setEnabled(bool(self.chosen())))
        self.table.itemDoubleClicked.connect(self._on_opened)
        session.jobs.progressed.connect(self._on_progressed)
        session.jobs.ended.connect(self._on_ended)

    def measure(self, count: int | None) -> None:
        """Measure a sample of the open photos, or all."""
        if self._session.rest.total:
            self._messages.show_text(tr(WAITING))
            return
        paths = [photo.path for photo in self._session.photos if photo.state != "skipped"]
        lens = self._session.engine.inspect
        self._pace = Pace()
        self.cancel.show()
        self._measuring = True
        self.words.setText(tr("Measuring…"))

        def work(ticket: Ticket) -> Survey:
            return lens.survey(paths, ticket, count)

        self._session.jobs.submit(Lane.SURVEY, work, self._show, self._on_failed)

    def chosen(self) -> list[Path]:
        """The photos of the selected rows."""
        rows = sorted({index.row() for index in self.table.selectedIndexes()})
        return [self._path(row) for row in rows]

    def _path(self, row: int) -> Path:
        path: Path = self.table.model().index(row, 0).data(Qt.ItemDataRole.UserRole)
        return path

    def _show(self, survey: Survey) -> None:
        self.survey, self._measuring = survey, False
        self.words.setText(_sentences(survey))
        self._draw(survey)
        self._fill(survey.photos)
        self.measured.emit(survey)

    @cached_property
    def _bars(self) -> list[pg.PlotWidget]:
        """Made when they are first drawn, as the window is there sooner without them."""
        bars = [self._plot(tr("(a) kept, %")), self._plot(tr("(b) pairs within ±0.15, %"))]
        for index, plot in enumerate(bars):
            self._row.insertWidget(index, plot, 1)
        return bars

    def _draw(self, survey: Survey) -> None:
        import pyqtgraph as pg

        for plot, low in zip(self._bars, (False, True), strict=True):
            plot.clear()
            for index, name in enumerate(MASK_NAMES):
                s = survey.summaries[name]
                height, error = (s.low_covariance, s.low_covariance_error) if low else (s.kept, s.kept_error)
                brush = LAYER_COLOURS.get(name, "#9CA3AF")
                plot.addItem(pg.BarGraphItem(x=[index], height=[100 * height], width=0.7, brush=brush, pen=None))
                if np.isfinite(error):  # one photo has no interval
                    x, y, whole = (np.array([float(value)]) for value in (index, 100 * height, 200 * error))
                    plot.addItem(pg.ErrorBarItem(x=x, y=y, height=whole, beam=0.2, pen=pg.mkPen("#6B7280")))

    def _fill(self, rows: tuple[PhotoMasks, ...]) -> None:
        self.table.setSortingEnabled(False)
        self.table.setRowCount(len(rows))
        for row, photo in enumerate(rows):
            name = QTableWidgetItem(photo.path.name)
            name.setData(Qt.ItemDataRole.UserRole, photo.path)
            self.table.setItem(row, 0, name)
            values = [photo.kept[n] for n in MASK_NAMES[1:]] + [photo.low_covariance[n] for n in MASK_NAMES]
            for column, value in enumerate(values, start=1):
                item = QTableWidgetItem()
                # A number as the display data, so that the table sorts by size and not by letters.
                item.setData(Qt.ItemDataRole.DisplayRole, round(100 * value, 1) if value is not None else None)
                self.table.setItem(row, column, item)
        self.table.setSortingEnabled(True)

    def _lay_out(self) -> None:
        self.table.setHorizontalHeaderLabels([tr(title) for title in HEADER])
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(22)
        self.table.setWordWrap(False)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().setMinimumSectionSize(72)
        self.table.horizontalHeader().setDefaultSectionSize(84)
        self.table.setAccessibleName(tr("Measured photos"))
        buttons = QHBoxLayout()
        buttons.addWidget(self.words, 1)
        for button in (self.cancel, self.some, self.all, self.export):
            buttons.addWidget(button)
        self._row = QHBoxLayout()
        self._row.addWidget(self.table, 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.addLayout(buttons)
        layout.addLayout(self._row, 1)

    def _plot(self, title: str) -> pg.PlotWidget:
        import pyqtgraph as pg

        plot = pg.PlotWidget(background=None)
        item = plot.getPlotItem()
        item.setTitle(title, size="8pt")
        item.setMouseEnabled(False, False)
        item.setMenuEnabled(False)
        item.hideButtons()
        item.setXRange(-0.6, len(MASK_NAMES) - 0.4, padding=0)
        item.setYRange(0, 100, padding=0.02)
        item.getAxis("bottom").setTicks([list(enumerate(name.upper() for name in MASK_NAMES))])
        plot.setMinimumWidth(150)
        return plot

    def _on_failed(self, error: Exception) -> None:
        self.words.setText(tr(HINT))
        self._session.failed.emit(error)

    @Slot(object)
    def _on_opened(self, item: QTableWidgetItem) -> None:
        self.photo_chosen.emit(self._path(item.row()))

    @Slot(object, object, object, str)
    def _on_progressed(self, lane: Lane, done: int, total: int, what: str) -> None:
        if lane is Lane.SURVEY and total > 1:
            self._pace.update(done)
            self.words.setText(self._pace.text(tr(what), total, tr("{time} left"), local))

    @Slot(object)
    def _on_ended(self, lane: Lane) -> None:
        if lane is Lane.SURVEY:
            self.cancel.hide()
            if self._measuring:
                self._measuring = False
                self.words.setText(tr(HINT))


def _sentences(survey: Survey) -> str:
    """What was measured, in sentences."""
    measured = next(iter(survey.summaries.values())).photos
    if measured == survey.total:
        begin = tr("all {cells:.0f} cells each.", cells=survey.cells)
    else:
        begin = tr("{photos:,} of {total:,} photos by chance, {cells:.0f} cells each.",
                   photos=measured, total=survey.total, cells=survey.cells)  # fmt: skip
    none = tr("Without a mask {share:.1f} %.", share=100 * survey.summaries["none"].low_covariance)
    masks = "; ".join(_of_mask(summary) for summary in survey.summaries.values() if summary.mask != "none")
    sentences = [begin, none, masks + ".", tr("Intervals are of 95 %.")]
    if survey.skipped:
        sentences.append(tr("%n photos could not be read.", "", len(survey.skipped)))
    return " ".join(sentences)


def _of_mask(summary: MaskSummary) -> str:
    return tr(
        "{mask} keeps {kept:.1f} ± {kept_error:.1f} %, {low:.1f} ± {low_error:.1f} % of pairs within ±0.15",
        mask=summary.mask.upper(),
        kept=100 * summary.kept,
        kept_error=100 * summary.kept_error,
        low=100 * summary.low_covariance,
        low_error=100 * summary.low_covariance_error,
    )
