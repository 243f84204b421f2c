"""Queries as text, to be saved in a library under a name and run again with the same ranking."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from core.geometry import Box
from core.records import JOINS, RANKINGS, Example, Query, SavedQuery
from core.util.errors import UserError
from core.util.plain_json import parse_object
from core.util.text import as_line, is_line

MAX_NAME, MAX_CELLS, MAX_EXAMPLES, MAX_FILTER = 80, 65_536, 100, 1000
MAX_BYTES, MAX_PATH, MAX_CELL = 1 << 20, 4096, 1 << 16


def dump_query(query: Query, ranking: str, only: str = "") -> str:
    """A query, its ranking, and its filter, as JSON.

    Raises:
        UserError: ``parse_query`` could not read it: it is too long, or has an invalid box.
    """
    _check(query, only)
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


def _check(query: Query, only: str) -> None:
    """Refuse what ``parse_query`` would refuse."""
    if "\0" in only:
        raise UserError("this filter has a character that no text has", hint="Type it anew.")
    if len(query.more) > MAX_EXAMPLES or len(query.cells or ()) > MAX_CELLS or len(only) > MAX_FILTER:
        raise UserError(
            "this query is too long to be saved",
            hint=f"It may have {MAX_EXAMPLES} examples, {MAX_CELLS} cells, and a filter of {MAX_FILTER} letters.",
        )
    for box in (query.box, *(example.box for example in query.more)):
        if box is not None and not _is_box(box):
            raise UserError(f"'{box}' is not a box that can be saved", hint="Draw it anew.")


def _is_box(box: Box) -> bool:
    """Whether a box has coordinates that are possible on a photo."""
    return all(map(math.isfinite, box.as_tuple()))


def parse_queries(rows: Sequence[tuple[str, str]], library: Path) -> tuple[list[SavedQuery], list[str]]:
    """The queries in a library's rows, and the names of damaged ones."""
    found: list[SavedQuery] = []
    bad: list[str] = []
    for name, text in rows:
        try:
            found.append(parse_query(name, text, library))
        except UserError:
            bad.append(str(name))
    return found, bad


def parse_query(name: str, text: str, library: Path) -> SavedQuery:
    """The inverse of ``dump_query``; the text may be untrusted.

    Raises:
        UserError: the text is not a valid query.
    """
    try:
        document = parse_object(text, MAX_BYTES)
        ranking = RANKINGS[RANKINGS.index(document["ranking"])]
        more = tuple(_example(e) for e in document.get("more", [])[:MAX_EXAMPLES])
        how = JOINS[JOINS.index(document.get("how", "mean"))]
        query = Query(_path(document["photo"]), _box(document), _cells(document), more, how)
        return SavedQuery(name, query, ranking, _text(document.get("only", ""), MAX_FILTER))
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError) as error:
        raise UserError(f"the saved query '{name[:MAX_NAME]}' is damaged", str(library), "Save it again.") from error


def named_files(query: Query) -> list[Path]:
    """The photos that a query names."""
    return [query.path, *(example.path for example in query.more)]


def _example(document: dict[str, Any]) -> Example:
    return Example(_path(document["photo"]), _box(document), bool(document["good"]))


def _box(document: dict[str, Any]) -> Box | None:
    if "box" not in document:
        return None
    box = Box(*(float(value) for value in document["box"]))
    if not _is_box(box):
        raise ValueError("no box")
    return box


def _cells(document: dict[str, Any]) -> frozenset[tuple[int, int]] | None:
    if "cells" not in document:
        return None
    cells = document["cells"]
    if len(cells) > MAX_CELLS or not all(0 <= number < MAX_CELL for cell in cells for number in cell):
        raise ValueError("no cells of a grid")
    return frozenset((int(row), int(column)) for row, column in cells)


def _path(value: Any) -> Path:
    """A path that is valid on this system."""
    text = _text(value, MAX_PATH)
    os.fsencode(text)  # refuses lone surrogates, except those that encode bytes of a name
    return Path(text)


def _text(value: Any, most: int) -> str:
    if not isinstance(value, str) or "\0" in value or len(value) > most:
        raise ValueError("no text")
    return value


def check_name(name: str) -> str:
    """The name, stripped of blanks.

    Raises:
        UserError: it is empty or too long.
    """
    name = name.strip()
    if not name or len(name) > MAX_NAME or not is_line(name):
        raise UserError(f"'{as_line(name[:MAX_NAME])}' cannot be the name of a query", hint=f"Use 1 to {MAX_NAME} letters.")
    return name
