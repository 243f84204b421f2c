"""The gallery's panel: what is shown, in which order, and how large."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property
from pathlib import Path
from typing import overload

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSlider, QVBoxLayout, QWidget

from core.engine import HELP, Listing, Order, Ticket, UserError, is_folder, ordered
from core.records import STAR, PhotoRecord
from gui.gallery.marking import KEEP
from gui.gallery.titles import written
from gui.state.lanes import Lane
from gui.state.session import AppSession
from gui.widgets.plain_text import Label, tip
from gui.widgets.properties import having
from gui.widgets.text import error_text, later, tr
from gui.widgets.thumbnails import ThumbnailStore
from gui.widgets.tiles import Tile
from gui.widgets.wall import WallView

FILTER_MS = 150
SORTS = {
    "folder": later("By folder"), "date": later("By date"), "name": later("By name"), "size": later("By size"),
    "similar": later("By likeness"), "duplicates": later("Near-duplicates"),
}  # fmt: skip
REVIEW = later("Photos that are nearly the same lie together. Mark those to keep with Shift+K (✓); nothing is deleted.")
WAITS = later("The filter and the order wait until the list of all photos is read; the status bar says how far it is.")
LOOK_MS = 300
"""Milliseconds without scrolling before visible photos are reported."""

SMALL, LARGE, USUAL = 64, 256, 160


class ListedTiles(Sequence[Tile]):
    """The tiles of a listing in an order, each made when it is seen."""

    def __init__(self, listing: Listing, order: Order, missing: Collection[Path] = ()) -> None:
        self._listing, self._rows, self._missing = listing, order.rows, frozenset(missing)

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> Tile: ...

    @overload
    def __getitem__(self, index: slice) -> list[Tile]: ...

    def __getitem__(self, index: int | slice) -> Tile | list[Tile]:
        if isinstance(index, slice):
            return [self[one] for one in range(*index.indices(len(self)))]
        row = int(self._rows[index])
        return tile_of(self._listing[row], bool(self._missing) and self._listing.root_of(row) in self._missing)

    def row_of(self, path: Path) -> int:
        """The row that shows a photo; -1 if there is none."""
        index = self._listing.index_of(path)
        return int(self._places[index]) if index >= 0 else -1

    @cached_property
    def _places(self) -> NDArray[np.int64]:
        """(n,) the row that shows each photo of the listing; -1: none."""
        places = np.full(len(self._listing), -1)
        places[self._rows] = np.arange(len(self._rows))
        return places


class GalleryPanel(QWidget):
    """All photos of the collection as tiles, filtered, sorted and in sections.

    Emits ``photo_chosen(path)``, ``edge_chosen(pixels)``, and ``shown(filter)`` when photos are shown that pass it.
    """

    photo_chosen = Signal(object)
    edge_chosen = Signal(int)
    shown = Signal(str)

    def __init__(
        self, session: AppSession, store: ThumbnailStore, edge: int = USUAL, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.filter = QLineEdit(placeholderText=tr("Filter the gallery"), clearButtonEnabled=True)
        self.filter.setToolTip(tip(tr("Show only photos like: {examples}", examples=HELP)))
        self.filter.setAccessibleName(tr("Filter of the gallery"))
        self.sort = having(QComboBox(), toolTip=tr("In which order the photos stand"))
        self.sort.setAccessibleName(tr("Order of the gallery"))
        for key, words in SORTS.items():
            self.sort.addItem(tr(words), key)
        self.size_slider = having(QSlider(Qt.Orientation.Horizontal), minimum=SMALL, maximum=LARGE, value=edge)
        self.size_slider.setToolTip(tr("Size of the pictures"))
        self.size_slider.setAccessibleName(tr("Size of the gallery's pictures"))
        self._count, self._refusal = Label(objectName="muted"), Label(objectName="muted", wordWrap=True)
        self.view = WallView(store, edge, tr("Photos of the collection"), self)
        self._shown = ("", "folder")
        self._bring: Path | None = None
        self._look = QTimer(self, singleShot=True, interval=LOOK_MS)
        # Not at every key, as sorting a hundred thousand photos takes time.
        self._delay = QTimer(self, singleShot=True, interval=FILTER_MS)
        self._build()
        self.filter.textChanged.connect(self._delay.start)
        self._delay.timeout.connect(self.refresh)
        self.sort.currentIndexChanged.connect(self.refresh)
        self.size_slider.valueChanged.connect(self.view.set_edge)
        self.size_slider.valueChanged.connect(self.edge_chosen)
        self.view.opened.connect(self.photo_chosen)
        session.photos_changed.connect(self.refresh)
        session.photo_opened.connect(self.stand_on_shown)
        self._look.timeout.connect(self._tell_seen)
        self.view.verticalScrollBar().valueChanged.connect(self._look.start)

    def _build(self) -> None:
        self._column, row = QVBoxLayout(self), QHBoxLayout()
        self._column.setContentsMargins(0, 8, 0, 0)
        self._column.setSpacing(8)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(8)
        row.addWidget(self.filter, 1)
        row.addWidget(self._count)
        row.addWidget(self.sort)
        row.addWidget(self.size_slider)
        self.filter.setMinimumWidth(96)
        self.size_slider.setFixedWidth(96)
        self._count.setMinimumWidth(1)
        self._column.addLayout(row)
        self._refusal.hide()
        self._refusal.setContentsMargins(8, 0, 8, 0)
        self._column.addWidget(self._refusal)

    def set_views(self, views: QWidget) -> None:
        """Set the widgets that show photos: the wall, and alternatives to it."""
        self._column.addWidget(views, 1)

    @Slot(str)
    def narrow(self, term: str) -> None:
        """Show the photos of one term of the filter alone; empty: all."""
        self.filter.setText(term)

    @Slot()
    def stand_on_shown(self) -> None:
        """Make the photo on show the current tile, unless another one was chosen."""
        query = self._session.query
        if query is not None and (not self.view.isVisible() or not self.view.currentIndex().isValid()):
            self.view.select_paths([], query.path)

    def neighbour(self, path: Path | None, by: int) -> Path | None:
        """The photo a number of tiles after one (negative: before) among those shown; None: there is none."""
        row = self.view.tiles.row_of(path) + by if path is not None else 0
        return self.view.tiles.tile(row).path if 0 <= row < self.view.tiles.rowCount() else None

    def chosen(self) -> list[Path]:
        """The photos that are selected."""
        return self.view.chosen()

    def position(self) -> tuple[str, Path | None]:
        """The order of the photos, and the first one in sight."""
        seen = self.view.in_sight()
        return self.sort.currentData(), seen[0] if seen else None

    def go_to(self, sort: str, path: Path | None) -> None:
        """Scroll to such a position once its photos are shown."""
        self._bring = path if sort not in ("similar", "duplicates") else None  # whose order changes
        self.sort.setCurrentIndex(max(self.sort.findData(sort), 0))

    def showEvent(self, event: QShowEvent) -> None:
        """Report the visible photos soon."""
        super().showEvent(event)
        self._look.start()

    @Slot()
    def _tell_seen(self) -> None:
        """Visible photos are indexed first."""
        self._session.seen = self.view.in_sight()

    def words(self) -> str:
        """What is said of the photos shown."""
        return self._refusal.text() if not self._refusal.isHidden() else self._count.text()

    @Slot()
    def refresh(self) -> None:
        """Order the photos anew, in the background; the old order stays on show until then."""
        session = self._session
        listing, text, sort, total = session.photos, self.filter.text(), self.sort.currentData(), session.rest.total
        waits = bool(total) and (bool(text.strip()) or sort != "folder")
        if total:  # of the first photos neither a filter nor another order would be true
            text, sort = "", "folder"
        query, browser = session.query, session.engine.browse

        def work(ticket: Ticket) -> tuple[Order, tuple[str, ...], list[Path]]:
            likeness = browser.likeness(query.path) if sort == "similar" and query is not None else None
            groups = browser.duplicates(ticket) if sort == "duplicates" and session.library is not None else None
            missing = [root for root in listing.roots if not is_folder(root)]
            order = ordered(listing, text, sort, likeness, ticket, groups)
            titles = tuple(tr("%n nearly the same", "", int(t)) if t.isdecimal() else tr(written(t)) for t in order.titles)
            return order, titles, missing

        def done(found: tuple[Order, tuple[str, ...], list[Path]]) -> None:
            order, titles, missing = found
            session.away = frozenset(missing)
            stay, self._shown = self._shown == (text, sort), (text, sort)
            self.view.show_tiles(ListedTiles(listing, order, missing), order.starts, titles, stay, same_order=True)
            self._bring_back()
            self.shown.emit(text)
            some = bool(text.strip()) or sort == "duplicates" or bool(total)
            self._refusal.hide()
            self._count.setText(_counted(len(order.rows) if some else None, total or len(listing)))
            if waits:
                self._refuse(tr(WAITS))
            if sort == "duplicates" and len(order.rows):
                self._refuse(tr(REVIEW))
            if missing:
                self._refuse(tr("Not there now: {folders}", folders=", ".join(map(str, missing))))

        self._session.jobs.submit(Lane.ORDER, work, done, self._on_refused)

    def _bring_back(self) -> None:
        if self._bring is not None and self.view.bring(self._bring):
            self._bring = None
        self._look.start()

    def _refuse(self, words: str) -> None:
        self._refusal.setText(words)
        self._refusal.show()

    def _on_refused(self, error: Exception) -> None:
        """Show the fault of a filter; the photos on show stay."""
        if isinstance(error, UserError):
            self._refuse(error_text(error))
        else:
            self._session.failed.emit(error)


def _counted(shown: int | None, total: int) -> str:
    """How many photos there are, and how many of them are shown (None: all)."""
    return tr("%n photos", "", total) if shown is None else tr("{shown:,} of %n photos", "", total, shown=shown)


def tile_of(photo: PhotoRecord, missing: bool) -> Tile:
    """A photo as it stands in the gallery; ``missing`` while its disk or folder is not there."""
    lines = [str(photo.path)]
    if photo.taken:
        lines.append(photo.taken)
    if photo.width:
        lines.append(f"{photo.width} × {photo.height} " + tr("px", "pixels"))
    if tags := [mark for mark in photo.marks if mark != STAR]:
        lines.append(tr("tags: {tags}", tags=", ".join(tags)))
    if photo.state == "skipped":
        lines.append(tr("skipped: {reason}", reason=photo.reason))
    gone = photo.state == "missing"
    if gone:
        lines.append(tr("not there any more"))
    elif missing:
        lines.append(tr("not there now: is its disk connected?"))
    star = ("★ " if STAR in photo.marks else "") + ("✓ " if KEEP in photo.marks else "")
    return Tile(photo.path, star + photo.path.name, "\n".join(lines), faded=missing or gone or photo.state == "skipped")
