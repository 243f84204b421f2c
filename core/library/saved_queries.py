"""Queries as text: to be kept in a library under a name, and asked again with the same ranking."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from core.geometry import Box
from core.records import JOINS, RANKINGS, Example, Query, SavedQuery
from core.util.errors import UserError
from core.util.plain_json import parse_object

MAX_NAME, MAX_CELLS, MAX_EXAMPLES, MAX_FILTER = 80, 65_536, 100, 1000
MAX_BYTES, MAX_PATH, MAX_CELL = 1 << 20, 4096, 1 << 16
FARTHEST = 1e9
"""Of a box's corner, in pixels."""


def dump_query(query: Query, ranking: str, only: str = "") -> str:
    """A query, the way it is ranked, and the filter of its hits, as JSON."""
    document: dict[str, Any] = {"photo": str(query.path), "ranking": ranking}
    if only:
        document["only"] = only
    if query.box is not None:
        document["box"] = query.box.as_tuple()
    if query.cells is not None:
        document["cells"] = sorted(query.cells)
    if query.more:
        document["how"] = query.how
        document["more"] = [
            {"photo": str(e.path), "good": e.good} | ({"box": e.box.as_tuple()} if e.box else {}) for e in query.more
        ]
    return json.dumps(document)


def parse_query(name: str, text: str, library: Path) -> SavedQuery:
    """What ``dump_query`` wrote; a library may come from a stranger.

    Raises:
        UserError: it is something else.
    """
    try:
        document = parse_object(text, MAX_BYTES)
        ranking = RANKINGS[RANKINGS.index(document["ranking"])]
        more = tuple(_example(e) for e in document.get("more", [])[:MAX_EXAMPLES])
        how = JOINS[JOINS.index(document.get("how", "mean"))]
        query = Query(_path(document["photo"]), _box(document), _cells(document), more, how)
        return SavedQuery(name, query, ranking, _text(document.get("only", ""), MAX_FILTER))
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        raise UserError(f"the saved query '{name[:MAX_NAME]}' is damaged", str(library), "Save it again.") from error


def _example(document: dict[str, Any]) -> Example:
    return Example(_path(document["photo"]), _box(document), bool(document["good"]))


def _box(document: dict[str, Any]) -> Box | None:
    if "box" not in document:
        return None
    x0, y0, x1, y1 = (float(value) for value in document["box"])
    if not max(abs(x0), abs(y0), abs(x1), abs(y1)) <= FARTHEST:
        raise ValueError("no box of a photo")
    return Box(x0, y0, x1, y1)


def _cells(document: dict[str, Any]) -> frozenset[tuple[int, int]] | None:
    if "cells" not in document:
        return None
    cells = document["cells"]
    if len(cells) > MAX_CELLS or not all(0 <= place < MAX_CELL for cell in cells for place in cell):
        raise ValueError("no cells of a grid")
    return frozenset((int(row), int(column)) for row, column in cells)


def _path(value: Any) -> Path:
    """A path that the system can be asked for."""
    text = _text(value, MAX_PATH)
    os.fsencode(text)  # refuses halves of characters, but for those that stand for bytes of a name
    return Path(text)


def _text(value: Any, most: int) -> str:
    if not isinstance(value, str) or "\0" in value or len(value) > most:
        raise ValueError("no text")
    return value


def check_name(name: str) -> str:
    """The name without blanks around it.

    Raises:
        UserError: nothing is left, or it is too long.
    """
    name = name.strip()
    if not name or len(name) > MAX_NAME or not name.isprintable():
        raise UserError(f"'{name[:MAX_NAME]}' cannot be the name of a query", hint=f"Use 1 to {MAX_NAME} letters.")
    return name


def named_files(query: Query) -> list[Path]:
    """The photos that a query names."""
    return [query.path, *(example.path for example in query.more)]
