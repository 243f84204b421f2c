"""Ground truth: what the renderer knew about every picture, as boxes, corners and visible shares, and in Oxford5k's form.

Visible pixels are counted in the renderer's picture of object numbers.  The whole thing's pixels are those that its
polygons cover when they are drawn alone on a plane as large as they need, so what the frame cuts off counts as hidden.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

SMALLEST, LEAST = 24, 0.05
"""A thing is listed when its visible box has so many pixels in both directions, and so much of it is visible."""
GOOD, OK, TINY = 0.6, 0.25, 0.02
"""Visible shares of good and ok photos, and the share of the photo that a good one's box has at least."""
FEWEST, QUERIES = 3, 5
BEYOND = 4.0
"""The plane for a whole thing ends so many frames beyond each edge."""

Xy = NDArray[np.float32]


@dataclass(frozen=True)
class Seen:
    """A thing in a photo."""

    thing: str
    box: tuple[int, int, int, int]
    quad: tuple[tuple[float, float], ...]
    visible: float

    def as_dict(self) -> dict[str, object]:
        """As in the JSON file."""
        return {"thing": self.thing, "box": list(self.box), "quad": [list(p) for p in self.quad], "visible": self.visible}


def whole_area(xy: Xy, faces: NDArray[np.int32], size: tuple[int, int]) -> float:
    """Pixels that a thing covers when nothing hides it and the frame does not end."""
    low = np.maximum(xy[faces.ravel()].min(axis=0), [-BEYOND * side for side in size])
    high = np.minimum(xy[faces.ravel()].max(axis=0), [(1 + BEYOND) * side for side in size])
    scale = min(2.0, 3000 / float((high - low).max()))
    width, height = (int(np.ceil(side * scale)) + 1 for side in high - low)
    mask = np.zeros((height, width), dtype=np.uint8)
    points = np.clip((xy - low) * scale, -30000, 30000)
    for face in faces:
        cv2.fillConvexPoly(mask, np.rint(points[face] * 16).astype(np.int32), 1, lineType=cv2.LINE_8, shift=4)
    return float(mask.sum()) / scale**2


def visible_box(mask: NDArray[np.bool_]) -> tuple[int, int, int, int] | None:
    """The box around the pixels that are set; None without any."""
    columns, rows = np.flatnonzero(mask.any(axis=0)), np.flatnonzero(mask.any(axis=1))
    if not len(columns):
        return None
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def seen(thing: str, mask: NDArray[np.bool_], xy: Xy, faces: NDArray[np.int32], flat: bool) -> Seen | None:
    """What to list about a thing; None when too little of it is visible."""
    box = visible_box(mask)
    if box is None or min(box[2] - box[0], box[3] - box[1]) < SMALLEST:
        return None
    size = (mask.shape[1], mask.shape[0])
    share = min(float(mask.sum()) / max(whole_area(xy, faces, size), 1.0), 1.0)
    if share < LEAST:
        return None
    quad = xy[:4] if flat else _whole_box(xy[faces.ravel()], size)
    return Seen(thing, box, tuple((round(float(x), 1), round(float(y), 1)) for x, y in quad), round(share, 3))


def _whole_box(points: Xy, size: tuple[int, int]) -> Xy:
    """The corners of the box of a whole thing, within the frame."""
    (x0, y0), (x1, y1) = np.clip(points.min(axis=0), 0, size), np.clip(points.max(axis=0), 0, size)
    return np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], dtype=np.float32)


def write_json(photos: Mapping[str, Sequence[Seen]], start: tuple[str, str], out: Path) -> None:
    """``ground_truth.json``; ``start`` is the photo and the thing that the tour begins with."""
    first = next(found for found in photos[start[0]] if found.thing == start[1])
    document = {
        "start": {"photo": start[0], "box": list(first.box)},
        "photos": {name: {"objects": [found.as_dict() for found in row]} for name, row in sorted(photos.items())},
    }
    (out / "ground_truth.json").write_text(json.dumps(document) + "\n", encoding="utf-8")


def grade(found: Seen, size: tuple[int, int]) -> str:
    """good, ok or junk, as Oxford's files call them."""
    share = (found.box[2] - found.box[0]) * (found.box[3] - found.box[1]) / (size[0] * size[1])
    if found.visible >= GOOD and share >= TINY:
        return "good"
    return "ok" if found.visible >= OK else "junk"


def write_oxford(photos: Mapping[str, Sequence[Seen]], sizes: Mapping[str, tuple[int, int]], folder: Path) -> None:
    """Queries of every thing with the photos that are good, ok and junk for it, in Oxford5k's text files."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.txt"):
        old.unlink()
    for thing in sorted({found.thing for row in photos.values() for found in row}):
        rows = dict(_with(photos, thing))
        lists: dict[str, list[str]] = {"good": [], "ok": [], "junk": []}
        for name, found in rows.items():
            lists[grade(found, sizes[name])].append(Path(name).stem)
        best = sorted(rows, key=lambda name: (Path(name).stem not in lists["good"], -rows[name].visible, name))
        asked = best[: min(max(len(lists["good"]), FEWEST), QUERIES)]
        for number, name in enumerate(sorted(asked), 1):
            box = " ".join(str(value) for value in rows[name].box)
            (folder / f"{thing}_{number}_query.txt").write_text(f"oxc1_{Path(name).stem} {box}\n", encoding="utf-8")
            for kind, names in lists.items():
                text = "".join(f"{stem}\n" for stem in names)
                (folder / f"{thing}_{number}_{kind}.txt").write_text(text, encoding="utf-8")


def _with(photos: Mapping[str, Sequence[Seen]], thing: str) -> Iterator[tuple[str, Seen]]:
    for name, row in sorted(photos.items()):
        for found in row:
            if found.thing == thing:
                yield name, found
