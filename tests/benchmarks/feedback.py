"""Relevance feedback: does marking hits good or bad bring the other ones up?

    python -m tests.benchmarks.feedback boxes.cropseek [--ranking cells]

The boxes and the library of ``tests.benchmarks.boxes``.  A person is played who looks at the first ten hits and marks the
first right ones as showing it and the first wrong ones as not, as the window does: a box around what was found, and the
whole photo.  Average precision counts the photos that were never marked, the same ones in every row, so that a mark itself
is no merit.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path

import numpy as np

from core.engine import Engine
from core.evaluation.average_precision import average_precision
from core.records import RANKINGS, Example, Hit, Query
from gui.state.relevance_feedback import around
from tests.benchmarks.boxes import BOXES, asked_for, wanted_by

LOOKED_AT, EVERYTHING = 10, 1_000_000
MARKS = ((0, 0), (1, 0), (3, 0), (0, 1), (0, 3), (1, 1), (3, 3))
"""Numbers of hits that are marked good and bad."""


def main() -> None:
    """Print a row for each number of marks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", type=Path)
    parser.add_argument("--ranking", choices=RANKINGS, default="cells")
    arguments = parser.parse_args()
    engine = Engine()
    engine.open_library(arguments.library)
    photos = {photo.path.name: photo for photo in engine.photos()}
    rows = []
    for row in json.loads(BOXES.read_text()):
        found = measured(engine, asked_for(photos, row), arguments.ranking, *wanted_by(photos, row))
        if found is not None:
            rows.append(found)
    print(f"{len(rows)} boxes with photos left to be found; ranking {arguments.ranking}")
    print("| marked good | marked bad | mean AP of the others |\n|---|---|---|")
    for (good, bad), value in zip(MARKS, np.array(rows).mean(axis=0), strict=True):
        print(f"| {good} | {bad} | {value:.3f} |")


def measured(engine: Engine, query: Query, ranking: str, wanted: set[int], family: set[int]) -> list[float] | None:
    """The average precision for each of ``MARKS``; None when nothing is left to be found."""
    first = engine.search(query, k=EVERYTHING, ranking=ranking).hits
    counted = [hit for hit in first if hit.photo.id in wanted or hit.photo.id not in family]
    seen = counted[:LOOKED_AT]
    right = [hit for hit in seen if hit.photo.id in wanted][: max(good for good, _ in MARKS)]
    wrong = [hit for hit in seen if hit.photo.id not in wanted][: max(bad for _, bad in MARKS)]
    marked = {hit.photo.id for hit in (*right, *wrong)}
    left = sorted(wanted - marked)
    if not left:
        return None
    values = []
    for good, bad in MARKS:
        examples = tuple(_example(hit, True) for hit in right[:good]) + tuple(_example(hit, False) for hit in wrong[:bad])
        hits = engine.search(replace(query, more=examples), k=EVERYTHING, ranking=ranking).hits if examples else first
        ids = [hit.photo.id for hit in hits if hit.photo.id in wanted or hit.photo.id not in family]
        values.append(average_precision(np.array([photo for photo in ids if photo not in marked]), left))
    return values


def _example(hit: Hit, good: bool) -> Example:
    return Example(hit.photo.path, around(hit) if good else None, good)


if __name__ == "__main__":
    main()
