"""Boxes on things and buildings, against a library with many other photos, by every ranking.

    python main.py index ../shared/data/{landmarks,buildings,holidays,photos} --library boxes.cropseek
    python -m tests.benchmarks.boxes boxes.cropseek [--each] [--device cpu+int8] [--slack 0 --margin 0 --least 0]

Beside the rankings that can be chosen there are those that follow a box while it is dragged (``live``), and expansion and
verification crossed: each with neither, one and both.  ``--slack``, ``--margin`` and ``--least`` set what
``core.search.query_region`` adds to a box; all 0 is the paper's crop.  ``--diffusion 0`` and
``--expansion 0`` leave these steps out of all rows.

The boxes were drawn by hand (``tests/data/boxes.json``: photo, box, what it is, and where else it is seen).  Without
``where`` it is seen on all photos of its group: those of Holidays with the same first four digits, others with the same
name up to the number.  Photos of the group where it is not seen count neither way.  What had to
be chosen was chosen on the boxes at even places; those at odd places are only reported.

The hard ones (``tests/data/hard_boxes.json``: against the light, partly hidden, three times as large or small elsewhere,
less than 2 % of the photo, turned by 90°) have lines of their own.  Most are of the sample, whose photos the library must
hold too (``resources/sample/photos``), else they are left out; photos under ``also`` show it and count neither way.  Each
line tells the verified hits too, right and wrong.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from core.engine import Engine
from core.evaluation.average_precision import average_precision
from core.geometry import Box
from core.photos.images import read_photo
from core.records import Hit, PhotoRecord, Query
from core.search import query_region as boxed
from core.search.ranking import diffusion, reranking
from core.search.ranking import expansion as expanding

BOXES = Path(__file__).parents[1] / "data" / "boxes.json"
HARD = BOXES.with_name("hard_boxes.json")
COLUMNS = ("AP", "P@5", "R@100", "right", "wrong")
"""The last two: verified hits."""
EVERYTHING = 1_000_000
ROWS = {
    "hamming": "exact: codes",
    "cosine": "exact: cosine",
    "rerank": "exact: cosine of the nearest codes",
    "windows": "exact: codes of windows",
    "cells": "exact: cells",
    "live hamming": "live: codes",
    "live cosine": "live: cosine",
    "live cells": "live: cells, what is seen while dragging",
    "expanded": "cosine + expansion",
    "cosine+verification": "cosine + verification",
    "expanded+both": "cosine + expansion + verification",
    "cells+verification": "cells + verification",
    "verified": "cells + verification + expansion, what is seen afterwards",
}
"""What is measured, as ``hits_of`` takes it, and its name.  The expansion of ``cells`` needs hits that are verified."""

CONSTANTS = {
    "slack": (boxed, "SLACK"),
    "margin": (boxed, "MARGIN"),
    "least": (boxed, "LEAST_SIDE"),
    "diffusion": (diffusion, "ALPHA"),
    "expansion": (reranking, "EXPANSION"),
    "alpha": (expanding, "ALPHA"),
    "expanded": (expanding, "EXPANDED"),
    "augmented": (expanding, "AUGMENTED"),
}


def group(path: Path) -> str:
    """``1000`` of ``100002``, ``sacre_coeur`` of ``sacre_coeur_02928139_3448003521``."""
    return path.stem[:4] if re.fullmatch(r"\d{6}", path.stem) else re.split(r"_\d", path.stem)[0]


def main() -> None:
    """Print a row for each way to rank."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", type=Path)
    parser.add_argument("--each", action="store_true", help="print every box too")
    parser.add_argument("--device", default="cpu", help="of the queries' network")
    for name in CONSTANTS:
        parser.add_argument(f"--{name}", type=float)
    parser.add_argument("--rankings", nargs="+", choices=ROWS, default=tuple(ROWS), help="default: all")
    arguments = parser.parse_args()
    for name, (module, constant) in CONSTANTS.items():
        if getattr(arguments, name) is not None:
            setattr(module, constant, type(getattr(module, constant))(getattr(arguments, name)))
    engine = Engine(arguments.device)
    engine.open_library(arguments.library)
    photos = {photo.path.name: photo for photo in engine.photos()}
    boxes = json.loads(BOXES.read_text())
    hard = [row for row in json.loads(HARD.read_text()) if {row["photo"], *row.get("where", ())} <= photos.keys()]
    table = table_of(engine, photos, boxes, arguments.rankings, arguments.each)
    parts = {"chosen on": table[::2], "reported": table[1::2], "all": table}
    with tempfile.TemporaryDirectory() as folder:
        rows = [turned(photos, row, Path(folder)) for row in hard]
        table = table_of(engine, photos, rows, arguments.rankings, arguments.each)
    for name in dict.fromkeys(row["kind"] for row in hard):
        parts[f"hard: {name}"] = table[[row["kind"] == name for row in hard]]
    parts["hard"] = table
    print(f"against {len(photos)} photos; verified hits, right and wrong, of all boxes together")
    print("| ranking | boxes | number | AP | P@5 | R@100 | verified | wrong |\n|---|---|---|---|---|---|---|---|")
    for place, kind in enumerate(arguments.rankings):
        for name, values in parts.items():
            if len(values):
                means = " | ".join(f"{value:.3f}" for value in values[:, place, :3].mean(axis=0))
                right, wrong = values[:, place, 3:].sum(axis=0).astype(int)
                print(f"| {ROWS[kind]} | {name} | {len(values)} | {means} | {right} | {wrong} |")


def table_of(
    engine: Engine, photos: dict[str, PhotoRecord], boxes: list[dict[str, Any]], kinds: list[str], each: bool
) -> NDArray[np.float64]:
    """The ``COLUMNS`` of every box by every ranking, (boxes, kinds, columns)."""
    # All rows of one box together: keypoints and grids are then found once.
    table = np.zeros((len(boxes), len(kinds), len(COLUMNS)))
    for place, row in enumerate(boxes):
        table[place] = [measured(engine, photos, row, kind) for kind in kinds]
        if each:
            print(f"    {table[place, :, 0].round(2)} {row['photo']} {row['thing']} {row['box']}", flush=True)
    return table


def turned(photos: dict[str, PhotoRecord], row: dict[str, Any], folder: Path) -> dict[str, Any]:
    """A row whose photo is turned counter-clockwise by its ``turn``, 90, as a file in a folder; others as they are."""
    if "turn" not in row:
        return row
    photo = read_photo(photos[row["photo"]].path)
    path = folder / f"{row['photo']}.png"
    path.write_bytes(cv2.imencode(".png", np.rot90(photo)[:, :, ::-1])[1].tobytes())
    x0, y0, x1, y1 = row["box"]
    width = photo.shape[1]
    return {**row, "box": [y0, width - x1, y1, width - x0], "file": str(path)}


def hits_of(engine: Engine, query: Query, row: str) -> tuple[Hit, ...]:
    """All photos of the library, ranked as a row of the table has it."""
    first, _, then = row.partition("+")
    live = first.startswith("live ")
    ranking = engine.search(query, k=EVERYTHING, ranking=first.removeprefix("live "), live=live)
    if not then:
        return ranking.hits
    kept = reranking.EXPANSION
    reranking.EXPANSION = kept if then == "both" else 0.0
    try:
        return engine.verify(ranking).hits
    finally:
        reranking.EXPANSION = kept


def asked_for(photos: dict[str, PhotoRecord], row: dict[str, Any]) -> Query:
    """The query of a row."""
    return Query(Path(row.get("file", photos[row["photo"]].path)), Box(*row["box"]))


def wanted_by(photos: dict[str, PhotoRecord], row: dict[str, Any]) -> tuple[set[int], set[int]]:
    """The photos that show what a row asks for, and those of its group, of which the others count neither way."""
    asked = photos[row["photo"]]
    family = {photo.id for photo in photos.values() if group(photo.path) == group(asked.path)} - {asked.id}
    if "where" not in row:
        return family, family
    wanted = {photos[name].id for name in row["where"]} - {asked.id}
    return wanted, family | wanted | {photos[name].id for name in row.get("also", ())}


def measured(engine: Engine, photos: dict[str, PhotoRecord], row: dict[str, Any], kind: str) -> tuple[float, ...]:
    """The ``COLUMNS`` of one box."""
    hits = hits_of(engine, asked_for(photos, row), kind)
    wanted, family = wanted_by(photos, row)
    own = photos[row["photo"]].id  # a turned copy asks in its place
    counted = [hit for hit in hits if hit.photo.id in wanted or hit.photo.id not in family | {own}]
    precision = average_precision(np.array([hit.photo.id for hit in counted]), sorted(wanted))
    sure = [hit for hit in counted if hit.inliers]
    right = _found(sure, wanted)
    first = _found(counted[:5], wanted) / min(5, len(wanted)), _found(counted[:100], wanted) / len(wanted)
    return precision, *first, right, len(sure) - right


def _found(hits: list[Hit], wanted: set[int]) -> int:
    return sum(hit.photo.id in wanted for hit in hits)


if __name__ == "__main__":
    main()
