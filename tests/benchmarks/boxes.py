"""Boxes around buildings, against a library with many other photos: precision in the first five, average precision.

    python -m tests.benchmarks.boxes LIBRARY

The library holds ``landmarks``, ``buildings`` and ``photos``; the boxes were drawn by hand (``tests/data/boxes.json``).
A photo shows the same building when its name begins alike, up to the number.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

import numpy as np

from core.engine import Engine
from core.evaluation.average_precision import average_precision
from core.geometry import Box
from core.records import RANKINGS, Query

BOXES = Path(__file__).parents[1] / "data" / "boxes.json"


def building(path: Path) -> str:
    """``sacre_coeur`` of ``sacre_coeur_02928139_3448003521``."""
    return re.split(r"_\d", path.stem)[0]


def main() -> None:
    """Print a row for each box."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", type=Path)
    engine = Engine()
    engine.open_library(parser.parse_args().library)
    photos = {photo.path.name: photo.path for photo in engine.photos()}
    print("| photo | box | " + " | ".join(f"{kind} P@5 | AP" for kind in RANKINGS) + " |")
    print("|---|---|" + "---|" * (2 * len(RANKINGS)))
    totals: list[list[float]] = []
    for name, boxes in json.loads(BOXES.read_text()).items():
        for corners in boxes:
            query = Query(photos[name], Box(*corners))
            row = [value for kind in RANKINGS for value in _measured(engine, query, kind)]
            totals.append(row)
            print(f"| {name} | {query.box} | " + " | ".join(f"{value:.2f}" for value in row) + " |")
    print("| mean | | " + " | ".join(f"{value:.2f}" for value in np.mean(totals, axis=0)) + " |")


def _measured(engine: Engine, query: Query, kind: str) -> tuple[float, float]:
    """Precision in the first five, and average precision over the whole ranking."""
    hits = engine.search(query, k=1_000_000, ranking=kind).hits
    wanted = building(query.path)
    relevant = [hit.photo.id for hit in hits if building(hit.photo.path) == wanted]
    same = [building(hit.photo.path) == wanted for hit in hits[:5]]
    return float(np.mean(same)), average_precision(np.array([hit.photo.id for hit in hits]), relevant)


if __name__ == "__main__":
    main()
