"""The state of the open collection: its folders, its photos, its library, and the work of indexing it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from core.engine import Engine, Listing, Pace, PasswordError, Ticket, UserError, is_folder, is_there, present
from core.records import IndexReport, LibraryInfo, Query
from gui.state.jobs import JobRunner
from gui.state.lanes import Lane
from gui.state.merging import merged
from gui.state.prepared import Prepared, let_go_if_not_wanted
from gui.state.rest import RestOfPhotos
from gui.widgets.text import local, tr

COUNT_S = 3.0
"""Between two looks at how much of the collection can be searched while it is indexed."""

MERGED = 20_000
"""Of so many photos what is known by now is shown at every such look."""

T = TypeVar("T")


class OpenCollection(QObject):
    """The open library and its folders.  What is asked of the collection is the business of ``AppSession``, which is one.

    Emits, each after the state has changed: ``photos_changed()``, ``library_changed()``, ``indexing_changed()``,
    ``indexed(IndexReport)`` and ``failed(exception)``.  ``password_asked(path, error, again)`` is emitted when a server
    wants a password for the library at ``path``; ``again()`` opens it once there is one.
    """

    photos_changed = Signal()
    library_changed = Signal()
    indexing_changed = Signal()
    indexed = Signal(object)
    failed = Signal(object)
    password_asked = Signal(object, object, object)

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.engine = engine
        self.jobs = JobRunner(self)
        self.photos = Listing(())
        self.folders: tuple[Path, ...] = ()
        self.library: LibraryInfo | None = None
        self.index_status, self.index_done = "", (0, 0)
        self.seen: Sequence[Path] = ()
        self.away: frozenset[Path] = frozenset()
        """Folders whose photos the gallery shows in grey, as they are not there."""
        self._pace, self._counted, self._searched = Pace(), 0.0, 0
        self._library_path: Path | None = None
        self._skipped: set[Path] = set()
        self.rest = RestOfPhotos(engine, self.jobs, self)
        self.rest.came.connect(self._on_rest)
        self.rest.failed.connect(self.failed)
        self.rest.given_up.connect(self.photos_changed)
        self.jobs.broke.connect(self.failed)
        self.jobs.progressed.connect(self._on_progressed)
        self.jobs.ended.connect(self._on_index_ended)

    # -- hooks of the part that asks -----------------------------------------------------------------------------------

    def _reset(self, folders: tuple[Path, ...], library: Path) -> None:
        """Another collection is open now."""
        self.folders, self._library_path = folders, library

    def _begin(self, first: Query | None) -> None:
        """Ask something of a collection that was opened."""
        raise NotImplementedError

    def _asks_nothing(self) -> bool:
        """Whether ``_begin`` has found nothing to ask."""
        raise NotImplementedError

    def _search_again(self, changed: bool) -> None:
        """The library holds other photos than before (``changed``), or can be searched for the first time."""
        raise NotImplementedError

    def _looked_at(self) -> Sequence[Path]:
        """What a person looks at, to be indexed first; asked for on the thread that indexes."""
        return self.seen

    # -- opening -------------------------------------------------------------------------------------------------------

    def open_folder(self, folder: Path, library: Path | None = None, first: Query | None = None) -> None:
        """Show a folder's photos at once, and bring its library up to date in the background."""
        self.open_folders((folder,), library, first)

    def open_folders(self, folders: tuple[Path, ...], library: Path | None = None, first: Query | None = None) -> None:
        """The same for several folders together."""
        target = library or self.engine.library_for(folders)

        def work(ticket: Ticket) -> Prepared:
            self.engine.folders.bring_sample(folders, target)
            opened = self.engine.prepare(target) if is_there(target) else None
            with let_go_if_not_wanted(opened):
                info = opened.info() if opened is not None else None
                if opened is not None and info is not None and info.photos and all(map(is_folder, folders)):
                    photos, total = opened.first_photos() or (opened.photos(), 0)
                    return Prepared(opened, info, photos, folders, total=total)  # what is new on the disk follows
                return Prepared(opened, info, self.engine.scan(folders, ticket), folders)

        self._open(target, work, first)

    def open_library(self, path: Path, first: Query | None = None, look: bool = False) -> None:
        """Show an indexed collection.

        Args:
            look: bring it up to date with its folders too, those that are there.
        """

        def work(ticket: Ticket) -> Prepared:
            opened = self.engine.prepare(path)
            with let_go_if_not_wanted(opened):
                info = opened.info()
                # Folders that nobody here agreed to are neither watched nor indexed, nor are those of a shared library.
                roots = info.roots if info.agreed and not info.host else ()
                there = look and any(map(is_folder, roots))
                photos, total = opened.first_photos() or (opened.photos(), 0)
                return Prepared(opened, info, photos, roots, there, total)

        self._open(path, work, first)

    def _open(self, library: Path, work: Callable[[Ticket], Prepared], first: Query | None) -> None:
        """Show another collection once it is prepared; until then the one on show stays open, whatever runs on it."""

        def done(prepared: Prepared) -> None:
            self.jobs.cancel_bound()
            self._take(prepared)
            self.library = prepared.info  # before any signal, as its receivers use it
            self._reset(prepared.folders, library)
            self.rest.begin(prepared.total)
            self.show_photos(prepared.photos)
            self._set_library(prepared.info)
            self._begin(first)
            if prepared.look and prepared.info is None:
                self.refresh()
            elif prepared.look:  # what can be asked already is answered first, and all photos are there
                self.jobs.when_idle((Lane.PHOTO, Lane.SEARCH, Lane.REST), lambda: self._refresh_of(library))

        def refused(error: Exception) -> None:
            if isinstance(error, PasswordError):
                self.password_asked.emit(library, error, lambda: self._open(library, work, first))
            else:
                self.failed.emit(error)

        self.jobs.submit(Lane.OPEN, work, done, refused, self._drop)

    def _take(self, prepared: Prepared) -> None:
        """Make a prepared library the open one; that before is closed in the background, when nobody reads it."""
        self._drop(Prepared(self.engine.take(prepared.opened), None, self.photos, ()))

    def _drop(self, prepared: Prepared) -> None:
        if (opened := prepared.opened) is not None:
            self.jobs.submit(Lane.CLOSE, lambda ticket: opened.let_go(), self._ignore)

    # -- writing -------------------------------------------------------------------------------------------------------

    def write(
        self,
        change: Callable[[Path], T],
        done: Callable[[T], None],
        undo: Callable[[], None] | None = None,
    ) -> None:
        """Have the open library changed: in order, never cancelled, and whatever is open by then.

        Args:
            change: is given the library, in the background.
            done: shows the change, if the library still is the open one.
            undo: reverts in the window what could not be written; the failure itself is shown.
        """
        if self.library is None:
            self.failed.emit(UserError(tr("no library is open"), hint=tr("Open a folder or a library first.")))
            return
        path = self.library.path

        def written(result: T) -> None:
            if self.library is not None and self.library.path == path:
                done(result)

        def refused(error: Exception) -> None:
            if undo is not None:
                undo()
            self.failed.emit(error)

        self.jobs.submit(Lane.WRITE, lambda ticket: change(path), written, refused)

    # -- indexing ------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show what is new in the open folders, and index what is new or changed."""
        if self._library_path is None or not self.folders:
            return
        if self.library is None or self.library.path != self._library_path:
            self._index(None, None)
            return
        folders, browser = self.folders, self.engine.browse

        def done(photos: Listing | None) -> None:
            if photos is not None:
                self._show_all(photos)
            self._index(None, None)

        self.jobs.submit(Lane.NEW, lambda ticket: browser.look(folders, ticket), done, self.failed.emit)

    def _refresh_of(self, library: Path) -> None:
        if self._library_path == library:  # and no other is open by now
            self.refresh()

    def _index(self, preset: str | None, layout: str | None) -> None:
        folders, target = self.folders, self._library_path
        assert target is not None

        def work(ticket: Ticket) -> IndexReport:
            if preset and is_there(target):  # it was made when the preset had another fit
                self.engine.anew.describe(target, ticket)
            there = present(folders)  # a disk that is away holds up no other folder
            return self.engine.index(there, target, ticket, preset, layout=layout, first=self._looked_at)

        self._run(work, tr("preparing to index with {preset}", preset=preset) if preset else tr("preparing to index"))

    def describe_anew(self) -> None:
        """Describe all photos with the present fit; until all are done, the library is searched as before."""
        if self.library is not None:
            path, anew = self.library.path, self.engine.anew
            self._run(lambda ticket: anew.describe(path, ticket, self._looked_at), tr("preparing to describe anew"))

    def _run(self, work: Callable[[Ticket], IndexReport], words: str) -> None:
        self._pace, self._counted, self.index_done = Pace(), time.monotonic(), (0, 0)
        self._searched = self.library.photos if self.library is not None else 0
        self._skipped = {skipped.path for skipped in self.library.skipped} if self.library is not None else set()
        self.index_status = words
        self.jobs.submit(Lane.INDEX, work, self._on_indexed, self.failed.emit)
        self.indexing_changed.emit()

    def refresh_after(self, change: Callable[[Path], None]) -> None:
        """Change what the library leaves out or skips, and index again."""
        self.write(change, lambda _: self.refresh())

    def add_folders(self, folders: Sequence[Path]) -> None:
        """Index further folders into the open library; with none open, they are opened."""
        if self._library_path is None or (self.library is not None and self.library.host):
            self.open_folders(tuple(folders))
        elif new := [folder for folder in folders if folder not in self.folders]:
            self.folders = (*self.folders, *new)
            self.refresh()

    def forget_missing(self) -> None:
        """Remove the photos whose files are gone from the library."""
        browser = self.engine.browse

        def forget(library: Path) -> Listing:
            browser.forget_missing(library)
            return browser.photos()

        self.write(forget, self._show_all)

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
        return self.jobs.busy(Lane.INDEX)

    @property
    def index_paused(self) -> bool:
        """Whether the indexing run is held."""
        ticket = self.jobs.ticket(Lane.INDEX)
        return ticket is not None and ticket.paused

    def newly_skipped(self, report: IndexReport) -> int:
        """How many photos an indexing run has skipped that were not skipped before."""
        return sum(skipped.path not in self._skipped for skipped in report.skipped)

    def pause_indexing(self, paused: bool) -> None:
        """Hold the indexing run, or let it go on."""
        if ticket := self.jobs.ticket(Lane.INDEX):
            (ticket.pause if paused else ticket.resume)()
            self._pace.restart(self.index_done[0])
            self.index_status = self.index_status.partition(" · ")[0]
            self.indexing_changed.emit()

    def cancel_indexing(self) -> None:
        """Stop the indexing run; what is stored stays."""
        self.jobs.cancel(Lane.INDEX)

    # -- inside --------------------------------------------------------------------------------------------------------

    def show_photos(self, photos: Listing) -> None:
        """The photos of the collection are others now, or marked otherwise."""
        self.photos = photos
        self.photos_changed.emit()

    def _show_all(self, photos: Listing) -> None:
        self.rest.end()
        self.show_photos(photos)

    @Slot(object)
    def _on_rest(self, photos: Listing) -> None:
        """All photos are there, and not only the first, whose marks set in the window may be newer."""
        newer = self.photos.marks if self.jobs.busy(Lane.WRITE) else {}
        self.show_photos(photos.with_marks({**photos.marks, **newer}) if newer else photos)
        if self._asks_nothing():
            self._begin(None)

    def _set_library(self, info: LibraryInfo | None) -> None:
        self.library = info
        self.library_changed.emit()

    def _open_early(self) -> None:
        """Make what is indexed so far searchable while the rest is still being done, and count it now and then."""
        path = self._library_path
        if path is None or self.jobs.busy(Lane.EARLY):
            return
        if self.library is None:
            self.jobs.submit(Lane.EARLY, lambda ticket: self._begun(path), self._on_begun, None, self._drop)
        elif self.library.path == path and not self.rest.total and time.monotonic() - self._counted > COUNT_S:
            self._counted = time.monotonic()
            found = self.photos
            self.jobs.submit(Lane.EARLY, lambda ticket: self._so_far(found), self._on_so_far)

    def _begun(self, path: Path) -> Prepared:
        """A library that is being made; nothing while there is no file."""
        if not is_there(path):
            return Prepared(None, None, self.photos, ())
        opened = self.engine.prepare(path)
        with let_go_if_not_wanted(opened):
            return Prepared(opened, opened.info(), self.photos, ())

    def _on_begun(self, prepared: Prepared) -> None:
        if prepared.opened is not None and prepared.info is not None:
            self._take(prepared)
            self._on_early(prepared.info)

    def _so_far(self, found: Listing) -> tuple[LibraryInfo, Listing, Listing | None]:
        """What the library holds by now; of very many photos not each time what is known of each."""
        info = self.engine.info()
        often = len(found) <= MERGED or info.photos >= 2 * self._searched
        return info, found, merged(found, self.engine.photos()) if often else None

    def _on_so_far(self, state: tuple[LibraryInfo, Listing, Listing | None]) -> None:
        info, found, known = state
        # Marks set in the window may be newer than those that were read.
        if known is not None and self.photos is found and self.indexing and not self.jobs.busy(Lane.WRITE):
            self.show_photos(known)
        self._on_early(info)

    def _on_early(self, info: LibraryInfo) -> None:
        self._set_library(info)
        # Not each time, so that the ranking on show does not change all the time.
        if info.photos >= max(2 * self._searched, 2) and self.indexing:
            self._searched = info.photos
            self._search_again(True)

    @Slot(object, object, object, str)
    def _on_progressed(self, lane: Lane, done: int, total: int, what: str) -> None:
        if lane is not Lane.INDEX:
            return
        self._pace.update(done)
        self.index_done = (done, total)
        self.index_status = self._pace.text(tr(what), total, tr("{time} left"), local)
        self._open_early()
        self.indexing_changed.emit()

    @Slot(object)
    def _on_index_ended(self, lane: Lane) -> None:
        if lane is Lane.INDEX:
            self.index_status = ""
            self.indexing_changed.emit()

    def _on_indexed(self, report: IndexReport) -> None:
        def work(ticket: Ticket) -> Prepared:
            opened = self.engine.prepare(report.library, anew=False)  # who searches it meanwhile searches on
            with let_go_if_not_wanted(opened):
                return Prepared(opened, opened.info(), opened.photos(), ())

        def done(prepared: Prepared) -> None:
            self._take(prepared)
            self._set_library(prepared.info)
            self._show_all(prepared.photos)
            self.indexed.emit(report)
            self._search_again(bool(report.indexed or report.removed))

        self.jobs.submit(Lane.REOPEN, work, done, self.failed.emit, self._drop)

    def _ignore(self, _result: object) -> None:
        """A result nobody waits for."""
