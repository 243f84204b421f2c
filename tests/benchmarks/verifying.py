"""Processor time of verification: the first 40 hits of boxes, from the keypoints that a library stores.

    python -m tests.benchmarks.verifying LIBRARY [--boxes 20]

The library is that of ``tests.benchmarks.boxes``.  Each box is searched by its cells, then its first hits are verified
twice: at first, and again with another box of the same photo a pixel larger, when the hits' keypoints are in memory.  Told
apart are the keypoints of the box, which are found on the crop where the photo's stored ones are few, and all the rest.
Everything runs in one thread, so that processor time is not counted twice.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from threadpoolctl import threadpool_limits

from core.engine import Engine
from core.geometry import Box
from core.photos.images import read_photo
from core.photos.keypoints import find_points
from core.records import Query
from tests.benchmarks.boxes import BOXES


def processor_seconds(work: Callable[[], Any]) -> float:
    """Of this process while it does the work."""
    started = time.process_time()
    work()
    return time.process_time() - started


def main() -> None:
    """Print medians and the largest."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", type=Path)
    parser.add_argument("--boxes", type=int, default=20)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    engine = Engine()
    engine.open_library(arguments.library)
    photos = {photo.path.name: photo.path for photo in engine.photos()}
    rows = [row for row in json.loads(BOXES.read_text()) if row["photo"] in photos][: arguments.boxes]
    table = []
    with threadpool_limits(1):
        for row in rows:
            path, box = photos[row["photo"]], Box(*row["box"])
            larger = Box(box.x0, box.y0, box.x1 + 1, box.y1)
            rankings = [engine.search(Query(path, asked), k=200, ranking="cells") for asked in (box, larger)]
            first, again = (processor_seconds(partial(engine.verify, ranking)) for ranking in rankings)
            table.append((first, again, processor_seconds(partial(find_points, read_photo(path), box))))
    values = np.array(table)
    print(f"{len(values)} boxes, 40 hits each; processor ms, median and largest")
    for name, column in zip(("verified at first", "verified again", "keypoints found on a crop"), values.T, strict=True):
        print(f"{name:26} {1000 * np.median(column):6.0f} {1000 * column.max():6.0f}")


if __name__ == "__main__":
    main()
