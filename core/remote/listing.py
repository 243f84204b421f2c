"""The photos of a published version as columns, read in pages by the key (root, name).

Each column of a page is one value, as for a file (``core.library.listing_file``); everything in it is checked.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.library.dates import DATE, sound_dates
from core.library.limits import LIMITS, ROWS, fits
from core.library.listing import STATES, Columns
from core.library.names import are_plain, from_text, is_safe
from core.remote.causes import damaged
from core.remote.postgres import Server

PAGE = 100_000
"""Photos of a page."""

LONGEST = 256 << 20
"""Largest value of a page in bytes."""

_STATE = "CASE state " + " ".join(f"WHEN '{state}' THEN '{digit}'" for digit, state in enumerate(STATES)) + " ELSE '?' END"
# Names as bytes, as a byte of zero, which no text of PostgreSQL has, is what parts them.  The subquery is in order, which
# is checked below; an order in each aggregate would sort six times, and take three times as long.
_PAGE = f"""
SELECT string_agg(convert_to(name, 'UTF8'), '\\x00'::bytea),
       string_agg(int8send(id), ''::bytea),
       string_agg(int8send(width), ''::bytea), string_agg(int8send(height), ''::bytea),
       string_agg({_STATE}, ''), string_agg(convert_to(taken, 'UTF8'), '\\x00'::bytea)
FROM (SELECT * FROM {{schema}}.photos WHERE root = %s::bigint AND name > %s::text {{there}}
      ORDER BY name LIMIT {PAGE}) AS page
"""
_REASONS = "SELECT name, reason FROM {schema}.photos WHERE root = %s::bigint AND state = 'skipped' ORDER BY name"


def read_columns(server: Server, schema: str, roots: Sequence[tuple[int, str]], missing: bool) -> Columns:
    """The photos; with ``missing`` also those whose files are gone.

    Args:
        roots: ids and paths, in the order of the paths.

    Raises:
        UserError: the server is gone, or sent what no library holds.
    """
    blocks: list[tuple[str, Columns]] = []
    total = 0
    statement = _PAGE.format(schema=schema, there="" if missing else "AND state <> 'missing'")
    for number, root in roots:
        pages, last = [], ""
        while (page := _page(server, statement, number, last)) is not None:
            pages.append((root, page[0]))
            last, total = page[1], total + len(page[0].names)
            if total > ROWS["photos"]:
                raise damaged(server.address)
        if pages:
            block = Columns.joined(pages)
            reasons = server.checked(_REASONS.format(schema=schema), (number,), "photos.name", "photos.reason")
            blocks.append((root, _whole(block, {from_text(name): reason for name, reason in reasons})))
    return Columns.joined(blocks)


def _page(server: Server, statement: str, root: int, after: str) -> tuple[Columns, str] | None:
    """The photos of a root after a name, and the last name as it is stored; None: there are no more."""
    row = server.rows(statement, (root, after), 1, LONGEST)
    try:
        return _parsed(server, row[0], after)
    except (ValueError, TypeError, AttributeError, OverflowError, IndexError) as error:
        raise damaged(server.address) from error


def _parsed(server: Server, row: tuple[Any, ...], after: str) -> tuple[Columns, str] | None:
    if row[0] is None:
        return None
    stored = row[0].decode().split("\0")
    names = [from_text(name) for name in stored]
    ids, width, height = (np.frombuffer(part, dtype=">i8").astype(np.int64) for part in row[1:4])
    states = np.frombuffer(row[4].encode(), dtype=np.uint8) - ord("0")
    taken: NDArray[np.bytes_] = np.array(row[5].split(b"\0"), dtype=f"S{DATE}")
    even = len({len(column) for column in (names, ids, width, height, states, taken)}) == 1
    good = even and all(fits("photos.width", side.tolist()) for side in (width, height)) and ids.min() >= 1
    if not good or states.max() >= len(STATES) or not sound_dates(taken).all() or max(map(len, stored)) > _LONGEST_NAME:
        raise damaged(server.address)
    if not are_plain(names) and not all(map(is_safe, names)):
        raise damaged(server.address)
    if stored[0] <= after or any(first >= second for first, second in pairwise(stored)):
        raise damaged(server.address)
    sides = np.stack([width, height], axis=1).astype(np.int32)
    return Columns([], names, ids, sides, states, taken, {}), stored[-1]


_LONGEST_NAME = LIMITS["photos.name"].most


def _whole(block: Columns, reasons: dict[str, str]) -> Columns:
    """A root's photos in the order of their names, with the reasons of those that were skipped."""
    names = list(block.names)
    order = np.arange(len(names))
    if any(first > second for first, second in pairwise(names)):  # stored in another order, as some are no text
        order = np.array(sorted(range(len(names)), key=names.__getitem__), dtype=np.int64)
        names = [names[index] for index in order.tolist()]
    found = {index: reasons[name] for index, name in enumerate(names) if name in reasons} if reasons else {}
    columns = block.ids[order], block.pixels[order], block.states[order], block.taken[order]
    return Columns([], names, *columns, found)


def safe_roots(server: Server, rows: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """Ids and paths of roots; none may hide what is below it."""
    found = [(number, from_text(text)) for number, text in rows]
    if any("\0" in path or ".." in path.replace("\\", "/").split("/") for _, path in found):
        raise damaged(server.address)
    return sorted(found, key=lambda root: root[1])


def is_here(name: str) -> bool:
    """Whether a stored name is possible on this system."""
    return is_safe(from_text(name))


def path_of(root: str, name: str) -> Path:
    """The path of a photo."""
    return Path(root) / from_text(name)
