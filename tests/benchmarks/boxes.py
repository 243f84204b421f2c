"""Boxes on things and buildings, against a library with many other photos, by every ranking.

    python main.py index ../shared/data/{landmarks,buildings,holidays,photos} --library boxes.cropseek
    python -m tests.benchmarks.boxes boxes.cropseek [--each] [--slack 0 --margin 0 --least 0]

The last three set what ``core.boxed`` adds to a box; all 0 is the paper's crop.  ``--diffusion 0`` and ``--expansion 0``
leave these steps out.

The boxes were drawn by hand (``tests/data/boxes.json``: photo, box, what it is, and where else it is seen).  Without
``where`` it is seen on all photos of its group: those of Holidays with the same first four digits, others with the same
name up to the number.  Photos of the group where it is not seen count neither way.  What had to be chosen was chosen on the
boxes at even places; those at odd places are only reported.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from pathlib import Path
from typing import Any

import numpy as np

from core import boxed
from core.engine import Engine
from core.evaluation.average_precision import average_precision
from core.geometry import Box
from core.records import RANKINGS, Hit, PhotoRecord, Query
from core.search import diffusion, expanding, reranking

BOXES = Path(__file__).parents[1] / "data" / "boxes.json"
COLUMNS = ("AP", "P@5", "R@100", "seconds")
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
    """Print a row for each ranking and half of the boxes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", type=Path)
    parser.add_argument("--each", action="store_true", help="print every box too")
    parser.add_argument("--live", action="store_true", help="rank as while the box is dragged")
    for name in CONSTANTS:
        parser.add_argument(f"--{name}", type=float)
    parser.add_argument("--rankings", nargs="+", choices=RANKINGS, default=RANKINGS)
    arguments = parser.parse_args()
    for name, (module, constant) in CONSTANTS.items():
        if getattr(arguments, name) is not None:
            setattr(module, constant, type(getattr(module, constant))(getattr(arguments, name)))
    engine = Engine()
    engine.open_library(arguments.library)
    photos = {photo.path.name: photo for photo in engine.photos()}
    boxes = json.loads(BOXES.read_text())
    print(f"{len(boxes)} boxes against {len(photos)} photos: AP, P@5, R@100; s: median time")
    print("| ranking | chosen on | | | reported | | | s |\n|---|---|---|---|---|---|---|---|", flush=True)
    for kind in arguments.rankings:
        rows = np.array([measured(engine, photos, row, kind, arguments.live) for row in boxes])
        if arguments.each:
            for row, values in zip(boxes, rows, strict=True):
                print(f"    {values[0]:.2f} {row['photo']} {row['thing']} {row['box']}")
        means = [f"{value:.3f}" for half in (rows[::2], rows[1::2]) for value in half[:, :3].mean(axis=0)]
        print(f"| {kind} | {' | '.join(means)} | {np.median(rows[:, 3]):.3f} |", flush=True)


def asked_for(photos: dict[str, PhotoRecord], row: dict[str, Any]) -> Query:
    """The query of a row."""
    return Query(photos[row["photo"]].path, Box(*row["box"]))


def wanted_by(photos: dict[str, PhotoRecord], row: dict[str, Any]) -> tuple[set[int], set[int]]:
    """The photos that show what a row asks for, and those of its group, of which the others count neither way."""
    asked = photos[row["photo"]]
    family = {photo.id for photo in photos.values() if group(photo.path) == group(asked.path)} - {asked.id}
    return {photos[name].id for name in row["where"]} - {asked.id} if "where" in row else family, family


def measured(
    engine: Engine, photos: dict[str, PhotoRecord], row: dict[str, Any], kind: str, live: bool
) -> tuple[float, ...]:
    """The ``COLUMNS`` of one box."""
    started = time.monotonic()
    hits = engine.search(asked_for(photos, row), k=1_000_000, ranking=kind, live=live).hits
    seconds = time.monotonic() - started
    wanted, family = wanted_by(photos, row)
    counted = [hit for hit in hits if hit.photo.id in wanted or hit.photo.id not in family]
    precision = average_precision(np.array([hit.photo.id for hit in counted]), sorted(wanted))
    return (
        precision,
        _found(counted[:5], wanted) / min(5, len(wanted)),
        _found(counted[:100], wanted) / len(wanted),
        seconds,
    )


def _found(hits: list[Hit], wanted: set[int]) -> int:
    return sum(hit.photo.id in wanted for hit in hits)


if __name__ == "__main__":
    main()
