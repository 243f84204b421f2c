"""What the gallery can be narrowed to by a click: folders as a tree, years and months, cameras, tags, the star."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import PurePosixPath

import numpy as np
from PySide6.QtCore import QDate, QLocale, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from core.engine import Listing
from core.records import STAR
from gui.state.lanes import Lane
from gui.state.session import AppSession
from gui.widgets.plain_text import tip
from gui.widgets.properties import having
from gui.widgets.text import later, local, tr

ROLE = Qt.ItemDataRole.UserRole
MOST = 2000
"""Lines of one kind; who has more folders types the name of one."""

AT_ONCE = 200
"""Lines that are added without a pause."""

TITLES = {
    "": later("All photos"), "is": later("Starred"), "folder": later("Folders"), "date": later("Dates"),
    "camera": later("Cameras"), "tag": later("Tags"),
}  # fmt: skip


@dataclass
class Facet:
    """A line of the tree: its words, the filter it stands for (empty: none), how many photos, and what lies below it."""

    words: str
    term: str
    count: int
    below: list[Facet] = field(default_factory=list)


class FacetPanel(QWidget):
    """Folders, dates, cameras, tags and the star, to narrow the gallery.

    Emits ``term_chosen(term)``: ``folder:rome``; empty: all photos.
    """

    term_chosen = Signal(str)

    def __init__(self, session: AppSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._shown = session, list[Facet]()
        self._before, self._chosen = dict[str, bool](), ""
        self._growing = deque[tuple[QTreeWidgetItem | None, Facet]]()
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._grow)
        self.tree = having(QTreeWidget(), headerHidden=True, indentation=14, uniformRowHeights=True)
        self.tree.setColumnCount(2)
        self.tree.setFrameShape(QTreeWidget.Shape.NoFrame)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.setAccessibleName(tr("Folders, dates and tags"))
        self.setMinimumWidth(120)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 0, 0)
        layout.addWidget(self.tree)
        self.tree.itemClicked.connect(self._on_chosen)
        self.tree.itemActivated.connect(self._on_chosen)
        session.photos_changed.connect(self.refresh)

    @Slot()
    def refresh(self) -> None:
        """Count anew, in the background."""
        listing, total = self._session.photos, self._session.rest.total
        if total:  # what is known of the first photos is not true of all
            self._session.jobs.cancel(Lane.FACETS)
            self._show([Facet(tr(TITLES[""]), "", total)])
            return
        self._session.jobs.submit(Lane.FACETS, lambda ticket: facets_of(listing), self._show, self._session.failed.emit)

    def terms(self) -> list[str]:
        """Every filter that is offered."""
        return [facet.term for facet in _all(self._shown)]

    def show_filter(self, text: str) -> None:
        """Mark the line that the filter is, if it is one."""
        self.tree.clearSelection()
        for item in self._items():
            if item.data(0, ROLE) == text.strip() and (text.strip() or item is self.tree.topLevelItem(0)):
                item.setSelected(True)
                return

    def _show(self, facets: list[Facet]) -> None:
        if facets == self._shown:
            return
        before = {self._key(item): item.isExpanded() for item in self._items()}
        chosen = next((item.data(0, ROLE) for item in self.tree.selectedItems()), "")
        self._shown = facets
        self.tree.clear()
        self._before, self._chosen = before, chosen
        self._growing = deque((None, facet) for facet in facets)
        self._grow()

    @Slot()
    def _grow(self) -> None:
        """Add the next lines; others follow when the window has done what waits, as thousands take their time."""
        for _ in range(AT_ONCE):
            if not self._growing:
                break
            parent, facet = self._growing.popleft()
            item = _item(facet)
            if parent is None:
                self.tree.addTopLevelItem(item)
            else:
                parent.addChild(item)
            item.setExpanded(self._before.get(self._key(item), parent is None))
            self._growing.extend((item, below) for below in facet.below)
        if self._growing:
            self._next.start()
        else:
            self.show_filter(self._chosen)

    def _key(self, item: QTreeWidgetItem) -> str:
        return f"{item.text(0)} {item.data(0, ROLE)}"

    def _items(self) -> Iterator[QTreeWidgetItem]:
        waiting = [self.tree.topLevelItem(index) for index in range(self.tree.topLevelItemCount())]
        while waiting:
            if (item := waiting.pop(0)) is not None:
                yield item
                waiting += [item.child(index) for index in range(item.childCount())]

    @Slot(QTreeWidgetItem)
    def _on_chosen(self, item: QTreeWidgetItem) -> None:
        if item.data(0, ROLE) is not None:
            self.term_chosen.emit(item.data(0, ROLE))


def facets_of(listing: Listing) -> list[Facet]:
    """What a listing can be narrowed to; kinds that it does not have are left out."""
    kinds: list[tuple[str, list[Facet]]] = [
        ("folder", _folders(_counted(listing.folders))),
        ("date", _dates(listing)),
        ("camera", _cameras(listing)),
        ("tag", _tags(listing)),
    ]
    found = [Facet(tr(TITLES[""]), "", len(listing))]
    if starred := sum(STAR in marks for marks in listing.marks.values()):
        found.append(Facet(tr(TITLES["is"]), "is:starred", starred))
    return found + [Facet(tr(TITLES[kind]), "", -1, below) for kind, below in kinds if below]


def _counted(folders: Sequence[str]) -> Counter[str]:
    """How many photos each folder has; one run of the same at a time, between which other threads go on."""
    counts: Counter[str] = Counter()
    for folder, run in groupby(folders):
        counts[folder] += len(tuple(run))
    return counts


def _folders(counts: Counter[str]) -> list[Facet]:
    """The folders below the roots as a tree; the count is of a folder with all below it."""
    made: dict[PurePosixPath, Facet] = {}
    top: list[Facet] = []
    for name in sorted(counts)[:MOST]:
        folder = PurePosixPath(name)
        ways = [way for way in (folder, *folder.parents) if way.name]
        for way in reversed(ways):
            if way not in made:
                made[way] = Facet(way.name, quoted("folder", str(way)), 0)
                (made[way.parent].below if way.parent in made else top).append(made[way])
            made[way].count += counts[name]
    return top


def _dates(listing: Listing) -> list[Facet]:
    """Years with their months, the newest first."""
    months, counts = np.unique(listing.taken.astype("S7"), return_counts=True)
    years: dict[str, Facet] = {}
    for month, count in zip(months[::-1].tolist(), counts[::-1].tolist(), strict=True):
        text = month.decode("ascii", "replace")
        if len(text) == 7:
            year = years.setdefault(text[:4], Facet(text[:4], f"date:{text[:4]}", 0))
            year.count += count
            date = QDate.fromString(text + "-01", "yyyy-MM-dd")
            year.below.append(Facet(QLocale().toString(date, "MMMM") if date.isValid() else text, f"date:{text}", count))
    return list(years.values())


def _cameras(listing: Listing) -> list[Facet]:
    """The cameras, and the photos of none that is known; nothing where none is known of any photo."""
    counts = listing.cameras.counts(listing.ids)
    if not counts:
        return []
    # One name can begin another, and then the filter finds both.
    low = {name: name.casefold() for name in counts}
    found = [
        Facet(name, quoted("camera", name), sum(number for other, number in counts.items() if low[name] in low[other]))
        for name in sorted(counts, key=low.__getitem__)[:MOST]
    ]
    unknown = len(listing) - sum(counts.values())
    return found + ([Facet(tr("Unknown"), "-camera:", unknown)] if unknown else [])


def _tags(listing: Listing) -> list[Facet]:
    counts = Counter(mark for marks in listing.marks.values() for mark in marks if mark != STAR)
    return [Facet(tag, quoted("tag", tag), count) for tag, count in sorted(counts.items())[:MOST]]


def quoted(key: str, value: str) -> str:
    """A term of the filter; blanks are kept together."""
    return f'{key}:"{value}"' if " " in value else f"{key}:{value}"


def _all(facets: Sequence[Facet]) -> Iterator[Facet]:
    for facet in facets:
        yield facet
        yield from _all(facet.below)


def _item(facet: Facet) -> QTreeWidgetItem:
    """A line without those below it."""
    item = QTreeWidgetItem([facet.words, local(facet.count) if facet.count >= 0 else ""])
    item.setData(0, ROLE, facet.term if facet.count >= 0 else None)
    item.setToolTip(0, tip(facet.words))
    item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    if facet.count < 0:
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
    return item
