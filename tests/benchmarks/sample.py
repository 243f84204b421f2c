"""The sample collection as a benchmark: every thing on every photo asks for itself, and where it is found is measured.

    python -m tests.benchmarks.sample [--preset standard sift] [--each]
    python -m tests.benchmarks.sample --preset standard standard-sum standard-none --held-out PHOTOS --work DIR

``ground_truth.json`` knows the corners of everything.  A row tells mean AP, precision in the first five and LocScore over
all boxes; median and fifth percentile of the intersection over union of what was found with the known corners: of the place
of the matching cells on hits that show the thing, and of the outline on verified ones; and how many hits are verified,
how many of them do not show it, and of how many no camera makes the outline.  Of a landmark the corners are those of the
box around all of it, which another side of it cannot fill; so there is a column for flat things, whose outline is compared
with where the box lies on the other photo.  ``--each`` adds the precision in the first five of every thing.  With
``--held-out`` every preset is fitted on these photos, whose grids ``--work`` keeps; without it the presets must be of those
that travel with the program.
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
from numpy.typing import NDArray

from core.chain.model_file import dump_describer
from core.chain.presets import preset as preset_of
from core.chain.subwindows import DEFAULT_LAYOUT
from core.engine import Engine
from core.evaluation.average_precision import average_precision
from core.evaluation.loc_score import loc_score
from core.fitting.fitted import fitted_describer
from core.geometry import Box, Corners, clipped_polygon, common_polygon, polygon_area
from core.library import create_library
from core.records import RANKINGS, Hit, Query
from core.search.camera_limits import possible
from core.util.progress import Ticket
from core.util.resources import SAMPLE

FLAT = ("-poster", "-painting", "-book")
"""How the names of flat things end."""

Row = dict[str, Any]
"""Of the ground truth: a thing on a photo."""

Things = dict[str, dict[str, Row]]
"""By photo name and name of the thing."""


def overlap(first: Corners, second: Corners) -> float:
    """Intersection over union of two convex polygons; that of the second clockwise, as ``common_polygon`` asks."""
    common = polygon_area(common_polygon(first, second))
    return common / (polygon_area(first) + polygon_area(second) - common)


@dataclass(frozen=True)
class Answer:
    """What one box found.

    Attributes:
        first: precision in the first five.
        located: LocScore of the boxes around what was found (``core.evaluation.loc_score``); a ranking that tells no place
            is taken to have found the whole photo, as that paper has it for one descriptor a photo.
        placed, verified: the overlaps of what was found with the known corners, cells' and geometry's.
        exact: of flat things the overlaps of verified outlines with where the box truly lies.
        wrong: verified hits that do not show the thing.
        impossible: verified hits whose outline no camera makes.
    """

    thing: str
    precision: float
    first: float
    located: float
    placed: list[float]
    verified: list[float]
    exact: list[float]
    wrong: int
    impossible: int


def main() -> None:
    """Print a row for each preset and ranking."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--preset", nargs="+", default=["standard", "sift"])
    parser.add_argument("--rankings", nargs="+", default=RANKINGS)
    parser.add_argument("--held-out", nargs="+", type=Path)
    parser.add_argument("--work", type=Path, help="folder that keeps the held-out photos' grids")
    parser.add_argument("--each", action="store_true", help="print the precision in the first five of every thing too")
    arguments = parser.parse_args()
    truth = json.loads((SAMPLE / "ground_truth.json").read_text())["photos"]
    things = {name: {thing["thing"]: thing for thing in row["objects"]} for name, row in truth.items()}
    first: dict[tuple[str, str], list[Answer]] = {}
    print(
        "| preset | ranking | boxes | AP | P@5 | LocScore | IoU of cells | verified | flat | verified, wrong, impossible |"
    )
    print("|---" * 10 + "|")
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
    """A line of the table without its first columns."""
    placed, verified, exact = (
        np.concatenate([getattr(answer, name) for answer in answers]) for name in ("placed", "verified", "exact")
    )
    means = [f"{np.mean([getattr(answer, name) for answer in answers]):.3f}" for name in ("precision", "first", "located")]
    counts = [sum(getattr(answer, name) for answer in answers) for name in ("wrong", "impossible")]
    told = f"{len(verified) + counts[0]}, {counts[0]}, {counts[1]}" if kind == "verified" else ""
    return " | ".join([str(len(answers)), *means, *map(_spread, (placed, verified, exact)), told])


def _spread(values: NDArray[np.float64]) -> str:
    """Median and fifth percentile; empty of none."""
    return f"{np.median(values):.2f}, {np.percentile(values, 5):.2f}" if len(values) else ""


def _answers(engine: Engine, things: Things, kind: str) -> list[Answer]:
    """Every box of a thing that another photo shows too."""
    photos = {photo.path.name: photo for photo in engine.photos()}
    answers = []
    for name, known in things.items():
        for thing, row in known.items():
            wanted = {
                photos[other].id: things[other][thing] for other in things if thing in things[other] and other != name
            }
            if wanted:
                query = Query(photos[name].path, Box(*row["box"]))
                hits = engine.search(query, k=1000, ranking=kind).hits
                answers.append(_answer(query, row, hits, wanted))
    return answers


def _answer(query: Query, asked: Row, hits: tuple[Hit, ...], wanted: dict[int, Row]) -> Answer:
    """What one box found, the rows of the photos that show the thing by their ids."""
    ranking = np.array([hit.photo.id for hit in hits])
    shown = [(hit, wanted[hit.photo.id]) for hit in hits if hit.photo.id in wanted]
    outlines = [(hit, row, hit.corners) for hit, row in shown if hit.inliers and hit.corners]
    verified = [hit for hit in hits if hit.inliers]
    return Answer(
        asked["thing"],
        average_precision(ranking, sorted(wanted)),
        sum(hit.photo.id in wanted for hit in hits[:5]) / min(5, len(wanted)),
        loc_score(ranking, {hit.photo.id: overlap(_around(hit), Box(*row["box"]).corners) for hit, row in shown}),
        [overlap(hit.matched_box.corners, _quad(row)) for hit, row in shown if hit.matched_box is not None],
        [overlap(corners, _quad(row)) for _, row, corners in outlines],
        [overlap(corners, _true(asked, row, hit)) for hit, row, corners in outlines if asked["thing"].endswith(FLAT)],
        len(verified) - len([hit for hit in verified if hit.photo.id in wanted]),
        sum(not _is_possible(hit, query) for hit in verified),
    )


def _quad(row: Row) -> Corners:
    return tuple((float(x), float(y)) for x, y in row["quad"])


def _around(hit: Hit) -> Corners:
    """The box around what was found on a hit, or its whole photo."""
    corners = hit.corners or _frame(hit).corners
    (x0, y0), (x1, y1) = np.min(corners, axis=0).tolist(), np.max(corners, axis=0).tolist()
    return Box(x0, y0, x1, y1).corners


def _true(asked: Row, row: Row, hit: Hit) -> Corners:
    """Where the box around a flat thing lies on another photo of it: as its plane is mapped, within the photo."""
    ends = [np.array(_quad(one), dtype=np.float32) for one in (asked, row)]
    corners = np.array([Box(*asked["box"]).corners], dtype=np.float32)
    found = cv2.perspectiveTransform(corners, cv2.getPerspectiveTransform(*ends))[0]
    return clipped_polygon(tuple((float(x), float(y)) for x, y in found), _frame(hit))


def _is_possible(hit: Hit, query: Query) -> bool:
    outline = np.array(hit.quadrilateral, dtype=np.float64)
    return query.box is not None and possible(outline, query.box, _frame(hit))


def _frame(hit: Hit) -> Box:
    return Box(0, 0, hit.photo.width, hit.photo.height)


if __name__ == "__main__":
    main()
