"""Is a confidence of 80 % right in 80 % of cases?  In collections of several sizes, over the first forty hits of every box.

    python -m tests.benchmarks.confidence LIBRARY [--sizes 50 500 2400] [--rankings cells whole verified] [--fit]

Boxes and library are those of ``tests.benchmarks.boxes``; a collection is the photos that show the thing, and others by
chance.  The curves of ``core.search.confidence`` were fitted on the boxes at even places (``--fit`` prints them anew); the
table is of those at odd places.  A cell: hits, the confidence told, and the share of them that is right.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from core.engine import Engine
from core.records import Query
from core.search.confidence import CURVES, measures
from core.util.progress import Ticket
from tests.benchmarks.boxes import BOXES, asked_for, wanted_by

DEPTH = 40
BINS = 10
FITTED = (10, 25, 50, 120, 300, 500, 1000, 2400)
"""Sizes that the curves are fitted on."""

Rows = NDArray[np.float64]
"""(n, 7): confidence, whether it is right, and the measures."""


def main() -> None:
    """Print a row for each ranking and size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", type=Path)
    parser.add_argument("--sizes", nargs="+", type=int, default=(50, 500, 2400))
    parser.add_argument("--rankings", nargs="+", choices=(*CURVES, "verified"), default=("cells", "whole", "verified"))
    parser.add_argument("--fit", action="store_true", help="print the curves too, of collections of all sizes")
    arguments = parser.parse_args()
    engine = Engine()
    engine.open_library(arguments.library)
    sizes = FITTED if arguments.fit else arguments.sizes
    found = judged(engine, sizes, arguments.rankings)
    print(f"| ranking | photos | {' | '.join(f'{low * 10} to {low * 10 + 10} %' for low in range(BINS))} |")
    print("|---" * (BINS + 2) + "|")
    for kind in arguments.rankings:
        for size in sizes:
            print(f"| {kind} | {size} | {' | '.join(_cells(found[kind, size, 1]))} |")
        if arguments.fit and kind in CURVES:
            curve = _fitted(np.concatenate([found[kind, size, 0] for size in sizes]))
            print(f"    {', '.join(f'{value:.3f}' for value in curve)}")


def judged(engine: Engine, sizes: tuple[int, ...], kinds: tuple[str, ...]) -> dict[tuple[str, int, int], Rows]:
    """The first hits that count, by ranking, size, and half of the boxes."""
    photos = {photo.path.name: photo for photo in engine.photos()}
    found: dict[tuple[str, int, int], list[Rows]] = defaultdict(list)
    for place, row in enumerate(json.loads(BOXES.read_text())):
        asked, (wanted, family) = asked_for(photos, row), wanted_by(photos, row)
        others = [photo.id for photo in photos.values() if photo.id not in family and photo.path != asked.path]
        for size in sizes:
            chance = random.Random(100 * place + size)
            mine = sorted(family) if 3 * len(family) <= size else chance.sample(sorted(family), max(1, size // 3))
            part = np.array(sorted(mine + chance.sample(others, min(size - len(mine), len(others)))))
            for kind in kinds:
                query, right = (Query(asked.path), family) if kind == "whole" else (asked, wanted)
                found[kind, size, place % 2].append(_rows(engine, query, part, kind, right, family))
    return {key: np.concatenate(rows) for key, rows in found.items()}


def _rows(engine: Engine, query: Query, part: NDArray[np.int64], kind: str, right: set[int], family: set[int]) -> Rows:
    ranking = "cells" if kind == "whole" else kind
    with engine._open.reading() as library:
        found = engine._search.search_among(library, query, Ticket(), ranking, part)
    # Verification puts hits in another order than that of their scores; its curve is that of the ranking before it.
    told = measures(np.sort([hit.score for hit in found.hits])[::-1], len(part))
    rows = [
        (hit.confidence or 0.0, hit.photo.id in right, *measure)
        for hit, measure in zip(found.hits, told, strict=True)
        if hit.photo.id in right or hit.photo.id not in family
    ]
    return np.array(rows[:DEPTH], dtype=float).reshape(-1, 7)


def _cells(rows: Rows) -> list[str]:
    cells = []
    for low in range(BINS):
        inside = rows[(rows[:, 0] * BINS).astype(int).clip(0, BINS - 1) == low]
        told, right = inside[:, 0].mean() if len(inside) else 0, inside[:, 1].mean() if len(inside) else 0
        cells.append(f"{len(inside)}: {told:.0%}, {right:.0%}" if len(inside) else "0")
    return cells


def _fitted(rows: Rows) -> list[float]:
    middle, spread = rows[:, 2:].mean(axis=0), rows[:, 2:].std(axis=0)
    curve = LogisticRegression(C=1.0).fit((rows[:, 2:] - middle) / spread, rows[:, 1])
    weights = curve.coef_[0] / spread
    return [float(curve.intercept_[0] - weights @ middle), *weights.tolist()]


if __name__ == "__main__":
    main()
