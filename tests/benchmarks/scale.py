"""How long a query takes in a large library, by ranking.  Codes, descriptors and cells are random: only the times are true.

    python -m tests.benchmarks.scale --photos 100000 --windows half

Reported: the time to build the search structures, and of each ranking the median and the worst of some queries, from a
description to hits; describing the box itself comes to that (``tests.benchmarks.boxes`` has the whole).
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np

from core.chain.subwindows import LAYOUTS, subwindow_count
from core.library.vectors import LibraryVectors
from core.records import PhotoRecord
from core.search.multi_query import Question
from core.search.ranking.matching import Cells
from core.search.ranking.searcher import Asked, Searcher

BITS, DIMENSIONS, CELLS, QUERIES = 512, 512, 350, 9


def main() -> None:
    """Print a row for each ranking."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=int, default=100_000)
    parser.add_argument("--windows", choices=LAYOUTS, default="half")
    arguments = parser.parse_args()
    rng = np.random.default_rng(1)
    number, parts = arguments.photos, subwindow_count(arguments.windows)
    codes = rng.integers(0, 256, (number, BITS // 8), dtype=np.uint8)
    windows = rng.integers(0, 256, (number, parts, BITS // 8), dtype=np.uint8) if parts else None
    descriptors = np.concatenate([_unit(rng, 10_000) for _ in range(-(-number // 10_000))])[:number]
    photos = {i: PhotoRecord(Path(f"{i}.jpg"), i, 1024, 768) for i in range(number)}
    started = time.monotonic()
    searcher = Searcher(LibraryVectors(np.arange(number), descriptors, codes, windows), photos)
    print(f"{number:,} photos, windows {arguments.windows}: built in {time.monotonic() - started:.2f} s")
    kept = [_cells(rng) for _ in range(200)]
    print("| ranking | median ms | worst ms |\n|---|---|---|")
    for kind in ("hamming", "cosine", "rerank", "windows", "cells"):
        times = []
        for query in range(QUERIES):
            asked = Asked(descriptors[query].astype(np.float32), codes[query], _cells(rng), lambda i: kept[i % 200])
            started = time.monotonic()
            searcher.rank(Question((asked,)), 200, kind)
            times.append(1000 * (time.monotonic() - started))
        print(f"| {kind} | {np.median(times):.1f} | {max(times):.1f} |", flush=True)


def _unit(rng: np.random.Generator, number: int) -> np.ndarray:
    rows = rng.standard_normal((number, DIMENSIONS), dtype=np.float32)
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float16)


def _cells(rng: np.random.Generator) -> Cells:
    places = rng.choice(30 * 40, CELLS, replace=False)
    features = rng.standard_normal((CELLS, 32), dtype=np.float32)
    features /= np.linalg.norm(features, axis=1, keepdims=True)
    return Cells((30, 40), np.stack(np.unravel_index(places, (30, 40)), axis=1), features)


if __name__ == "__main__":
    main()
