"""Reads the columns of a listing out of a library, each as one text.

A row at a time would take Python's lock a million times: beside a busy window that lasted ten seconds where this takes two.
A row that no writer of ours would leave is left out and counted, so that one of them costs nobody the collection.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.library.dates import DATE, sound_dates
from core.library.listing import STATES, Columns
from core.library.names import are_plain, from_text, is_safe, may_be_here

Rows = Callable[[str, tuple[object, ...]], list[tuple]]  # type: ignore[type-arg]
"""The rows that a statement gives."""

_STATE = "CASE state " + " ".join(f"WHEN '{state}' THEN {digit}" for digit, state in enumerate(STATES)) + " END"
_THERE = "AND state <> 'missing'"
# The subquery has the order of the index on root and name, so that nothing is sorted.
_COLUMNS = """
SELECT group_concat(name, char(0)), group_concat(id), group_concat(width), group_concat(height),
       group_concat({state}, ''), group_concat(taken, char(0))
FROM (SELECT name, id, width, height, state, taken FROM photos WHERE root = ? {condition} ORDER BY name)
"""
_SINGLE = "SELECT name, id, width, height, state, taken, reason FROM photos WHERE root = ? {condition} ORDER BY name"
_REASONS = "SELECT name, reason FROM photos WHERE root = ? AND reason <> '' ORDER BY name"
SKIPPED = str(STATES.index("skipped"))
"""How a skipped photo stands among the states; only such ones have a reason."""

PIXELS = (1 << 31) - 1


class Reading:
    """Reads all photos of one library, root by root.

    Attributes:
        unreadable: photos that were left out; ``undated``: dates that are none, and are not shown.
    """

    def __init__(self, rows: Rows, library: Path) -> None:
        self._rows, self._library = rows, library
        self.unreadable = self.undated = 0

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person is to be told of it."""
        notes = []
        if self.unreadable:
            notes.append(
                f"{self.unreadable} photos cannot be shown, as what the library holds of them is damaged;"
                " index their folder to have them again"
            )
        if self.undated:
            notes.append(f"{self.undated} photos are shown without a date, as the one in the library is none")
        return tuple(notes)

    def columns(self, missing: bool) -> Columns:
        """The photos; those whose files are gone only if ``missing``.

        Raises:
            UserError: a name leads out of its root: this is no library of ours.
        """
        blocks: list[tuple[str, Columns]] = []
        condition = "" if missing else _THERE
        for number, root in self._rows("SELECT id, path FROM roots ORDER BY path", ()):
            texts = self._rows(_COLUMNS.format(state=_STATE, condition=condition), (number,))[0]
            if texts[0] is None:
                continue
            try:
                skipped = [] if SKIPPED not in texts[4] else self._rows(_REASONS, (number,))
                block = _block(texts, dict(skipped))
            except (ValueError, TypeError, AttributeError, OverflowError):
                block = self._row_by_row(number, condition)
            blocks.append((from_text(root), self._dated(block)))
        return Columns.joined(blocks)

    def _row_by_row(self, number: int, condition: str) -> Columns:
        """The photos of a root that holds what no column can be made of."""
        kept: list[tuple[Any, ...]] = []
        for name, photo, width, height, state, taken, reason in self._rows(_SINGLE.format(condition=condition), (number,)):
            whole = isinstance(name, str) and isinstance(photo, int) and state in STATES and "\0" not in name
            if whole and may_be_here(name, self._library) and all(_is_side(side) for side in (width, height)):
                dated = taken if isinstance(taken, str) and "\0" not in taken else "?"
                kept.append(("", from_text(name), photo, width, height, state, str(reason), dated))
            else:
                self.unreadable += 1
        return Columns.of_rows(sorted(kept, key=lambda row: row[1]))

    def _dated(self, columns: Columns) -> Columns:
        """The same without dates that are none."""
        wrong = ~sound_dates(columns.taken)
        self.undated += int(wrong.sum())
        columns.taken[wrong] = b""
        return columns


def _is_side(value: object) -> bool:
    return isinstance(value, int) and 0 <= value <= PIXELS


def _block(texts: tuple[str, ...], reasons: dict[str, str]) -> Columns:
    names = texts[0].split("\0")
    if not are_plain(names) and not all(is_safe(name) and "//" not in name for name in names):
        raise ValueError("names that are to be looked at one by one")
    ids, width, height = (np.array(text.split(","), dtype=np.int64) for text in texts[1:4])
    states = np.frombuffer(texts[4].encode(), dtype=np.uint8) - ord("0")
    # A date in a library that was tampered with may hold anything.
    taken: NDArray[np.bytes_] = np.array(texts[5].encode("ascii", "replace").split(b"\0"), dtype=f"S{DATE}")
    # What is null, or holds the sign between two values, leaves columns of unequal lengths.
    if len({len(column) for column in (names, ids, width, height, states, taken)}) != 1:
        raise ValueError("columns of unequal lengths")
    if min(width.min(), height.min()) < 0 or max(width.max(), height.max()) > PIXELS:
        raise ValueError("sides that none can have")
    places = {bisect_left(names, name): reason for name, reason in reasons.items()}
    return Columns([], names, ids, np.stack([width, height], axis=1).astype(np.int32), states, taken, places)
