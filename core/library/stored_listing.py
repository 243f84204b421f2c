"""What a library stores of its photos as a whole: their list, their number, their roots and marks."""

from __future__ import annotations

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


class StoredListing(StoredVectors):
    """Reads the list of the photos."""

    def __init__(self, path: Path, file: OpenFile) -> None:
        super().__init__(path, file)
        self._marks = MarksTable(self._checked, self._transaction, self._has, path)
        self._listed: dict[bool, tuple[tuple[int, ...], Listing]] = {}

    def roots(self) -> list[Path]:
        """The folders that were indexed."""
        return [Path(path) for _, path in self._roots()]

    def _roots(self) -> list[tuple[int, str]]:
        """Ids and paths of the roots, in the order of the paths."""
        rows = self._checked("SELECT id, path FROM roots ORDER BY path", (), "roots.id", "roots.path")
        return [(number, safe_root(text, self.path)) for number, text in rows]

    def photos(self, missing: bool = False) -> Listing:
        """All photos in path order, to show; with ``missing`` also those whose files are gone."""
        with self._lock:
            version = self.version()
            if missing not in self._listed or self._listed[missing][0] != version:
                self._listed[missing] = version, self._read_photos(missing)
            return self._listed[missing][1]

    def first_photos(self) -> None:
        """None: a file is near."""

    def _read_photos(self, missing: bool) -> Listing:
        reading = Reading(self._rows, self._roots(), self.path)
        cameras = reading.cameras() if self._has("cameras") else None
        return Listing(reading.columns(missing), self.marks(), reading.notes, cameras)

    def marks(self) -> dict[int, tuple[str, ...]]:
        """The marks of photos, by photo id (``core.library.marks``)."""
        return self._marks.by_photo()

    def counts(self) -> dict[str, int]:
        """The number of photos by state."""
        # One pass over the table; GROUP BY would sort a million texts.
        sums = ", ".join(f"coalesce(sum(state = '{state}'), 0)" for state in STATES)
        numbers = self._rows(f"SELECT {sums} FROM photos")[0]
        if not limits.within(numbers, [MAX_PHOTOS] * len(STATES)):
            raise damaged(self.path)
        return {state: number for state, number in zip(STATES, numbers, strict=True) if number}
