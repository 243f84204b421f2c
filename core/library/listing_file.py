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
from core.util.text import is_line

Rows = Callable[..., list[tuple[Any, ...]]]
"""Runs a statement and returns its rows (``LibraryFile._rows``)."""

TOGETHER = 1_000_000_000
"""Largest total size in bytes of the names of a page, or of the photos of a camera."""

PAGE = 50_000
"""Photos that are read together."""

_STATE = "CASE state " + " ".join(f"WHEN '{state}' THEN {digit}" for digit, state in enumerate(STATES)) + " END"
_THERE = "AND state <> 'missing'"
# The subquery uses the order of the index on root and name, so nothing is sorted.
_COLUMNS = """
SELECT group_concat(name, char(0)), group_concat(id), group_concat(width), group_concat(height),
       group_concat({state}, ''), group_concat(taken, char(0))
FROM (SELECT name, id, width, height, state, taken FROM photos WHERE root = ? {condition} ORDER BY name LIMIT ?)
"""
_SINGLE = """
SELECT name, id, width, height, state, taken, CASE state WHEN 'skipped' THEN reason ELSE '' END
FROM photos WHERE root = ? {condition} ORDER BY name
"""
_CAMERAS = "SELECT camera, group_concat(photo) FROM cameras GROUP BY camera ORDER BY camera LIMIT ?"
_REASONS = "SELECT name, reason FROM photos WHERE root = ? AND state = 'skipped' ORDER BY name"
# Checked before names are concatenated, as a single one could fill the memory.
_TOO_LONG = "SELECT 1 FROM photos WHERE length(name) > ? OR length(taken) > ? LIMIT 1"
SKIPPED = STATES.index("skipped")
"""The state of a skipped photo; only their reasons are for people (``entries.QUICK``)."""


class Reading:
    """Reads all photos of one library, root by root.

    Args:
        roots: ids and paths of the roots, in the order of the paths.

    Attributes:
        unreadable: number of photos that were left out; ``undated``: number of invalid dates, which are not shown.
    """

    def __init__(self, rows: Rows, roots: Sequence[tuple[int, str]], library: Path) -> None:
        self._rows, self._roots, self._library = rows, roots, library
        self.unreadable = self.undated = 0

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

    def columns(self, missing: bool) -> Columns:
        """The photos; with ``missing`` also those whose files are gone.

        Raises:
            UserError: a name leads out of its root, so this program did not write the library.
        """
        blocks: list[tuple[str, Columns]] = []
        condition = "" if missing else _THERE
        too_long = bool(self._rows(_TOO_LONG, (LIMITS["photos.name"].most, LIMITS["photos.taken"].most)))
        for number, root in self._roots:
            block = None if too_long else self._together(number, condition)
            if block is None:
                block = self._row_by_row(number, condition)
            if block.names:
                blocks.append((root, block))
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

    def _together(self, number: int, condition: str) -> Columns | None:
        """The photos of a root, read as columns; None if they must be read row by row."""
        undated = self.undated
        try:
            pages = list(self._pages(number, condition))
            whole = replace(Columns.joined(pages), blocks=[])
            skipped = self._rows(_REASONS, (number,)) if (whole.states == SKIPPED).any() else []
            readable = rows_fit(("photos.name", "photos.reason"), skipped)
        except (ValueError, TypeError, AttributeError, OverflowError):
            readable = False
        if not readable:
            self.undated = undated
            return None
        return replace(whole, reasons={bisect_left(whole.names, name): reason for name, reason in skipped})

    def _pages(self, number: int, condition: str) -> Iterator[tuple[str, Columns]]:
        """The photos of a root in the order of their names, ``PAGE`` at a time.

        Raises:
            ValueError: and others that ``_together`` lists: they must be read row by row.
        """
        after: tuple[str, ...] = ()
        while True:
            sql = _COLUMNS.format(state=_STATE, condition=condition + (" AND name > ?" if after else ""))
            texts = self._rows(sql, (number, *after, PAGE), longest=TOGETHER)[0]
            if texts[0] is None:
                return
            page = _block(texts)
            if after and page.names[0] <= after[0]:  # a name that is no text comes after all that are
                raise ValueError("names that are to be looked at one by one")
            yield "", self._dated(page)
            if len(page.names) < PAGE:
                return
            after = (page.names[-1],)

    def _row_by_row(self, number: int, condition: str) -> Columns:
        """The photos of a root with rows that cannot be read as columns."""
        kept: list[tuple[Any, ...]] = []
        for name, photo, width, height, state, taken, reason in self._rows(_SINGLE.format(condition=condition), (number,)):
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
