"""Is a confidence of 80 % right in 80 % of cases?  By ranking, over the first forty hits of every box.

    python -m tests.benchmarks.confidence LIBRARY [--fit]

Boxes and library are those of ``tests.benchmarks.boxes``.  The constants of ``core.search.confidence`` were fitted on
the boxes at even places (``--fit`` prints them anew); the table is of those at odd places.  A cell: hits,
and the share of them that is right.
"""

from __future__ import annotations

import argparse
import itertools
import json
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from core.engine import Engine
from core.records import Ranking
from core.search.confidence import HALF, expected
from tests.benchmarks.boxes import BOXES, asked_for, wanted_by

DEPTH = 40
STEPS = (0.0, 0.1, 0.3, 0.5, 0.7, 0.85, 1.01)
SURE = -3.0
"""ln E below which a curve is not fitted any more: the few wrong hits there would bend it."""


def main() -> None:
    """Print a row for each ranking."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", type=Path)
    parser.add_argument("--fit", action="store_true")
    arguments = parser.parse_args()
    engine = Engine()
    engine.open_library(arguments.library)
    photos = {photo.path.name: photo for photo in engine.photos()}
    boxes = json.loads(BOXES.read_text())
    print(f"| ranking | {' | '.join(f'{low:.0%} to {min(high, 1):.0%}' for low, high in itertools.pairwise(STEPS))} |")
    print("|---" * len(STEPS) + "|")
    for kind in (*HALF, "verified"):
        halves: tuple[list[np.ndarray], list[np.ndarray]] = ([], [])
        for place, row in enumerate(boxes):
            ranking = engine.search(asked_for(photos, row), ranking=kind)
            halves[place % 2].append(_judged(ranking, *wanted_by(photos, row)))
        chosen, reported = (np.concatenate(half) for half in halves)
        print(f"| {kind} | {' | '.join(_cells(reported))} |", flush=True)
        if arguments.fit and kind in HALF:
            print("    half {:.2f}, steepness {:.2f}".format(*_fitted(chosen)))


def _judged(ranking: Ranking, wanted: set[int], family: set[int]) -> np.ndarray:
    """(n, 3): confidence, ln E, and whether it is right, of the first hits that count."""
    chances = np.log(expected(np.array(sorted((hit.score for hit in ranking.hits), reverse=True))))
    rows = [
        (hit.confidence or 0.0, chance, hit.photo.id in wanted)
        for hit, chance in zip(ranking.hits, chances, strict=True)
        if hit.photo.id in wanted or hit.photo.id not in family
    ]
    return np.array(rows[:DEPTH], dtype=float)


def _cells(rows: np.ndarray) -> list[str]:
    cells = []
    for low, high in itertools.pairwise(STEPS):
        right = rows[(rows[:, 0] >= low) & (rows[:, 0] < high), 2]
        cells.append(f"{len(right)}: {right.mean():.0%}" if len(right) else "0")
    return cells


def _fitted(rows: np.ndarray) -> tuple[float, float]:
    curve = LogisticRegression(C=1e6).fit(np.maximum(rows[:, 1:2], SURE), rows[:, 2])
    steepness = -float(curve.coef_[0, 0])
    return float(np.exp(curve.intercept_[0] / steepness)), steepness


if __name__ == "__main__":
    main()
