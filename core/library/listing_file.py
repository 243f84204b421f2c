"""Reads the columns of a listing from a library, each as one text.

Reading single rows would take Python's lock a million times: beside a busy window that took ten seconds, this takes two.
They come in pages, as nothing else runs while a text is taken apart, and the text of a million names takes half a second.
Invalid rows are left out and counted, so that one of them does not make the whole collection unreadable.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.library.cameras import CAMERAS, Cameras
from core.library.dates import DATE, sound_dates
from core.library.limits import LIMITS, fits, rows_fit
from core.library.listing import STATES, Columns
from core.library.names import are_plain, from_text, is_safe, may_be_here
from core.util.progress import Ticket
from core.util.text import is_line

Rows = Callable[..., list[tuple[Any, ...]]]
"""Runs a statement and returns its rows (``LibraryFile._rows``)."""

TOGETHER = 1_000_000_000
"""Largest total size in bytes of the names of a page, or of the photos of a camera."""

PAGE = 20_000
"""Photos that are read together."""

ALL = LIMITS["photos.id"].most

_STATE = "CASE state " + " ".join(f"WHEN '{state}' THEN {digit}" for digit, state in enumerate(STATES)) + " END"
# The subquery uses the order of the index on root and name, so nothing is sorted.  A text that is too long counts as NULL,
# as a single one could fill the memory.
_COLUMNS = f"""
SELECT group_concat(name, char(0)), group_concat(id), group_concat(width), group_concat(height),
       group_concat({_STATE}, ''), group_concat(taken, char(0))
FROM (SELECT CASE WHEN length(name) <= {LIMITS["photos.name"].most} THEN name END AS name, id, width, height, state,
             CASE WHEN length(taken) <= {LIMITS["photos.taken"].most} THEN taken END AS taken
      FROM photos WHERE root = ? {{after}} ORDER BY photos.name LIMIT ?)
"""
_SINGLE = """
SELECT name, id, width, height, state, taken, CASE state WHEN 'skipped' THEN reason ELSE '' END
FROM photos WHERE root = ? ORDER BY name
"""
_CAMERAS = "SELECT camera, group_concat(photo) FROM cameras GROUP BY camera ORDER BY camera LIMIT ?"
_REASONS = "SELECT name, reason FROM photos WHERE root = ? AND name <= ? AND state = 'skipped' ORDER BY name"
SKIPPED = STATES.index("skipped")
"""The state of a skipped photo; only their reasons are for people (``entries.QUICK``)."""


class Reading:
    """Reads the photos of one library, root by root, also those whose files are gone.

    Args:
        roots: ids and paths of the roots, in the order of the paths.
        ticket: told how many photos are read.

    Attributes:
        unreadable: number of photos that were left out; ``undated``: number of invalid dates, which are not shown.
    """

    def __init__(self, rows: Rows, roots: Sequence[tuple[int, str]], library: Path, ticket: Ticket | None = None) -> None:
        self._rows, self._roots, self._library, self._ticket = rows, roots, library, ticket or Ticket()
        self.unreadable = self.undated = self._done = self._total = 0

    @property
    def notes(self) -> tuple[str, ...]:
        """Messages for the user about damaged photos."""
        notes = []
        if self.unreadable:
            notes.append(
                f"{self.unreadable} photos cannot be shown, as what the library holds of them is damaged;"
                " index their folder to have them again"
            )
        if self.undated:
            notes.append(f"{self.undated} photos are shown without a date, as the date in the library is not valid")
        return tuple(notes)

    def columns(self) -> Columns:
        """All photos.

        Raises:
            UserError: a name leads out of its root, so this program did not write the library.
            Cancelled: by the ticket.
        """
        self._total = self._rows("SELECT count(*) FROM photos")[0][0]
        blocks: list[tuple[str, Columns]] = []
        for number, root in self._roots:
            block = self._together(number, ALL)
            if block is None:
                block = self._row_by_row(number)
            if block.names:
                blocks.append((root, block))
        return Columns.joined(blocks)

    def first(self, most: int) -> Columns | None:
        """The first photos, at most ``most``; None: they must be read row by row, with all others."""
        blocks: list[tuple[str, Columns]] = []
        for number, root in self._roots:
            block = self._together(number, most)
            if block is None:
                return None
            if block.names:
                blocks.append((root, block))
            most -= len(block.names)
        return Columns.joined(blocks)

    def cameras(self) -> Cameras:
        """The cameras of the photos; those that cannot be read are left out."""
        groups = []
        for camera, photos in self._rows(_CAMERAS, (CAMERAS,), longest=TOGETHER):
            try:
                ids = np.array(photos.split(","), dtype=np.int64)
            except (ValueError, AttributeError, OverflowError):
                continue
            if fits("cameras.camera", [camera]) and is_line(camera):
                groups.append((camera, ids))
        return Cameras.of_groups(groups)

    def _together(self, number: int, most: int) -> Columns | None:
        """The first photos of a root, at most ``most``, read as columns; None if they must be read row by row."""
        before = self.undated, self._done
        try:
            pages = list(self._pages(number, most))
            whole = replace(Columns.joined(pages), blocks=[])
            skipped = self._rows(_REASONS, (number, whole.names[-1])) if (whole.states == SKIPPED).any() else []
            readable = rows_fit(("photos.name", "photos.reason"), skipped)
        except (ValueError, TypeError, AttributeError, OverflowError):
            readable = False
        if not readable:
            self.undated, self._done = before
            return None
        return replace(whole, reasons={bisect_left(whole.names, name): reason for name, reason in skipped})

    def _pages(self, number: int, most: int) -> Iterator[tuple[str, Columns]]:
        """The first photos of a root in the order of their names, ``PAGE`` at a time.

        Raises:
            ValueError: and others that ``_together`` lists: they must be read row by row.
        """
        after: tuple[str, ...] = ()
        while most > 0:
            sql = _COLUMNS.format(after="AND photos.name > ?" if after else "")
            texts = self._rows(sql, (number, *after, min(PAGE, most)), longest=TOGETHER)[0]
            if texts[1] is None:
                return
            page = _block(texts)
            if after and page.names[0] <= after[0]:  # a name that is no text comes after all that are
                raise ValueError("names that are to be looked at one by one")
            self._done += len(page.names)
            self._ticket.checkpoint(self._done, self._total, "reading the list of photos")
            yield "", self._dated(page)
            if len(page.names) < PAGE:
                return
            after, most = (page.names[-1],), most - len(page.names)

    def _row_by_row(self, number: int) -> Columns:
        """The photos of a root with rows that cannot be read as columns."""
        kept: list[tuple[Any, ...]] = []
        for name, photo, width, height, state, taken, reason in self._rows(_SINGLE, (number,)):
            whole = fits("photos.name", [name]) and fits("photos.id", [photo]) and state in STATES
            if whole and may_be_here(name, self._library) and all(_is_side(side) for side in (width, height)):
                dated = taken if isinstance(taken, str) and "\0" not in taken else "?"
                said = str(reason)[: LIMITS["photos.reason"].most]
                kept.append(("", from_text(name), photo, width, height, state, said, dated))
            else:
                self.unreadable += 1
        return self._dated(Columns.of_rows(sorted(kept, key=lambda row: row[1])))

    def _dated(self, columns: Columns) -> Columns:
        """The same columns without invalid dates."""
        wrong = ~sound_dates(columns.taken)
        self.undated += int(wrong.sum())
        columns.taken[wrong] = b""
        return columns


def _is_side(value: object) -> bool:
    return fits("photos.width", [value])


def _block(texts: tuple[str, ...]) -> Columns:
    """The photos of a row of ``_COLUMNS``, without the reasons of skipped ones."""
    names = texts[0].split("\0")
    if not are_plain(names) and not all(is_safe(name) and "//" not in name for name in names):
        raise ValueError("names that are to be looked at one by one")
    ids, width, height = (np.array(text.split(","), dtype=np.int64) for text in texts[1:4])
    states = np.frombuffer(texts[4].encode(), dtype=np.uint8) - ord("0")
    # In a manipulated library a date may hold anything.
    taken: NDArray[np.bytes_] = np.array(texts[5].encode("ascii", "replace").split(b"\0"), dtype=f"S{DATE}")
    # NULL values, or values that contain the separator, make columns of unequal lengths.
    if len({len(column) for column in (names, ids, width, height, states, taken)}) != 1:
        raise ValueError("columns of unequal lengths")
    if not all(fits("photos.width", side.tolist()) for side in (width, height)) or ids.min() < 1:
        raise ValueError("sides that none can have")
    return Columns([], names, ids, np.stack([width, height], axis=1).astype(np.int32), states, taken, {})
