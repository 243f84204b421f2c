"""The state of the window: collection, photo, query, ranking, inspection.  The only mutable state that panels share."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from core.engine import Engine
from core.errors import UserError
from core.geometry import Box
from core.listing import Listing
from core.progress import Pace, Ticket
from core.records import Example, IndexReport, Inspection, LensSettings, LibraryInfo, Query, Ranking, SavedQuery
from gui.examples import boxed_example, live_example
from gui.history import QueryHistory
from gui.jobs import JobRunner
from gui.search_flow import SearchFlow
from gui.words import tr

COUNT_S = 3.0
"""Between two looks at how much of the collection can be searched while it is indexed."""


class AppSession(QObject):
    """Lives on the window's thread.  Panels call its methods and listen to its signals, and do not know each other.

    Emits, each after the state has changed: ``photos_changed()``, ``library_changed()``, ``photo_opened(rgb)``,
    ``query_changed()``, ``searching_changed(bool)``, ``verifying_changed(bool)``, ``inspecting_changed(bool)``,
    ``ranking_changed()``, ``saved_asked(SavedQuery)``, ``inspection_changed()``, ``indexing_changed()``,
    ``indexed(IndexReport)`` and ``failed(exception)``.
    """

    photos_changed = Signal()
    library_changed = Signal()
    photo_opened = Signal(object)
    query_changed = Signal()
    searching_changed = Signal(bool)
    verifying_changed = Signal(bool)
    inspecting_changed = Signal(bool)
    ranking_changed = Signal()
    saved_asked = Signal(object)
    inspection_changed = Signal()
    indexing_changed = Signal()
    indexed = Signal(object)
    failed = Signal(object)

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.engine = engine
        self.jobs = JobRunner(self)
        self.photos = Listing(())
        self.folders: tuple[Path, ...] = ()
        self.library: LibraryInfo | None = None
        self.query: Query | None = None
        self.shown: Path | None = None
        self.searches = SearchFlow(engine, self.jobs, self)
        self.inspection: Inspection | None = None
        self.lens_settings = LensSettings()
        self.index_status = ""
        self._pace, self._counted = Pace(), 0.0
        self._library_path: Path | None = None
        self.history = QueryHistory(self)
        flow = self.searches
        flow.searching_changed.connect(self.searching_changed)
        flow.verifying_changed.connect(self.verifying_changed)
        flow.ranking_changed.connect(self.ranking_changed)
        flow.failed.connect(self.failed)
        self.jobs.progressed.connect(self._on_progressed)
        self.jobs.ended.connect(self._on_ended)

    @property
    def ranking(self) -> Ranking | None:
        """The ranking on show."""
        return self.searches.ranking

    @property
    def asked(self) -> Query | None:
        """What was searched for last; the photo on show may be one of its hits."""
        return self.searches.asked or self.query

    @property
    def _looking(self) -> bool:
        """Whether the photo on show is a hit, or otherwise not what was asked for."""
        return self.query is not None and self.asked is not None and self.query.path != self.asked.path

    # -- collection ----------------------------------------------------------------------------------------------------

    def open_folder(self, folder: Path, library: Path | None = None, first: Query | None = None) -> None:
        """Show a folder's photos at once, and bring its library up to date in the background."""
        target = library or self.engine.library_for([folder])

        def work(ticket: Ticket) -> tuple[Listing, LibraryInfo | None]:
            photos = self.engine.scan([folder], ticket)
            info = self.engine.open_library(target) if target.exists() else None
            if info is None:
                self.engine.close_library()
            return photos, info

        def done(result: tuple[Listing, LibraryInfo | None]) -> None:
            self._reset((folder,), target)
            self.show_photos(result[0])
            self._set_library(result[1])
            self._begin(first)
            self.refresh()

        self.jobs.submit("open", work, done, self.failed.emit)

    def open_library(self, path: Path, first: Query | None = None) -> None:
        """Show an indexed collection."""

        def work(ticket: Ticket) -> tuple[LibraryInfo, Listing]:
            return self.engine.open_library(path), self.engine.photos()

        def done(result: tuple[LibraryInfo, Listing]) -> None:
            self._reset(result[0].roots, path)
            self.show_photos(result[1])
            self._set_library(result[0])
            self._begin(first)

        self.jobs.submit("open", work, done, self.failed.emit)

    def refresh(self) -> None:
        """Index what is new or changed in the open folders."""
        if self._library_path is not None and self.folders:
            self._index(None, None)

    def _index(self, preset: str | None, layout: str | None) -> None:
        folders, target = self.folders, self._library_path
        assert target is not None
        self._pace, self._counted = Pace(), time.monotonic()
        self.index_status = tr("preparing to index with {preset}", preset=preset) if preset else tr("preparing to index")

        def work(ticket: Ticket) -> IndexReport:
            return self.engine.index(folders, target, ticket, preset, layout=layout)

        self.jobs.submit("index", work, self._on_indexed, self.failed.emit)
        self.indexing_changed.emit()

    def refresh_after(self, change: Callable[[], None]) -> None:
        """Change what the library leaves out or skips, and index again."""
        self.jobs.submit("change", lambda ticket: change(), lambda _: self.refresh(), self.failed.emit)

    def add_folder(self, folder: Path) -> None:
        """Index a further folder into the open library."""
        if self._library_path is None:
            self.open_folder(folder)
        elif folder not in self.folders:
            self.folders = (*self.folders, folder)
            self.refresh()

    def use_preset(self, preset: str, layout: str) -> None:
        """Index the open folders with another preset or layout of windows, into a library of its own, and search that."""
        if not self.folders:
            hint = tr("Open the folder that this pipeline should index.")
            self.failed.emit(UserError(tr("no folder is open"), hint=hint))
            return
        self._library_path = self.engine.library_for(self.folders, preset, layout)
        self._index(preset, layout)

    @property
    def indexing(self) -> bool:
        """Whether an indexing run is under way, paused or not."""
        return self.jobs.busy("index")

    @property
    def index_paused(self) -> bool:
        """Whether the indexing run is held."""
        ticket = self.jobs.ticket("index")
        return ticket is not None and ticket.paused

    def pause_indexing(self, paused: bool) -> None:
        """Hold the indexing run, or let it go on."""
        if ticket := self.jobs.ticket("index"):
            (ticket.pause if paused else ticket.resume)()
            self._pace = Pace()
            self.indexing_changed.emit()

    def cancel_indexing(self) -> None:
        """Stop the indexing run; what is stored stays."""
        self.jobs.cancel("index")

    # -- queries -------------------------------------------------------------------------------------------------------

    def open_photo(self, path: Path, search: bool = True) -> None:
        """Put a photo on the canvas, inspect it, and unless it is a hit that is only looked at, search for it."""
        if search:
            self.ask_query(Query(path))
        else:
            self._show(Query(path), search)

    def ask_with(self, paths: Sequence[Path]) -> None:
        """Search with photos from anywhere, all together; with nothing open, the folder of the first is opened too."""
        query = Query(paths[0], more=tuple(map(Example, paths[1:])))
        if not self.photos and not self.folders:
            self.open_folder(query.path.parent, first=query)
        else:
            self.ask_query(query)

    def ask_again(self, saved: SavedQuery) -> None:
        """Ask a saved query, ranked as it was."""
        self.searches.kind, self.searches.only = saved.ranking, saved.only
        self.saved_asked.emit(saved)
        self.ask_query(saved.query)

    def ask_query(self, query: Query) -> None:
        """Open a query's photo, and search for it."""
        self._show(query, True)
        self.history.remember(query)

    def refine(self, query: Query) -> None:
        """Ask a changed query; the photo on show stays."""
        if self.query is not None and self.query.path == query.path:
            self._set_query(query)
        self.history.remember(query)
        self._search(query)

    def set_box(self, box: Box | None) -> None:
        """Ask for a box on the open photo; None asks for the whole photo."""
        self.searches.release()
        if self.query is None:
            return
        if box is not None and self._looking and (asked := boxed_example(self.asked, self.query.path, box)):
            self.refine(asked)
            self._set_query(self.query)  # the box is the example's, and not this photo's own
            return
        if box == self.query.box:
            if self.ranking is not None and self.ranking.query != self.query:
                self._search()  # a drag that came back to where it began
            return
        query = replace(self.query, box=box, cells=None)
        self._set_query(query)
        self.history.remember(query)
        self._set_inspection(None)  # the masks of another region would lie
        self._inspect()
        self._search()

    def follow_box(self, box: Box | None) -> None:
        """Rank for a box that is still being dragged."""
        if self.query is not None and self.library is not None and box is not None:
            query = live_example(self.asked, self.query.path, box) if self._looking else None
            self.searches.follow(query or replace(self.query, box=box, cells=None))

    def set_cells(self, cells: frozenset[tuple[int, int]] | None) -> None:
        """Search with painted cells; None: with those that the mask keeps."""
        if self.query is None or cells == self.query.cells:
            return
        query = replace(self.query, cells=cells)
        self._set_query(query)
        self.history.remember(query)
        self._search()

    def set_lens_settings(self, settings: LensSettings) -> None:
        """Inspect with other thresholds; the old picture stays until the new one is there."""
        if settings != self.lens_settings:
            self.lens_settings = settings
            self._inspect()

    def searched_mask(self) -> str:
        """The mask that searches use."""
        return self.library.mask if self.library else "max"

    def can_go(self, step: int) -> bool:
        """Whether there is a query ``step`` places further in the history."""
        return (step < 0 and self._looking) or self.history.can_go(step)

    def go(self, step: int) -> None:
        """Ask an earlier or later query again; back from a hit that is only looked at is to the query that found it."""
        query = self.history.go(0 if step < 0 and self._looking else step)
        if query is not None:
            self._show(query, True)

    def recall(self, query: Query) -> None:
        """Ask a query again, as a step that is undone or done again."""
        self.history.recall(query)
        self._show(query, True)

    def warm_up(self) -> None:
        """Load the network in the background."""
        self.jobs.submit("warm", self.engine.warm_up, self._ignore, self.failed.emit)

    # -- inside --------------------------------------------------------------------------------------------------------

    def _reset(self, folders: tuple[Path, ...], library: Path) -> None:
        for lane in ("index", "photo", "inspect"):
            self.jobs.cancel(lane)
        self.folders, self._library_path = folders, library
        self.history.clear()
        self._set_query(None)
        self.searches.clear()
        self.shown = None
        self.photo_opened.emit(None)
        self._set_inspection(None)

    def _begin(self, first: Query | None) -> None:
        """Ask a query, or put a photo on the canvas, so that a box can be drawn at once."""
        query = first or next((Query(photo.path) for photo in self.photos if photo.state != "skipped"), None)
        if query is not None:
            self.ask_query(query)

    def _show(self, query: Query, search: bool) -> None:
        """Open the photo of a query, and then do what the query asks for."""
        self._set_query(query)
        self._set_inspection(None)
        if query.path != self.shown:
            self.shown = None
            self.jobs.submit(
                "photo", lambda ticket: (query.path, self.engine.photo(query.path)), self._on_photo, self.failed.emit
            )
        self._inspect()
        if search:
            self._search()

    def _search(self, query: Query | None = None) -> None:
        query = query or self.query
        if query is not None and self.library is not None:
            self.searches.ask(query)

    def _inspect(self) -> None:
        query, settings = self.query, self.lens_settings
        if query is not None:
            self.inspecting_changed.emit(True)
            self.jobs.submit(
                "inspect",
                lambda ticket: self.engine.lens.inspect(query, ticket, settings=settings),
                self._set_inspection,
                self._ignore,
            )

    def show_photos(self, photos: Listing) -> None:
        """The photos of the collection are others now, or marked otherwise."""
        self.photos = photos
        self.photos_changed.emit()

    def _set_library(self, info: LibraryInfo | None) -> None:
        self.library = info
        self.library_changed.emit()

    def _set_inspection(self, inspection: Inspection | None) -> None:
        self.inspection = inspection
        self.inspection_changed.emit()

    def _set_query(self, query: Query | None) -> None:
        self.query = query
        self.query_changed.emit()

    def _open_early(self) -> None:
        """Make what is indexed so far searchable while the rest is still being done, and count it now and then."""
        path = self._library_path
        if path is None or self.jobs.busy("early") or not path.exists():
            return
        if self.library is None:
            self.jobs.submit("early", lambda ticket: self.engine.open_library(path), self._set_library, self._ignore)
        elif self.library.path == path and time.monotonic() - self._counted > COUNT_S:
            self._counted = time.monotonic()
            self.jobs.submit("early", lambda ticket: self.engine.info(), self._set_library, self._ignore)

    @Slot(str, object, object, str)
    def _on_progressed(self, lane: str, done: int, total: int, what: str) -> None:
        if lane != "index":
            return
        self._pace.update(done)
        self.index_status = f"{what} {done:,} / {total:,}{self._pace.words(total)}"
        self._open_early()
        self.indexing_changed.emit()

    @Slot(str)
    def _on_ended(self, lane: str) -> None:
        if lane == "index":
            self.index_status = ""
            self.indexing_changed.emit()
        if lane == "inspect":
            self.inspecting_changed.emit(False)

    def _on_indexed(self, report: IndexReport) -> None:
        def work(ticket: Ticket) -> tuple[LibraryInfo, Listing]:
            return self.engine.open_library(report.library), self.engine.photos()

        def done(result: tuple[LibraryInfo, Listing]) -> None:
            self._set_library(result[0])
            self.show_photos(result[1])
            self.indexed.emit(report)
            # What was asked meanwhile saw only a part of the photos.
            if self.ranking is None or report.indexed or report.removed:
                self._search(self.asked)

        self.jobs.submit("reopen", work, done, self.failed.emit)

    def _on_photo(self, opened: tuple[Path, np.ndarray]) -> None:
        self.shown, rgb = opened
        self.photo_opened.emit(rgb)

    def _ignore(self, _result: object) -> None:
        """A result nobody waits for; an unreadable photo is reported by the lane that shows it."""
