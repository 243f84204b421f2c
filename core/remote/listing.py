"""The photos of a published version as columns, read in pages by the key (root, name).

Each column of a page is one value, as for a file (``core.library.listing_file``); everything in it is checked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
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
from core.util.progress import Ticket

PAGE = 100_000
"""Photos of a page."""

LONGEST = 256 << 20
"""Largest value of a page in bytes."""

_STATE = "CASE state " + " ".join(f"WHEN '{state}' THEN '{digit}'" for digit, state in enumerate(STATES)) + " ELSE '?' END"
# Names as bytes, as a byte of zero, which no text of PostgreSQL has, is what parts them.
ALL = f"""string_agg(convert_to(name, 'UTF8'), '\\x00'::bytea),
       string_agg(int8send(id), ''::bytea),
       string_agg(int8send(width), ''::bytea), string_agg(int8send(height), ''::bytea),
       string_agg({_STATE}, ''), string_agg(convert_to(taken, 'UTF8'), '\\x00'::bytea)"""
"""The columns of the photos of an ordered subquery, each as one value: see ``parsed``.

That they come in its order is checked; an order in each aggregate would sort six times, and take three times as long.
"""

_PAGE = f"""
SELECT {ALL}
FROM (SELECT * FROM {{schema}}.photos WHERE root = %s::bigint AND name > %s::text ORDER BY name LIMIT {PAGE}) AS page
"""
_REASONS = "SELECT name, reason FROM {schema}.photos WHERE root = %s::bigint AND state = 'skipped' ORDER BY name"


def read_columns(server: Server, schema: str, roots: Sequence[tuple[int, str]], total: int, ticket: Ticket) -> Columns:
    """All photos, with those whose files are gone.

    Args:
        roots: ids and paths, in the order of the paths.
        total: number of photos, to tell how far it is.

    Raises:
        UserError: the server is gone, or sent what no library holds.
        Cancelled: by the ticket.
    """
    blocks: list[tuple[str, Columns]] = []
    done = 0
    statement = _PAGE.format(schema=schema)
    for number, root in roots:
        pages, last = [], ""
        while (page := _page(server, statement, number, last)) is not None:
            pages.append((root, page[0]))
            last, done = page[1], done + len(page[0].names)
            if done > ROWS["photos"]:
                raise damaged(server.address)
            ticket.checkpoint(done, total, "reading the list of photos")
        if pages:
            block = Columns.joined(pages)
            reasons = server.checked(_REASONS.format(schema=schema), (number,), "photos.name", "photos.reason")
            blocks.append((root, whole_root(block, {from_text(name): reason for name, reason in reasons})))
    return Columns.joined(blocks)


def _page(server: Server, statement: str, root: int, after: str) -> tuple[Columns, str] | None:
    """The photos of a root after a name, and the last name as it is stored; None: there are no more."""
    row = server.rows(statement, (root, after), 1, LONGEST)
    try:
        if row[0][0] is None:
            return None
        columns, stored = parsed(server, row[0])
        if stored[0] <= after or not ascending(stored):
            raise damaged(server.address)
        return columns, stored[-1]
    except (ValueError, TypeError, AttributeError, OverflowError, IndexError) as error:
        raise damaged(server.address) from error


def ascending(stored: Sequence[str]) -> bool:
    """Whether names are in the order of the server, each once."""
    return all(first < second for first, second in pairwise(stored))


def parsed(server: Server, row: tuple[Any, ...]) -> tuple[Columns, list[str]]:
    """The photos of a row of ``ALL``, without roots, and their names as they are stored.

    Raises:
        UserError: they are not as a library's.
        Exception: ``ValueError`` and others that ``_page`` lists: the row is no such row.
    """
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
    sides = np.stack([width, height], axis=1).astype(np.int32)
    return Columns([], names, ids, sides, states, taken, {}), stored


_LONGEST_NAME = LIMITS["photos.name"].most


def whole_root(block: Columns, reasons: Mapping[str, str] | None = None) -> Columns:
    """A root's photos in the order of their names.

    Args:
        reasons: why photos were skipped, by name; None: the block has them.
    """
    names, block = block.names, replace(block, blocks=[])
    if any(first > second for first, second in pairwise(names)):  # stored in another order, as some are no text
        block = block.part(np.array(sorted(range(len(names)), key=names.__getitem__), dtype=np.int64))
    if reasons:
        found = {index: reasons[name] for index, name in enumerate(block.names) if name in reasons}
        block = replace(block, reasons=found)
    return block


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
