"""Why on the sample: do the lines of the page that opens join the thing with the thing?

    python main.py index resources/sample/photos --library sample.cropseek
    python -m tests.benchmarks.explanation sample.cropseek [--pairs 24] [--ranking verified] [--each]

The pairs: of things that several photos show the box on one asks, and another photo is the hit, evenly taken.  A row tells,
by what decided, of the 20 strongest lines those with both ends on the thing, and how often the strongest ends on it on the
hit.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.engine import Engine
from core.geometry import Box
from core.records import RANKINGS, Query
from core.util.resources import SAMPLE

STRONGEST = 20
PAIRS = 24


def main() -> None:
    """Print a row for each of what decided, and one for all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", type=Path)
    parser.add_argument("--pairs", type=int, default=PAIRS)
    parser.add_argument("--ranking", choices=RANKINGS, default="verified")
    parser.add_argument("--each", action="store_true", help="print every pair too")
    arguments = parser.parse_args()
    engine = Engine()
    engine.open_library(arguments.library)
    photos = {photo.path.name: photo.path for photo in engine.photos()}
    found: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for thing, asking, asked, other, there in pairs(arguments.pairs):
        told = engine.explain(Query(photos[asking], Box(*asked["box"])), photos[other], arguments.ranking)
        here, hit = (on_thing(told.lines[:, :2], asked), on_thing(told.lines[:, 2:4], there))
        if not len(here):
            continue
        row = float((here & hit)[:STRONGEST].mean()), float(hit[0])
        found[told.decided_by].append(row)
        if arguments.each:
            print(f"    {told.decided_by:10} {row[0]:.2f} {row[1]:.0f} {thing}: {asking} {other}", flush=True)
    print("| decided by | pairs | both ends on the thing | strongest on it |\n|---|---|---|---|")
    for name, rows in (*found.items(), ("all", [row for each in found.values() for row in each])):
        both, first = np.mean(rows, axis=0)
        print(f"| {name} | {len(rows)} | {both:.0%} | {first:.0%} |")


def pairs(count: int) -> list[tuple[str, str, dict[str, Any], str, dict[str, Any]]]:
    """Thing, the photo that asks with the thing's row, and the hit with its row; ``count`` of all, evenly taken."""
    truth = json.loads((SAMPLE / "ground_truth.json").read_text())["photos"]
    shown: dict[str, list[tuple[str, dict[str, Any]]]] = defaultdict(list)
    for name, row in truth.items():
        for thing in row["objects"]:
            shown[thing["thing"]].append((name, thing))
    found = [(thing, *a, *b) for thing, rows in sorted(shown.items()) for a in rows for b in rows if a[0] != b[0]]
    return [found[int(place)] for place in np.linspace(0, len(found) - 1, min(count, len(found)))]


def on_thing(places: NDArray[np.float64], thing: dict[str, Any]) -> NDArray[np.bool_]:
    """Which places, (n, 2), lie in the box around the thing's visible pixels."""
    x0, y0, x1, y1 = thing["box"]
    x, y = places.T
    return np.asarray((x >= x0) & (x < x1) & (y >= y0) & (y < y1))


if __name__ == "__main__":
    main()
