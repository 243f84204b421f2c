"""Dragging a box: how near the live ranking is to the exact one, and how long each update takes.

    python -m tests.benchmarks.live LIBRARY

The boxes are those of ``tests/data/boxes.json``; recall@20 is the share of the exact ranking's first 20 that the live one
has among its first 20.  Times are of the engine alone, one update after another, with the photo's grid known.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import numpy as np

from core.engine import Engine
from core.geometry import Box
from core.records import Query
from tests.benchmarks.boxes import BOXES

DEPTH, STEPS = 20, 10


def main() -> None:
    """Print recall and times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", type=Path)
    engine = Engine()
    engine.open_library(parser.parse_args().library)
    photos = {photo.path.name: photo.path for photo in engine.photos()}
    recalls, times = [], []
    for row in json.loads(BOXES.read_text()):
        query = Query(photos[row["photo"]], Box(*row["box"]))
        exact = {hit.photo.id for hit in engine.search(query, k=DEPTH).hits}
        live = {hit.photo.id for hit in engine.search(query, k=DEPTH, live=True).hits}
        recalls.append(len(exact & live) / DEPTH)
        times += _dragged(engine, query)
    middle, most, worst = np.percentile(times, [50, 95, 100])
    print(f"{len(photos)} photos, {len(recalls)} boxes: recall@{DEPTH} of live against exact {np.mean(recalls):.2f}")
    print(f"an update: median {middle:.1f} ms, 95th {most:.1f} ms, worst {worst:.1f} ms")


def _dragged(engine: Engine, query: Query) -> list[float]:
    """Milliseconds of each update while the box grows from its corner to its full size."""
    box, times = query.box, []
    assert box is not None
    for step in range(1, STEPS + 1):
        part = Box(box.x0, box.y0, box.x0 + box.width * step / STEPS, box.y0 + box.height * step / STEPS)
        started = time.perf_counter()
        engine.search(Query(query.path, part), k=60, live=True)
        times.append(1000 * (time.perf_counter() - started))
    return times


if __name__ == "__main__":
    main()
