"""What a library stores of its photos as a whole: their list, their number, their roots and marks."""

from __future__ import annotations

import contextlib
from pathlib import Path

from core.library import limits
from core.library.causes import damaged
from core.library.database import MAX_PHOTOS
from core.library.listing import STATES, Listing
from core.library.listing_file import Reading
from core.library.marks import MarksTable
from core.library.names import safe_root
from core.library.open_file import OpenFile
from core.library.stored_vectors import StoredVectors
from core.util.caches import Kept
from core.util.errors import UserError
from core.util.progress import current_ticket

FIRST = 500
"""Photos that are shown before all are read: more than a screen has."""

MANY = 50_000
"""Of so many photos the first are shown at once; to read all takes no time below that."""


class StoredListing(StoredVectors):
    """Reads the list of the photos."""

    def __init__(self, path: Path, file: OpenFile) -> None:
        super().__init__(path, file)
        self._marks = MarksTable(self._checked, self._transaction, self._has, path)
        self._listings: Kept[tuple[int, ...], tuple[Listing, Listing]] = Kept(1)
        self._counts: tuple[tuple[int, ...], dict[str, int]] | None = None

    def roots(self) -> list[Path]:
        """The folders that were indexed."""
        return [Path(path) for _, path in self._roots()]

    def _roots(self) -> list[tuple[int, str]]:
        """Ids and paths of the roots, in the order of the paths."""
        rows = self._checked("SELECT id, path FROM roots ORDER BY path", (), "roots.id", "roots.path")
        return [(number, safe_root(text, self.path)) for number, text in rows]

    def photos(self, missing: bool = False) -> Listing:
        """All photos in path order, to show; with ``missing`` also those whose files are gone.

        Who asks while they are read waits for them; that ends with the ``current_ticket``, as reading does.
        """
        with self._lock:
            version = self.version()  # before they are read: what is written meanwhile has them read again
            if self._file.connection.in_transaction:  # this thread's, of which another connection sees nothing
                return self._read_photos()[missing]
        return self._listings.get(version, self._read_beside)[missing]

    def first_photos(self) -> tuple[Listing, int] | None:
        """The first of many photos and the number of all, if not all are read already; with those whose files are gone."""
        total = sum(self.counts().values())
        if total <= MANY or self.version() in self._listings:
            return None
        reading = Reading(self._rows, self._roots(), self.path)
        first = reading.first(FIRST)
        if first is None:
            return None
        return Listing(first, self._marks.by_photo(first.ids.tolist()), reading.notes), total

    def _read_beside(self) -> tuple[Listing, Listing]:
        """The photos, read through a connection of their own, so that others are answered meanwhile."""
        try:
            with self._lock:
                file = self._file.again()
        except UserError:  # another file is at its path now, so that only this connection has the library
            return self._read_photos()
        with contextlib.closing(file):
            return StoredListing(self.path, file)._read_photos()

    def _read_photos(self) -> tuple[Listing, Listing]:
        """The photos whose files are there, and all."""
        with self.snapshot():
            reading = Reading(self._rows, self._roots(), self.path, current_ticket())
            columns = reading.columns()
            cameras = reading.cameras() if self._has("cameras") else None
        there = columns.there()
        marks = self.marks()  # last, as they may have been set in a window that shows the first photos
        listing = Listing(columns, marks, reading.notes, cameras)
        return (listing if there is columns else Listing(there, marks, reading.notes, cameras)), listing

    def marks(self) -> dict[int, tuple[str, ...]]:
        """The marks of photos, by photo id (``core.library.marks``)."""
        return self._marks.by_photo()

    def counts(self) -> dict[str, int]:
        """The number of photos by state."""
        with self._lock:
            version = self.version()
            if self._counts is None or self._counts[0] != version:
                self._counts = version, self._counted()
            return dict(self._counts[1])

    def _counted(self) -> dict[str, int]:
        # One pass over the table; GROUP BY would sort a million texts.
        sums = ", ".join(f"coalesce(sum(state = '{state}'), 0)" for state in STATES)
        numbers = self._rows(f"SELECT {sums} FROM photos")[0]
        if not limits.within(numbers, [MAX_PHOTOS] * len(STATES)):
            raise damaged(self.path)
        return {state: number for state, number in zip(STATES, numbers, strict=True) if number}
