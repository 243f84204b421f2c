"""The sample collection as a benchmark: every thing on every photo asks for itself, and where it is found is measured.

    python -m tests.benchmarks.sample [--preset standard sift] [--each]
    python -m tests.benchmarks.sample --preset standard standard-sum standard-none --held-out PHOTOS --work DIR

``ground_truth.json`` knows the corners of everything.  A row tells mean AP and precision in the first five over all boxes,
and the median intersection over union of what was found with the known corners: of the place of the matching cells on hits
that show the thing, and of the quadrilateral on verified ones; and how many verified hits do not show it.  ``--each`` adds
the precision in the first five of every thing.  With ``--held-out`` every preset is fitted on these photos, whose grids
``--work`` keeps; without it the presets must be of those that travel with the program.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from core.chain.model_file import dump_describer
from core.chain.presets import preset as preset_of
from core.chain.subwindows import DEFAULT_LAYOUT
from core.engine import Engine
from core.evaluation.average_precision import average_precision
from core.fitting.fitted import fitted_describer
from core.geometry import Box
from core.library import create_library
from core.records import Hit, Query
from core.util.progress import Ticket
from core.util.resources import SAMPLE

Corners = tuple[tuple[float, float], ...]
Things = dict[str, dict[str, dict[str, Any]]]
"""Photo name, name of the thing, its row in the ground truth."""


def overlap(first: Corners, second: Corners) -> float:
    """Intersection over union of two convex polygons."""
    a, b = (cv2.convexHull(np.array(corners, dtype=np.float32)) for corners in (first, second))
    common = cv2.intersectConvexConvex(a, b)[0]
    return common / (cv2.contourArea(a) + cv2.contourArea(b) - common)


@dataclass(frozen=True)
class Answer:
    """What one box found.

    Attributes:
        first: precision in the first five.
        placed, verified: the overlaps of what was found with the known corners, cells' and geometry's.
        wrong: verified hits that do not show the thing.
    """

    thing: str
    precision: float
    first: float
    placed: list[float]
    verified: list[float]
    wrong: int


def main() -> None:
    """Print a row for each preset and ranking."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--preset", nargs="+", default=["standard", "sift"])
    parser.add_argument("--rankings", nargs="+", default=["hamming", "rerank", "cells", "verified"])
    parser.add_argument("--held-out", nargs="+", type=Path)
    parser.add_argument("--work", type=Path, help="folder that keeps the held-out photos' grids")
    parser.add_argument("--each", action="store_true", help="print the precision in the first five of every thing too")
    arguments = parser.parse_args()
    truth = json.loads((SAMPLE / "ground_truth.json").read_text())["photos"]
    things = {name: {thing["thing"]: thing for thing in row["objects"]} for name, row in truth.items()}
    first: dict[tuple[str, str], list[Answer]] = {}
    print("| preset | ranking | boxes | AP | P@5 | IoU of cells | IoU verified | verified, of them wrong |")
    print("|---|---|---|---|---|---|---|---|")
    for preset in arguments.preset:
        with tempfile.TemporaryDirectory() as folder:
            engine, library = Engine(), Path(folder) / "sample.cropseek"
            if arguments.held_out:
                _fit(library, preset, arguments.held_out, arguments.work)
            engine.index([SAMPLE / "photos"], library, preset=preset)
            engine.open_library(library)
            for kind in arguments.rankings:
                first[preset, kind] = answers = _answers(engine, things, kind)
                print(f"| {preset} | {kind} | {_row(answers, kind)} |", flush=True)
            engine.close_library()
    if arguments.each:
        _print_each(first)


def _fit(library: Path, name: str, held_out: list[Path], work: Path | None) -> None:
    """An empty library with a describer of its own."""
    describer = fitted_describer(preset_of(name), held_out, "cpu", Ticket(), cache=work)
    create_library(library, describer.config, dump_describer(describer.config, describer.stages), DEFAULT_LAYOUT).close()


def _print_each(first: dict[tuple[str, str], list[Answer]]) -> None:
    """Precision in the first five by thing."""
    print("\n| thing | " + " | ".join(f"{preset}, {kind}" for preset, kind in first) + " |")
    print("|---|" + "---|" * len(first))
    for thing in sorted({answer.thing for answers in first.values() for answer in answers}):
        means = (np.mean([answer.first for answer in answers if answer.thing == thing]) for answers in first.values())
        print(f"| {thing} | " + " | ".join(f"{mean:.2f}" for mean in means) + " |")


def _row(answers: list[Answer], kind: str) -> str:
    placed, verified = (np.concatenate([getattr(answer, name) for answer in answers]) for name in ("placed", "verified"))
    share = [f"{np.median(values):.2f}" if len(values) else "" for values in (placed, verified)]
    wrong = sum(answer.wrong for answer in answers)
    count = f"{len(verified) + wrong}, {wrong}" if kind == "verified" else ""
    means = [f"{np.mean([getattr(answer, name) for answer in answers]):.3f}" for name in ("precision", "first")]
    return f"{len(answers)} | {means[0]} | {means[1]} | {share[0]} | {share[1]} | {count}"


def _answers(engine: Engine, things: Things, kind: str) -> list[Answer]:
    """Every box of a thing that another photo shows too."""
    photos = {photo.path.name: photo for photo in engine.photos()}
    answers = []
    for name, known in things.items():
        for thing, row in known.items():
            wanted = {photos[other].id for other in things if thing in things[other] and other != name}
            if not wanted:
                continue
            hits = engine.search(Query(photos[name].path, Box(*row["box"])), k=1000, ranking=kind).hits
            shown = [hit for hit in hits if hit.photo.id in wanted]
            answers.append(
                Answer(
                    thing,
                    average_precision(np.array([hit.photo.id for hit in hits]), sorted(wanted)),
                    sum(hit.photo.id in wanted for hit in hits[:5]) / min(5, len(wanted)),
                    [_right(hit.place.corners, things, hit, thing) for hit in shown if hit.place is not None],
                    [_right(hit.corners, things, hit, thing) for hit in shown if hit.inliers and hit.corners],
                    sum(hit.inliers > 0 and hit.photo.id not in wanted for hit in hits),
                )
            )
    return answers


def _right(found: Corners, things: Things, hit: Hit, thing: str) -> float:
    return overlap(found, tuple(map(tuple, things[hit.photo.path.name][thing]["quad"])))


if __name__ == "__main__":
    main()
