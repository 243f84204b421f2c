"""The façade's part for browsing: marks, similar photos, and marks as a table."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from core.browse.duplicates import near_duplicates
from core.browse.map import arrange
from core.library.listing import Listing
from core.library.merging import with_new
from core.library.protocol import Library, Photo, Reading, Writing, ids_of
from core.photos.scan import present, scan
from core.search.service import SearchService
from core.util.caches import Kept
from core.util.errors import UserError
from core.util.progress import Ticket
from core.util.text import as_line, is_line

T = TypeVar("T")

MAX_MARK = 60

WORKED_OUT = 4
"""Number of arrangements and groups that are cached."""

Arrangement = tuple[NDArray[np.int64], NDArray[np.float32]]
"""Photo ids (N,) and their positions (N, 2) in 0..1."""


class BrowseService:
    """Marks, similar photos and missing files of the open library; safe to share between threads.

    Args:
        finder: holds the library's vectors.
    """

    def __init__(self, reading: Reading, writing: Writing, finder: SearchService) -> None:
        self._reading, self._writing, self._finder = reading, writing, finder
        self._kept: Kept[tuple[object, ...], Any] = Kept(WORKED_OUT)

    def mark(self, photos: Sequence[Photo], mark: str, on: bool, into: Path | None = None) -> dict[int, tuple[str, ...]]:
        """Add a mark to photos of a library, or remove it; returns all their marks after that, by photo id.

        Marks belong to the content of a file, so they stay with a photo that is moved or renamed.

        Args:
            into: the library; None: the open one.

        Raises:
            UserError: no open library, one that cannot be written to, an empty or too long mark, or photos that have
                changed in the library meanwhile.
        """
        mark = mark.strip()
        if not mark or len(mark) > MAX_MARK or not is_line(mark):
            raise UserError(f"'{as_line(mark[:MAX_MARK])}' is no mark", hint=f"A mark has 1 to {MAX_MARK} characters.")
        with self._writing(into) as library:
            ids = ids_of(library, photos)
            library.mark(ids, mark, on)
            marks = library.marks()
        if on and (len(ids) < len(photos) or not all(mark in marks.get(photo, ()) for photo in ids)):
            raise UserError("some photos were indexed again meanwhile", hint="Mark them again.")
        return marks

    def photos(self) -> Listing:
        """Every photo of the open library in path order, including those whose files are missing.

        Raises:
            UserError: no open library, or a damaged one.
        """
        with self._reading() as library:
            return library.photos(missing=True)

    def notes(self) -> tuple[str, ...]:
        """Messages for the user about the open library: what is damaged and left out.

        Raises:
            UserError: no open library.
        """
        with self._reading() as library:
            queries = [f"the saved query '{as_line(name)}' is damaged" for name in library.damaged_queries()]
            return (*library.photos(missing=True).notes, *queries)

    def look(self, folders: Sequence[Path], ticket: Ticket) -> Listing | None:
        """``photos`` and the new files in those of the folders that exist; None if nothing is new.

        Raises:
            UserError: no open library, or none of the folders exists or holds a photo.
            Cancelled: by the ticket.
        """
        with self._reading() as library:
            library.check_folders(folders)
        with ticket.current():
            listing = self.photos()
        return with_new(listing, scan(present(folders), ticket, self.excluded()))

    def forget_missing(self, into: Path | None = None) -> int:
        """Remove the photos whose files are missing from a library; returns their number.  Their marks are kept.

        Args:
            into: the library; None: the open one.

        Raises:
            UserError: no open library, or one that cannot be written to.
        """
        with self._writing(into) as library:
            missing = library.missing()
            library.forget(missing)
            return len(missing)

    def excluded(self) -> tuple[str, ...]:
        """Patterns of files and folders that are not indexed."""
        with self._reading() as library:
            return library.excluded()

    def exclude(self, patterns: Sequence[str], into: Path | None = None) -> None:
        """From the next run on, leave out files and folders that match these patterns, and remove their photos.

        Args:
            into: the library; None: the open one.

        Raises:
            UserError: no open library, one that cannot be written to, or bad patterns.
        """
        with self._writing(into) as library:
            library.exclude(patterns)

    def forget_skipped(self, into: Path | None = None) -> None:
        """Make the next indexing run try the skipped photos again.

        Args:
            into: the library; None: the open one.

        Raises:
            UserError: no open library, or one that cannot be written to.
        """
        with self._writing(into) as library:
            library.forget_skipped()

    def likeness(self, path: Path) -> dict[int, float]:
        """The cosine of every photo of the open library with one photo of it, by id.

        Raises:
            UserError: no open library, or the photo is not indexed in it.
        """
        with self._reading() as library:
            searcher = self._finder.searcher(library)
            for known in library.find(path):
                if (stored := searcher.stored(known.id)) is not None:
                    return searcher.cosines_with(stored[0])
        raise UserError("this photo is not indexed yet", str(path), "Photos are sorted by likeness when it is.")

    def arranged(self, ticket: Ticket) -> Arrangement:
        """The photos of the open library on a plane, similar ones close together; cached until the library changes.

        Raises:
            UserError: no open library.
            Cancelled: by the ticket.
        """

        def work(library: Library) -> Arrangement:
            searcher = self._finder.searcher(library)
            return searcher.ids, arrange(searcher.all_descriptors, ticket)

        return self._once("arranged", work)

    def duplicates(self, ticket: Ticket) -> dict[int, int]:
        """Near-duplicates in the open library: the id of each such photo to the id of its group's first photo.

        Cached until the library changes.

        Raises:
            UserError: no open library.
            Cancelled: by the ticket.
        """

        def work(library: Library) -> dict[int, int]:
            searcher = self._finder.searcher(library)  # has the codes, without reading descriptors
            ids = searcher.ids
            leaders = near_duplicates(searcher.codes(ids), ticket)
            counts = np.bincount(leaders, minlength=len(ids))
            inside = np.flatnonzero(counts[leaders] > 1)
            return dict(zip(ids[inside].tolist(), ids[leaders[inside]].tolist(), strict=True))

        return self._once("duplicates", work)

    def forget(self) -> None:
        """Clear the cache, as another library is open now."""
        self._kept.clear()

    def _once(self, what: str, work: Callable[[Library], T]) -> T:
        """The result of ``work`` on the open library; computed again only if the library has changed."""
        with self._reading() as library:
            found: T = self._kept.get((what, *library.version()), lambda: work(library))
            return found

    def export_marks(self, out: Path) -> int:
        """Write all marked photos with their marks, as CSV or JSON; returns their number.

        Raises:
            UserError: no open library, another suffix, or a file that cannot be written.
        """
        photos = self.photos()
        rows = [(str(photo.path), list(photo.marks)) for photo in photos if photo.marks]
        try:
            if out.suffix.lower() == ".json":
                out.write_text(json.dumps([{"path": path, "marks": marks} for path, marks in rows], indent=1), "utf-8")
            elif out.suffix.lower() == ".csv":
                with out.open("w", newline="", encoding="utf-8") as file:
                    csv.writer(file).writerows([("path", "marks"), *((path, " ".join(marks)) for path, marks in rows)])
            else:
                raise UserError(
                    f"'{out.suffix}' is no kind of table", str(out), "Choose a name that ends in .csv or .json."
                )
        except OSError as error:
            raise UserError(f"the file cannot be written ({error.strerror})", str(out)) from error
        return len(rows)
