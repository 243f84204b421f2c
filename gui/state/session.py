"""The state of the window: the open collection, and photo, query, ranking, inspection.  All that panels share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from core.engine import Engine, Rgb, Ticket, UserError
from core.geometry import Box
from core.records import Example, Inspection, LensSettings, LibraryInfo, Query, Ranking, SavedQuery
from gui.state.collection import OpenCollection
from gui.state.examples import boxed_example, live_example
from gui.state.history import QueryHistory
from gui.state.lanes import Lane
from gui.state.search_flow import SearchFlow
from gui.widgets.text import tr


class AppSession(OpenCollection):
    """The state of the window.  Panels call its methods and listen to its signals; they do not know each other.

    Emits, beside what an ``OpenCollection`` does and each after the state has changed: ``photo_opened(rgb)``,
    ``query_changed()``, ``searching_changed(bool)``, ``verifying_changed(bool)``, ``inspecting_changed(bool)``,
    ``ranking_changed()``, ``saved_asked(SavedQuery)`` and ``inspection_changed()``.
    """

    photo_opened = Signal(object)
    query_changed = Signal()
    searching_changed = Signal(bool)
    verifying_changed = Signal(bool)
    inspecting_changed = Signal(bool)
    ranking_changed = Signal()
    saved_asked = Signal(object)
    inspection_changed = Signal()

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(engine, parent)
        self.query: Query | None = None
        self.shown: Path | None = None
        self.device, self._warm = "", False
        self.exports: Path | None = None
        self._coming: Query | None = None
        self.searches = SearchFlow(engine, self.jobs, self)
        self.inspection: Inspection | None = None
        self.lens_settings = LensSettings()
        self.history = QueryHistory(self)
        flow = self.searches
        flow.searching_changed.connect(self.searching_changed)
        flow.verifying_changed.connect(self.verifying_changed)
        flow.ranking_changed.connect(self.ranking_changed)
        flow.failed.connect(self.failed)
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
    def looking(self) -> bool:
        """Whether the photo on show is not the query's, but for instance a hit."""
        return self.query is not None and self.asked is not None and self.query.path != self.asked.path

    @property
    def coming(self) -> Query | None:
        """The query whose photo is being read, or else the current one."""
        return self._coming or self.query

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
        self._show(query, True, self.history.remember)

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
        if box is not None and self.looking and (asked := boxed_example(self.asked, self.query.path, box)):
            self.refine(asked)
            self._set_query(self.query)  # the box is the example's, and not this photo's own
            return
        if box == self.query.box:
            if self.ranking is not None and self.ranking.query != self.query:
                self._search()  # a drag back to where it began
            return
        query = replace(self.query, box=box, cells=None)
        self._set_query(query)
        self.history.remember(query)
        self._set_inspection(None)  # masks of another region would be wrong
        self._search()
        self._inspect()

    def follow_box(self, box: Box | None) -> None:
        """Rank for a box that is still being dragged."""
        if self.query is not None and self.library is not None and box is not None:
            query = live_example(self.asked, self.query.path, box) if self.looking else None
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

    @property
    def _away(self) -> bool:
        """Whether the photo on show, or the one that is being read, is not what was asked for."""
        coming, asked = self.coming, self.asked
        return coming is not None and asked is not None and coming.path != asked.path

    def can_go(self, step: int) -> bool:
        """Whether there is a query ``step`` steps further in the history."""
        return (step < 0 and self._away) or self.history.can_go(step)

    def go(self, step: int) -> None:
        """Ask an earlier or later query again; back from a hit that is only looked at is to the query that found it."""
        query = self.history.at(0 if step < 0 and self._away else step)
        if query is not None:
            self._show(query, True, self.history.recall)

    def look_back(self) -> None:
        """Show the photo that is searched for again, when a hit of it is looked at; the ranking stays."""
        if self._away and self.asked is not None:
            self._show(self.asked, False)

    def recall(self, query: Query) -> None:
        """Ask a query again, as a step that is undone or done again."""
        self._show(query, True, self.history.recall)

    def warm_up(self) -> None:
        """Load the network in the background, and read which device it runs on."""

        def work(ticket: Ticket) -> str:
            return self.engine.warm_up(ticket)

        def done(device: str) -> None:
            self.device, self._warm = device, True
            self.library_changed.emit()

        self.jobs.submit(Lane.WARM, work, done, self.failed.emit)

    def renew(self) -> None:
        """Say anew what the open library is, and show its photo anew, whose file may be opened now."""

        def done(info: LibraryInfo) -> None:
            query, self.shown = self.coming, None
            self._set_library(info)
            if query is not None:
                self._show(query, True)

        self.jobs.submit(Lane.REOPEN, lambda ticket: self.engine.info(), done, self.failed.emit)

    # -- inside --------------------------------------------------------------------------------------------------------

    def _reset(self, folders: tuple[Path, ...], library: Path) -> None:
        super()._reset(folders, library)
        self._coming = None
        self.history.clear()
        self._set_query(None)
        self.searches.clear()
        self.shown = None
        self.photo_opened.emit(None)
        self._set_inspection(None)

    def _begin(self, first: Query | None) -> None:
        """Ask a query, or put a photo on the canvas, so that a box can be drawn at once."""
        usable = (photo for photo in self.photos if photo.state not in ("skipped", "missing"))
        query = first or next((Query(photo.path) for photo in usable), None)
        if query is not None:
            self.ask_query(query)

    def _asks_nothing(self) -> bool:
        return self.coming is None

    def _looked_at(self) -> Sequence[Path]:
        query = self.coming
        return [query.path, *self.seen] if query is not None else self.seen

    def _search_again(self, changed: bool) -> None:
        """What was asked before saw only a part of the photos."""
        if self.ranking is None or changed:
            self._search(self.asked)

    def _show(self, query: Query, search: bool, then: Callable[[Query], None] | None = None) -> None:
        """Open the photo of a query, and then do what the query asks for.

        The photo on show stays with its query and title until the other can be shown: a box that is drawn meanwhile is
        drawn on what is seen, and a photo that cannot be read changes nothing.

        Args:
            then: called with the query when its photo is there.
        """
        if query.path == self.shown:
            self._coming = None
            self.jobs.cancel(Lane.PHOTO)
            self._put(query, search, then)
            return
        self._coming = query

        def done(found: tuple[Rgb, UserError | None]) -> None:
            self._coming, self.shown = None, query.path
            if found[1] is not None:
                hint = tr("The small copy of the shared library is shown.")
                self.failed.emit(UserError(tr("this photo is not on this computer, or not open to it"), hint=hint))
            self._put(query, search, then, found[0])

        def failed(error: Exception) -> None:
            self._coming = None
            self.failed.emit(error)

        self.jobs.submit(Lane.PHOTO, lambda ticket: self.engine.pictures.photo_or_copy(query.path), done, failed)

    def _put(self, query: Query, search: bool, then: Callable[[Query], None] | None = None, rgb: Rgb | None = None) -> None:
        """Make a query the one on show, with its photo where that is another one than before."""
        self.query = query
        self._set_inspection(None)
        if rgb is not None:
            self.photo_opened.emit(rgb)
        if then is not None:
            then(query)
        self.query_changed.emit()
        if search:
            self._search()
        self._inspect()

    def _search(self, query: Query | None = None) -> None:
        query = query or self.query
        if query is not None and self.library is not None:
            self.searches.ask(query)

    def _inspect(self) -> None:
        if self._warm:
            self._inspect_now()
        else:  # that would load the network, while the search of a whole photo may do without
            self.jobs.when_idle((Lane.SEARCH,), self._inspect_now)

    def _inspect_now(self) -> None:
        query, settings = self.query, self.lens_settings
        if query is not None:
            self.inspecting_changed.emit(True)
            # A photo that cannot be read is reported by its own lane.
            self.jobs.submit(
                Lane.INSPECT,
                lambda ticket: self.engine.inspect.inspect(query, ticket, settings=settings),
                self._set_inspection,
            )

    def _set_inspection(self, inspection: Inspection | None) -> None:
        self.inspection = inspection
        self.inspection_changed.emit()

    def _set_query(self, query: Query | None) -> None:
        self.query = query
        self.query_changed.emit()

    @Slot(object)
    def _on_ended(self, lane: Lane) -> None:
        if lane is Lane.INSPECT:
            self.inspecting_changed.emit(False)
