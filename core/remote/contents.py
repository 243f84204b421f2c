"""What is asked of a published version when it is opened, in one answer, as each may be long on its way.

That is everything there is once for a library, and its first photos.  All of it is checked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import numpy as np

from core.library import limits
from core.library.listing import STATES, Columns
from core.remote.causes import damaged
from core.remote.listing import ALL, ascending, parsed, safe_roots, whole_root
from core.remote.personal import effective, queries_of
from core.remote.postgres import Server
from core.util.plain_json import parse_json

FIRST = 500
"""Photos that are shown before all are read: more than a screen has."""

LONGEST = 64 << 20
"""Largest size of one of its values in bytes."""

FIT, COUNTS = "describer_key", "counts"
"""Keys in ``meta`` of what can be told of a version without reading it; those of earlier programs lack them."""

CURRENT = """
SELECT version, identity, coalesce((SELECT number FROM cropseek.changes WHERE owner = current_user), 0), layout
FROM cropseek.current
"""
CURRENT_COLUMNS = ("photos.id", "meta.key", "photos.size", "photos.id")

_KEY = re.compile("[0-9a-f]{64}")

_CONTENTS = f"""
WITH {{marks}}, page AS (
    SELECT photos.*, place
    FROM (SELECT id, row_number() OVER (ORDER BY path COLLATE "C") AS place FROM {{schema}}.roots) AS ways
    CROSS JOIN LATERAL (SELECT * FROM {{schema}}.photos WHERE root = ways.id ORDER BY name LIMIT {FIRST}) AS photos
    ORDER BY place, name LIMIT {FIRST})
SELECT (SELECT coalesce(json_agg(json_build_array(key, value)), '[]')::text FROM {{schema}}.meta),
       (SELECT coalesce(json_agg(json_build_array(id, path)), '[]')::text FROM {{schema}}.roots),
       (SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint FROM pg_class AS c
        JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE n.nspname = '{{schema}}' AND c.relkind = 'r'),
       (SELECT coalesce(json_agg(json_build_array(name, data)), '[]')::text FROM ({{queries}}) AS queries),
       (SELECT coalesce(json_agg(json_build_array(id, reason)), '[]')::text FROM page WHERE state = 'skipped'),
       (SELECT coalesce(json_agg(json_build_array(id, mark) ORDER BY mark COLLATE "C"), '[]')::text
        FROM page JOIN marks ON marks.content = page.content AND page.content <> ''),
       (SELECT coalesce(string_agg(int8send(root), ''::bytea ORDER BY place, name), ''::bytea) FROM page),
       page.* FROM (SELECT {ALL} FROM (SELECT * FROM page ORDER BY place, name) AS page) AS page
"""


@dataclass(frozen=True)
class Contents:
    """A published version.

    Attributes:
        meta: its settings.
        roots: ids and paths of its roots where it was made, in the order of the paths.
        size: bytes of its tables and indexes.
        queries: names and texts of the saved queries, as they were then.
        first: the first photos by root; ``marks``: theirs, by photo id.
    """

    meta: dict[str, str]
    roots: list[tuple[int, str]]
    size: int
    queries: list[tuple[str, str]]
    first: dict[int, Columns]
    marks: dict[int, tuple[str, ...]]

    @property
    def counts(self) -> dict[str, int] | None:
        """The number of photos by state; None: not told, or nonsense."""
        try:
            told = parse_json(self.meta.get(COUNTS, ""), 1000)
        except ValueError:
            return None
        if not isinstance(told, dict) or not told.keys() <= set(STATES):
            return None
        return told if limits.within(list(told.values()), [limits.ROWS["photos"]] * len(told)) else None

    @property
    def describer_key(self) -> str:
        """The key of the describer (``core.chain.fits``), as the publisher told it; empty: not told."""
        key = self.meta.get(FIT, "")
        return key if _KEY.fullmatch(key) else ""


def told_counts(counts: dict[str, int]) -> str:
    """The value of ``COUNTS``."""
    return json.dumps(counts)


def read_contents(server: Server, schema: str) -> Contents:
    """The contents of a version.

    Raises:
        UserError: the server is gone, or sent what no library holds.
    """
    return _read(server, _statement(schema), 0)[1]


def read_noted(server: Server, schema: str) -> tuple[tuple[Any, ...], Contents]:
    """The row of ``CURRENT``, and the contents of a version that may be the current one, in one answer.

    Raises:
        UserError: as ``read_contents``, or it is there no more.
    """
    return _read(server, f"SELECT now.*, noted.* FROM ({CURRENT}) AS now, ({_statement(schema)}) AS noted", 4)


def _statement(schema: str) -> str:
    return _CONTENTS.format(schema=schema, marks=effective("marks", schema), queries=queries_of(schema))


def _read(server: Server, sql: str, before: int) -> tuple[tuple[Any, ...], Contents]:
    rows = server.rows(sql, (), 1, LONGEST)
    try:
        told = rows[0][:before]
        if before and not limits.rows_fit(CURRENT_COLUMNS, [told]):
            raise damaged(server.address)
        return told, _contents(server, rows[0][before:])
    except (ValueError, TypeError, AttributeError, OverflowError, IndexError) as error:
        raise damaged(server.address) from error


def _contents(server: Server, row: tuple[Any, ...]) -> Contents:
    meta = _pairs(row[0], "meta.key", "meta.value")
    roots = _pairs(row[1], "roots.id", "roots.path")
    saved = _pairs(row[3], "queries.name", "queries.data")
    reasons = dict(_pairs(row[4], "photos.id", "photos.reason"))
    marks: dict[int, list[str]] = {}
    for photo, mark in _pairs(row[5], "photos.id", "marks.mark"):
        marks.setdefault(photo, []).append(mark)
    if (
        not limits.within((row[2],), (1 << 62,))
        or sum(len(data) for _, data in saved) > limits.QUERIES_BYTES
        or max(map(len, marks.values()), default=0) > limits.MARKS_OF_ONE
    ):
        raise ValueError("more than a library has")
    safe = safe_roots(server, roots)
    first = _first(server, row[6], row[7:], reasons) if row[6] else {}
    if not first.keys() <= dict(safe).keys():
        raise ValueError("photos of no root")
    return Contents(dict(meta), safe, row[2], saved, first, {photo: tuple(own) for photo, own in marks.items()})


def _first(server: Server, roots: bytes, row: tuple[Any, ...], reasons: dict[int, str]) -> dict[int, Columns]:
    """The first photos by root."""
    numbers = np.frombuffer(roots, dtype=">i8").tolist()
    columns, stored = parsed(server, row)
    if len(numbers) != len(stored) or len(numbers) > FIRST:
        raise ValueError("columns of unequal lengths")
    told = {index: reasons[photo] for index, photo in enumerate(columns.ids.tolist()) if photo in reasons}
    found: dict[int, Columns] = {}
    start = 0
    for number, group in groupby(numbers):
        end = start + len(list(group))
        if number in found or not ascending(stored[start:end]):
            raise ValueError("another order")
        found[number] = whole_root(replace(columns, reasons=told).part(np.arange(start, end)))
        start = end
    return found


def _pairs(text: str, *columns: str) -> list[Any]:
    """Rows of two values, in JSON."""
    rows: Sequence[Any] = parse_json(text, LONGEST)
    pairs = [tuple(row) for row in rows]
    if len(pairs) > limits.ROWS[columns[0].partition(".")[0]] or not limits.rows_fit(columns, pairs):
        raise ValueError("values that a library cannot hold")
    return pairs
