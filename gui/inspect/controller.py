"""The wires of the lens: canvas, panel, histograms, and the questions asked of the engine in the background."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from core.engine import Ticket, cells_of
from core.records import BINS, EXPORT_KINDS, Inspection, Query
from gui.canvas.overlays import cell_at
from gui.canvas.view import PhotoCanvas
from gui.inspect.histogram import HistogramPanel, shares_of_cell
from gui.inspect.layers import LensState, extra_overlays, heat_ends, probe_text
from gui.inspect.lens_panel import LensPanel
from gui.inspect.sheet import SheetPage, Shown
from gui.state.lanes import Lane
from gui.state.session import AppSession
from gui.widgets.exporting import ask_file, ask_folder
from gui.widgets.messages import MessageBar
from gui.widgets.text import tr

PAINTED_MS = 250
"""A search starts when the brush has rested so long."""


class InspectController(QObject):
    """Connects the panels of *Inspect* with the session and the engine.

    Emits ``sheet_asked()`` when the sheet of figures is to be seen.
    """

    sheet_asked = Signal()

    def __init__(
        self, session: AppSession, canvas: PhotoCanvas, histogram: HistogramPanel, messages: MessageBar, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session, self._canvas, self._histogram, self._messages = session, canvas, histogram, messages
        self.panel, self.sheet = LensPanel(), SheetPage()
        self.state = LensState()
        self.mode = "box"
        self.chosen_hit: Path | None = None
        self._asked: NDArray[np.floating] | None = None
        self._photo: NDArray[np.uint8] | None = None
        self._adding = True
        self._brush = QTimer(self, singleShot=True, interval=PAINTED_MS)
        self._brush.timeout.connect(self._search_painted)
        self._wire()

    def _wire(self) -> None:
        session, canvas, panel, histogram = self._session, self._canvas, self.panel, self._histogram
        session.inspection_changed.connect(self._on_inspection_changed)
        session.query_changed.connect(self._on_query_changed)
        session.photo_opened.connect(self._on_photo_opened)
        canvas.hovered.connect(self._on_hovered)
        canvas.picked.connect(self._on_picked)
        panel.state_edited.connect(self._on_state_edited)
        panel.settings_edited.connect(self._on_settings_edited)
        panel.mode_chosen.connect(self.set_mode)
        panel.reset_painting.connect(self._on_reset_painting)
        panel.compare_asked.connect(self._on_compare_asked)
        panel.export_asked.connect(self._on_export_asked)
        panel.figure_asked.connect(self.ask_figure)
        histogram.bin_hovered.connect(self._on_bin_hovered)
        self.sheet.hovered.connect(self._on_hovered)
        self.sheet.bin_hovered.connect(self._on_bin_hovered)
        self.sheet.wanted.connect(self._fill_sheet)

    # -- what a person does --------------------------------------------------------------------------------------------

    @Slot(str)
    def set_mode(self, mode: str) -> None:
        """What the left button does on the photo: ``box``, ``pin`` or ``paint``; the same again returns to ``box``."""
        self.mode = "box" if mode == self.mode else mode
        self.panel.set_mode(self.mode)
        self._canvas.set_picking(self.mode != "box")
        if self.mode != "pin":
            self._set_state(replace(self.state, pinned=None))
            self._tell_probe()

    @Slot(object)
    def _on_hovered(self, point: tuple[float, float] | None) -> None:
        inspection = self._session.inspection
        # Who draws a box is not to have cells flicker under the hand: they are shown while the lens is open.
        cell = None
        if point is not None and inspection is not None and self.panel.isVisible():
            cell = cell_at(inspection, *point)
        if cell != self.state.hovered:
            self._set_state(replace(self.state, hovered=cell))
            self._tell_probe()
            self._light_bins(cell)

    def _light_bins(self, cell: tuple[int, int] | None) -> None:
        """Show in which bins of the histograms the pairs of a cell fall."""
        query, inspection = self._session.query, self._session.inspection
        if cell is None or query is None or inspection is None:
            self._session.jobs.cancel(Lane.PAIRS)
            self._show_pairs({})
            return
        lens, settings = self._session.engine.inspect, inspection.settings

        def work(ticket: Ticket) -> dict[str, NDArray[np.float64]]:
            return shares_of_cell(lens.similarity(query, *cell, settings), inspection, cell)

        self._session.jobs.submit(Lane.PAIRS, work, self._show_pairs)

    def _show_pairs(self, shares: dict[str, NDArray[np.float64]]) -> None:
        self._histogram.show_cell(shares)
        if self.sheet.isVisible():
            self.sheet.own.show_cell(shares)

    @Slot(object, bool)
    def _on_picked(self, point: tuple[float, float], first: bool) -> None:
        inspection = self._session.inspection
        cell = cell_at(inspection, *point) if inspection is not None else None
        if cell is None or inspection is None:
            return
        if self.mode == "paint":
            self._paint(inspection, cell, first)
        elif first:
            self._set_state(replace(self.state, pinned=None if cell == self.state.pinned else cell))
            if self.state.pinned:
                self.panel.probe.setText(probe_text(inspection, cell))
                self.panel.show_heat("similar")
                self._ask()

    def _paint(self, inspection: Inspection, cell: tuple[int, int], first: bool) -> None:
        painted = self.state.painted
        if painted is None:  # begin with what the search uses now
            painted = cells_of(inspection.masks[self._session.searched_mask()].cells)
        if first:
            self._adding = cell not in painted
        painted = painted | {cell} if self._adding else painted - {cell}
        self._set_state(replace(self.state, painted=painted))
        self._brush.start()

    @Slot()
    def _search_painted(self) -> None:
        if self.state.painted is not None:
            self._session.set_cells(self.state.painted)

    @Slot()
    def _on_reset_painting(self) -> None:
        self._brush.stop()
        self._session.set_cells(None)

    @Slot()
    def _on_state_edited(self) -> None:
        before, self.state = self.state, self.panel.state(self.state)
        if (before.heat, before.channel) != (self.state.heat, self.state.channel):
            self._ask()
        self._draw()
        self._fill_sheet()

    @Slot()
    def _on_settings_edited(self) -> None:
        self._session.set_lens_settings(self.panel.settings())

    @Slot(str, int)
    def _on_bin_hovered(self, mask: str, bin_: int) -> None:
        """Light the cells whose pairs fall in a bin of a histogram; -1 ends it."""
        query, inspection = self._session.query, self._session.inspection
        if bin_ < 0 or query is None or inspection is None:
            if self.state.heat == "pairs":
                self.panel.show_heat("")
            return
        cells, settings = inspection.masks[mask].cells, inspection.settings
        low = bin_ * 2 / BINS - 1
        self.panel.show_heat("pairs")
        lens, failed = self._session.engine.inspect, self._session.failed.emit
        self._session.jobs.submit(
            Lane.HEAT, lambda ticket: lens.pairs(query, cells, low, low + 2 / BINS, settings), self._on_asked, failed
        )

    @Slot(bool)
    def _on_compare_asked(self, with_result: bool) -> None:
        inspection, photo = self._session.inspection, self._photo
        if inspection is None or photo is None:
            self._messages.show_text(tr("Open a photo first; its masks are then shown side by side."))
            return
        own = Shown(inspection.query.path.name, photo, inspection)
        if not with_result:
            self._show_sheets(own, None)
            return
        hits = self._session.ranking.hits if self._session.ranking else ()
        path = self.chosen_hit or (hits[0].photo.path if hits else None)
        if path is None:
            self._messages.show_text(tr("There is no result to compare with yet."))
            return
        engine, settings = self._session.engine, inspection.settings

        def work(ticket: Ticket) -> Shown:
            return Shown(path.name, engine.photo(path), engine.inspect.inspect(Query(path), ticket, settings=settings))

        self._session.jobs.submit(Lane.SHEET, work, lambda other: self._show_sheets(own, other), self._session.failed.emit)

    @Slot()
    def _on_export_asked(self) -> None:
        query = self._session.query
        if query is None:
            self._messages.show_text(tr("Open a photo first; its sheet is then exported."))
            return
        folder = ask_folder(self.panel, self._session, tr("Export to"))
        if folder is not None:
            self.export([query], folder)

    @Slot()
    def ask_figure(self) -> None:
        """Ask for a file and draw Fig. 2 of what is on show into it."""
        inspection = self._session.inspection
        if inspection is None:
            self._messages.show_text(tr("Open a photo first; its figure is then exported."))
            return
        kinds = "PNG (*.png);;SVG (*.svg);;PDF (*.pdf)"
        out = ask_file(self.panel, self._session, tr("Export figure 2"), "figure2.png", kinds)
        if out is not None:
            self.draw(inspection, out)

    def draw(self, inspection: Inspection, out: Path) -> None:
        """Draw Fig. 2 into a file; its suffix decides the format."""
        engine, words = self._session.engine, tr("The figure is in {file}.", file=out)
        self._session.jobs.submit(
            Lane.EXPORT,
            lambda ticket: engine.inspect.draw(inspection, out),
            lambda _: self._messages.show_text(words),
            self._session.failed.emit,
        )

    @Slot(object)
    def set_chosen_hit(self, path: Path) -> None:
        """The result that the query is compared with."""
        self.chosen_hit = path

    @Slot(object)
    def export_chosen(self, paths: list[Path]) -> None:
        """Ask for a folder and export the sheets of some photos."""
        folder = ask_folder(self.panel, self._session, tr("Export %n sheets to", "", len(paths)))
        if folder is not None:
            self.export([Query(path) for path in paths], folder)

    def export(self, queries: list[Query], folder: Path) -> None:
        """Write everything known of some photos into a folder."""
        lens = self._session.engine.inspect
        self._session.jobs.submit(
            Lane.EXPORT,
            lambda ticket: lens.export(queries, folder, EXPORT_KINDS, ticket),
            lambda files: self._messages.show_text(tr("%n files written to {folder}.", "", len(files), folder=folder)),
            self._session.failed.emit,
        )

    # -- inside --------------------------------------------------------------------------------------------------------

    def _tell_probe(self) -> None:
        """Say what is known of the cell that is marked."""
        inspection, cell = self._session.inspection, self.state.pinned or self.state.hovered
        if inspection is not None and cell is not None:
            self.panel.probe.setText(probe_text(inspection, cell))

    def _show_sheets(self, own: Shown, other: Shown | None) -> None:
        self.sheet.show_sheets(own, other)
        self.sheet_asked.emit()

    @Slot()
    def _fill_sheet(self) -> None:
        """Let the sheet show what is on the photo now; one to compare with stays as long as the photo does."""
        inspection, photo, shown = self._session.inspection, self._photo, self.sheet.shown
        if not self.sheet.isVisible() or (shown is not None and shown.inspection is inspection):
            return
        if inspection is None or photo is None:
            if self._session.query is None:
                self.sheet.show_sheets(None, None)
            return
        path = inspection.query.path
        other = self.sheet.compared if shown is not None and shown.inspection.query.path == path else None
        self.sheet.show_sheets(Shown(path.name, photo, inspection), other)
        self._draw()

    def _ask(self) -> None:
        """Ask the engine for the values of a heat layer that it computes on demand."""
        query, inspection, state = self._session.query, self._session.inspection, self.state
        self._asked = None
        if query is None or inspection is None or state.heat not in ("channel", "similar"):
            return
        lens, settings = self._session.engine.inspect, inspection.settings
        if state.heat == "channel":
            work = lambda ticket: lens.channel(query, state.channel, settings)  # noqa: E731
        elif state.pinned is not None:
            row, column = state.pinned
            work = lambda ticket: lens.similarity(query, row, column, settings)  # noqa: E731
        else:
            pinning = self.mode == "pin"
            self.panel.probe.setText(
                tr("Click a cell of the photo.") if pinning else tr("Choose “Pin”, then click a cell.")
            )
            return
        self._session.jobs.submit(Lane.HEAT, work, self._on_asked, self._session.failed.emit)

    def _on_asked(self, values: NDArray[np.floating]) -> None:
        self._asked = values
        self._draw()

    def _set_state(self, state: LensState) -> None:
        self.state = state
        self._draw()

    def _draw(self) -> None:
        extra = extra_overlays(self._session.inspection, self.state, self._asked)
        self._canvas.set_extra(extra)
        ends = heat_ends(self._session.inspection, self.state.heat, self._asked)
        self.panel.bar.show_heat(ends, self.state.palette)
        if self.sheet.isVisible():
            self.sheet.own.show_extra(extra)

    @Slot(object)
    def _on_photo_opened(self, rgb: NDArray[np.uint8] | None) -> None:
        self._photo = rgb
        self._draw()

    @Slot()
    def _on_query_changed(self) -> None:
        query = self._session.query
        self._set_state(replace(self.state, painted=query.cells if query else None, pinned=None))

    @Slot()
    def _on_inspection_changed(self) -> None:
        inspection = self._session.inspection
        if inspection is not None and inspection.maps is not None:
            self.panel.channel.setMaximum(len(inspection.maps.peaks) - 1)
        self._ask()
        self._draw()
        self._fill_sheet()
