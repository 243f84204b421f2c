"""The sample collection as a benchmark: every thing on every photo asks for itself, and where it is found is measured.

    python -m tests.benchmarks.sample [--preset standard sift]

``ground_truth.json`` knows the corners of everything.  A row tells mean AP and precision in the first five over all boxes,
and the median intersection over union of what was found with the known corners: of the place of the matching cells on hits
that show the thing, and of the quadrilateral on verified ones; and how many verified hits do not show it.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

import cv2
import numpy as np

from core.engine import Engine
from core.evaluation.average_precision import average_precision
from core.geometry import Box
from core.records import Hit, Query
from core.resources import SAMPLE

Corners = tuple[tuple[float, float], ...]


def overlap(first: Corners, second: Corners) -> float:
    """Intersection over union of two convex polygons."""
    a, b = (cv2.convexHull(np.array(corners, dtype=np.float32)) for corners in (first, second))
    common = cv2.intersectConvexConvex(a, b)[0]
    return common / (cv2.contourArea(a) + cv2.contourArea(b) - common)


def main() -> None:
    """Print a row for each preset and ranking."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--preset", nargs="+", default=["standard", "sift"])
    truth = json.loads((SAMPLE / "ground_truth.json").read_text())["photos"]
    things = {name: {thing["thing"]: thing for thing in row["objects"]} for name, row in truth.items()}
    print("| preset | ranking | boxes | AP | P@5 | IoU of cells | IoU verified | verified, of them wrong |")
    print("|---|---|---|---|---|---|---|---|")
    for preset in parser.parse_args().preset:
        with tempfile.TemporaryDirectory() as folder:
            engine, library = Engine(), Path(folder) / "sample.cropseek"
            engine.index([SAMPLE / "photos"], library, preset=preset)
            engine.open_library(library)
            for kind in ("hamming", "rerank", "cells", "verified"):
                print(f"| {preset} | {kind} | {_measured(engine, things, kind)} |", flush=True)
            engine.close_library()


def _measured(engine: Engine, things: dict[str, dict[str, dict[str, list]]], kind: str) -> str:  # type: ignore[type-arg]
    photos = {photo.path.name: photo for photo in engine.photos()}
    scores, first, placed, verified, wrong = [], [], [], [], 0
    for name, known in things.items():
        for thing, row in known.items():
            wanted = {photos[other].id for other in things if thing in things[other] and other != name}
            if not wanted:
                continue
            hits = engine.search(Query(photos[name].path, Box(*row["box"])), k=1000, ranking=kind).hits
            scores.append(average_precision(np.array([hit.photo.id for hit in hits]), sorted(wanted)))
            first.append(sum(hit.photo.id in wanted for hit in hits[:5]) / min(5, len(wanted)))
            shown = [hit for hit in hits if hit.photo.id in wanted]
            placed += [_right(hit.place.corners, things, hit, thing) for hit in shown if hit.place is not None]
            verified += [_right(hit.quadrilateral, things, hit, thing) for hit in shown if hit.quadrilateral is not None]
            wrong += sum(hit.inliers > 0 and hit.photo.id not in wanted for hit in hits)
    share = [f"{np.median(values):.2f}" if values else "" for values in (placed, verified)]
    count = f"{len(verified) + wrong}, {wrong}" if kind == "verified" else ""
    return f"{len(scores)} | {np.mean(scores):.3f} | {np.mean(first):.3f} | {share[0]} | {share[1]} | {count}"


def _right(found: Corners, things: dict[str, dict[str, dict[str, list]]], hit: Hit, thing: str) -> float:  # type: ignore[type-arg]
    return overlap(found, tuple(map(tuple, things[hit.photo.path.name][thing]["quad"])))


if __name__ == "__main__":
    main()
