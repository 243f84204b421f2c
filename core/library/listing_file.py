"""Reads the columns of a listing out of a library, each as one text.

A row at a time would take Python's lock a million times: beside a busy window that lasted ten seconds where this takes two.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.library import limits
from core.library.listing import DATE, STATES, Columns

Rows = Callable[..., list[tuple[Any, ...]]]
"""The rows that a statement gives (``Library._rows``)."""

TOGETHER = 1_000_000_000
"""Bytes of all names of a root together."""

_STATE = "CASE state " + " ".join(f"WHEN '{state}' THEN {digit}" for digit, state in enumerate(STATES)) + " END"
# The subquery has the order of the index on root and name, so that nothing is sorted.
_COLUMNS = """
SELECT group_concat(name, char(0)), group_concat(id), group_concat(width), group_concat(height),
       group_concat({state}, ''), group_concat(taken, char(0))
FROM (SELECT name, id, width, height, state, taken FROM photos WHERE root = ? {condition} ORDER BY name)
"""
_REASONS = "SELECT name, reason FROM photos WHERE root = ? AND reason <> '' ORDER BY name"
# Before they are put together, as a single one could fill the memory.
_TOO_LONG = "SELECT 1 FROM photos WHERE length(name) > ? OR length(taken) > ? LIMIT 1"
SKIPPED = str(STATES.index("skipped"))
"""How a skipped photo stands among the states; only such ones have a reason."""


def read_columns(rows: Rows, roots: Sequence[tuple[int, str]], missing: bool) -> Columns:
    """All photos of a library, root by root; those whose files are gone only if ``missing``.

    Args:
        roots: their numbers and paths, in the order of the paths.

    Raises:
        ValueError, TypeError, OverflowError: what is stored are no such columns.
    """
    if rows(_TOO_LONG, (limits.LIMITS["photos.name"].most, limits.LIMITS["photos.taken"].most)):
        raise ValueError("a name that no file has")
    blocks: list[tuple[str, Columns]] = []
    columns = _COLUMNS.format(state=_STATE, condition="" if missing else "AND state <> 'missing'")
    for number, root in roots:
        texts = rows(columns, (number,), longest=TOGETHER)[0]
        if texts[0] is None:
            continue
        skipped = [] if SKIPPED not in texts[4] else rows(_REASONS, (number,))
        if not limits.rows_fit(("photos.name", "photos.reason"), skipped):
            raise ValueError("a reason of another kind")
        blocks.append((root, _block(texts, dict(skipped))))
    return Columns.joined(blocks)


def _block(texts: tuple[str, ...], reasons: dict[str, str]) -> Columns:
    names = texts[0].split("\0")
    ids, width, height = (np.array(text.split(","), dtype=np.int64) for text in texts[1:4])
    states = np.frombuffer(texts[4].encode(), dtype=np.uint8) - ord("0")
    most = limits.LIMITS["photos.width"].most
    if (ids < 1).any() or ((width < 0) | (width > most) | (height < 0) | (height > most)).any():
        raise ValueError("numbers that no photo has")
    # A date in a library that was tampered with may hold anything.
    taken: NDArray[np.bytes_] = np.array(texts[5].encode("ascii", "replace").split(b"\0"), dtype=f"S{DATE}")
    # What is null, or holds the sign between two values, leaves columns of unequal lengths.
    if len({len(column) for column in (names, ids, width, height, states, taken)}) != 1:
        raise ValueError("columns of unequal lengths")
    places = {bisect_left(names, name): reason for name, reason in reasons.items()}
    return Columns([], names, ids, np.stack([width, height], axis=1).astype(np.int32), states, taken, places)
