"""The façade's part for those who browse: what a person marks, what is alike, and marks as a table."""

from __future__ import annotations

import contextlib
import csv
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from core.browse.duplicates import near_duplicates
from core.browse.map import arrange
from core.library import Library, open_library
from core.library.listing import Listing
from core.library.merging import with_new
from core.photos.scan import present, scan
from core.search.service import SearchService
from core.util.errors import UserError
from core.util.progress import Ticket

T = TypeVar("T")

MAX_MARK = 60

Arrangement = tuple[NDArray[np.int64], NDArray[np.float32]]
"""Photo ids (N,) and their places (N, 2) on 0..1."""


class BrowseService:
    """Safe to share between threads.

    Args:
        library: gives the open library.
        finder: has its vectors.
    """

    def __init__(self, library: Callable[[], Library], finder: SearchService) -> None:
        self._library, self._finder = library, finder
        self._kept: dict[str, tuple[object, Any]] = {}

    def mark(self, photos: Sequence[int], mark: str, on: bool) -> dict[int, tuple[str, ...]]:
        """Mark photos of the open library, or take a mark away; returns all marks as they are then, by photo.

        Marks belong to what is in a file, so that they stay with a photo that is moved or renamed.

        Raises:
            UserError: no open library, one that cannot be written to, or a mark without a letter or too long.
        """
        mark = mark.strip()
        if not mark or len(mark) > MAX_MARK:
            raise UserError(f"'{mark[:MAX_MARK]}' is no mark", hint=f"A mark has 1 to {MAX_MARK} characters.")
        with contextlib.closing(open_library(self._library().path, writable=True)) as library:
            library.mark(photos, mark, on)
            return library.marks()

    def photos(self) -> Listing:
        """Every photo of the open library in path order, also those whose files are gone.

        Raises:
            UserError: no open library, or a damaged one.
        """
        return self._library().photos(missing=True)

    def look(self, folders: Sequence[Path], ticket: Ticket) -> Listing | None:
        """``photos`` and what is new in those of the folders that are there; None when nothing is.

        Raises:
            UserError: no open library, or none of the folders is there or holds a photo.
            Cancelled: by the ticket.
        """
        return with_new(self.photos(), scan(present(folders), ticket, self.excluded()))

    def forget_missing(self) -> int:
        """Remove the photos whose files are gone from the open library; returns their number.  Their marks stay.

        Raises:
            UserError: no open library, or one that cannot be written to.
        """
        with contextlib.closing(open_library(self._library().path, writable=True)) as library:
            missing = library.missing()
            library.forget(missing)
            return len(missing)

    def excluded(self) -> tuple[str, ...]:
        """Patterns of files and folders that are not indexed."""
        return self._library().excluded()

    def exclude(self, patterns: Sequence[str]) -> None:
        """Leave files and folders that fit these patterns out from the next run on; their photos leave the library then.

        Raises:
            UserError: no open library, one that cannot be written to, or bad patterns.
        """
        with contextlib.closing(open_library(self._library().path, writable=True)) as library:
            library.exclude(patterns)

    def forget_skipped(self) -> None:
        """Have the next indexing run look at the skipped photos once more.

        Raises:
            UserError: no open library, or one that cannot be written to.
        """
        with contextlib.closing(open_library(self._library().path, writable=True)) as library:
            library.forget_skipped()

    def likeness(self, path: Path) -> dict[int, float]:
        """The cosine of every photo of the open library with one of them, by id.

        Raises:
            UserError: no open library, or the photo is not indexed in it.
        """
        library = self._library()
        searcher = self._finder.searcher(library)
        for known in library.find(path):
            if (stored := searcher.stored(known.id)) is not None:
                return searcher.cosines_with(stored[0])
        raise UserError("this photo is not indexed yet", str(path), "Photos are sorted by likeness when it is.")

    def arranged(self, ticket: Ticket) -> Arrangement:
        """The photos of the open library on a plane, alike beside alike; kept until the library changes.

        Raises:
            UserError: no open library.
            Cancelled: by the ticket.
        """

        def work(library: Library) -> Arrangement:
            searcher = self._finder.searcher(library)
            return searcher.ids, arrange(searcher.all_descriptors, ticket)

        return self._once("arranged", work)

    def duplicates(self, ticket: Ticket) -> dict[int, int]:
        """The photos of the open library that are nearly the same as another: for each the first of its group, by id.

        Kept until the library changes.

        Raises:
            UserError: no open library.
            Cancelled: by the ticket.
        """

        def work(library: Library) -> dict[int, int]:
            searcher = self._finder.searcher(library)  # has the codes, and reads no descriptors for them
            ids = searcher.ids
            leaders = near_duplicates(searcher.codes(ids), ticket)
            counts = np.bincount(leaders, minlength=len(ids))
            inside = np.flatnonzero(counts[leaders] > 1)
            return dict(zip(ids[inside].tolist(), ids[leaders[inside]].tolist(), strict=True))

        return self._once("duplicates", work)

    def _once(self, what: str, work: Callable[[Library], T]) -> T:
        """What the work makes of the open library; made anew when that has changed."""
        library = self._library()
        state = (library.path, library.version())
        if what not in self._kept or self._kept[what][0] != state:
            self._kept[what] = state, work(library)
        found: T = self._kept[what][1]
        return found

    def export_marks(self, out: Path) -> int:
        """Write every marked photo with its marks, as CSV or JSON; returns their number.

        Raises:
            UserError: no open library, another suffix, or a file that cannot be written.
        """
        photos = self._library().photos(missing=True)
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
