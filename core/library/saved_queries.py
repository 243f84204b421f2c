"""Queries as text: to be kept in a library under a name, and asked again with the same ranking."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from core.geometry import Box
from core.records import JOINS, RANKINGS, Example, Query, SavedQuery
from core.util.errors import UserError

MAX_NAME, MAX_CELLS, MAX_EXAMPLES, MAX_FILTER = 80, 100_000, 100, 1000


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
        document = json.loads(text)
        cells = None
        if "cells" in document and len(document["cells"]) <= MAX_CELLS:
            cells = frozenset((int(row), int(column)) for row, column in document["cells"])
        ranking = RANKINGS[RANKINGS.index(document["ranking"])]
        more = tuple(Example(Path(e["photo"]), _box(e), bool(e["good"])) for e in document.get("more", [])[:MAX_EXAMPLES])
        how = JOINS[JOINS.index(document.get("how", "mean"))]
        query = Query(Path(document["photo"]), _box(document), cells, more, how)
        return SavedQuery(name, query, ranking, str(document.get("only", ""))[:MAX_FILTER])
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise UserError(f"the saved query '{name}' is damaged", str(library), "Save it again.") from error


def _box(document: dict[str, Any]) -> Box | None:
    return Box(*(float(value) for value in document["box"])) if "box" in document else None


def check_name(name: str) -> str:
    """The name without blanks around it.

    Raises:
        UserError: nothing is left, or it is too long.
    """
    name = name.strip()
    if not name or len(name) > MAX_NAME or not name.isprintable():
        raise UserError(f"'{name[:MAX_NAME]}' cannot be the name of a query", hint=f"Use 1 to {MAX_NAME} letters.")
    return name
