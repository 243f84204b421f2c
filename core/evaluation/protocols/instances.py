"""Protocols of single things in large collections: ILIAS (Kordopatis-Zilos et al., CVPR 2025) and INSTRE (Wang and Jiang).

ILIAS: the published folder ``ilias_core``, with a folder for each thing:

    bold_bimp_000/query/Q000_00.jpg, Q000_00_bbox.txt     query and its box
    bold_bimp_000/pos/P000_00.jpg, P000_00_bbox.txt       positive

A line of a box file is ``x y width height`` in pixels; for several lines the query is the rectangle around all, as in the
authors' crops.  Distractors are folders of photos of YFCC100M.  The measure is mAP@1k: the precisions at the positives of
the first thousand, summed, and divided by the smaller of a thousand and the number of positives.

INSTRE in the form of Iscen et al. (CVPR 2017), ``gnd_instre.mat``: ``imlist`` and ``qimlist`` name photos by their paths,
``gnd`` has for each query the indices of its positives in imlist, from 1, and its box.  Public readers disagree whether a
box is ``x0 y0 x1 y1`` or ``x y width height``: the first is taken if all boxes of the file allow it.  The queries are not
in imlist.  The measure is mAP.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import scipy.io
from scipy.io.matlab import MatReadError

from core.evaluation.protocols.benchmark import Benchmark, Question, make_question
from core.geometry import Box
from core.util.errors import UserError

DEPTH = 1000
"""Length of the ranking for mAP@1k."""

QUERY, POSITIVE, BOXES = "query", "pos", "_bbox.txt"


def ilias_benchmark(images: Sequence[Path], folder: Path) -> Benchmark:
    """The benchmark of photos in ``ilias_core``, or in a folder that contains it.

    Raises:
        UserError: no queries, a query without positives, or an invalid box.
    """
    asked: dict[Path, list[Path]] = defaultdict(list)
    found: dict[Path, list[Path]] = defaultdict(list)
    for image in images:
        kind = {QUERY: asked, POSITIVE: found}.get(image.parent.name)
        if kind is not None:
            kind[image.parent.parent].append(image)
    if not asked:
        raise UserError(
            "there are no photos NAME/query/Q….jpg of ILIAS here",
            str(folder),
            "Give the folder that ilias_core.tar unpacks to.",
        )
    database = [image for thing in sorted(found) for image in found[thing]]
    index_of = {image: index for index, image in enumerate(database)}
    questions = []
    for thing in sorted(asked):
        if not found[thing]:
            raise UserError("this thing of ILIAS has no photos that should be found", str(thing / POSITIVE))
        positives = [index_of[image] for image in found[thing]]
        questions += [make_question(image, positives, (), ilias_box(image)) for image in asked[thing]]
    return Benchmark("ilias", tuple(database), len(database), tuple(questions), measure="map@1k")


def ilias_box(image: Path) -> Box | None:
    """The rectangle around the boxes in a photo's box file; None: no file, so the whole photo is the query.

    Raises:
        UserError: a malformed line.
    """
    file = image.with_name(image.stem + BOXES)
    if not file.is_file():
        return None
    try:
        rows = [
            [float(part) for part in line.split()] for line in file.read_text(encoding="utf-8").splitlines() if line.strip()
        ]
        boxes = [Box(x, y, x + width, y + height) for x, y, width, height in rows]
        around = Box(
            max(0.0, min(box.x0 for box in boxes)), max(0.0, min(box.y0 for box in boxes)),
            max(box.x1 for box in boxes), max(box.y1 for box in boxes),
        )  # fmt: skip
    except (OSError, ValueError) as error:
        raise UserError("this is not a box of the form x y width height", str(file)) from error
    if not all(map(math.isfinite, around.as_tuple())) or around.width <= 0 or around.height <= 0:
        raise UserError("this is not a box of the form x y width height", str(file))
    return around


def instre_benchmark(images: Sequence[Path], folder: Path, ground_truth: Path) -> Benchmark:
    """The benchmark of ``gnd_instre.mat`` on photos below ``folder``, which has INSTRE-S1, INSTRE-S2 and INSTRE-M.

    Raises:
        UserError: not this file, or photos are missing.
    """
    names, asked, positives, boxes = _read(ground_truth)
    there = {image.relative_to(folder).as_posix(): image for image in images}
    missing = [name for name in (*names, *asked) if name not in there]
    if missing:
        raise UserError(
            f"the ground truth names {len(missing)} photos that are not there, {missing[0]} first",
            str(ground_truth),
            f"Looked in {folder}.",
        )
    questions = tuple(
        Question(there[name], box, {"": found}, {"": ()}) for name, found, box in zip(asked, positives, boxes, strict=True)
    )
    database = tuple(there[name] for name in names)
    return Benchmark("instre", database, len(database), questions)


def _read(file: Path) -> tuple[list[str], list[str], list[tuple[int, ...]], list[Box]]:
    """Names, queries' names, indices of their positives from 0, and boxes."""
    try:
        document: dict[str, Any] = scipy.io.loadmat(str(file), squeeze_me=True, struct_as_record=False)
        names, asked = ([str(name) for name in np.atleast_1d(document[key])] for key in ("imlist", "qimlist"))
        entries = [_entry(entry, len(names)) for _, entry in zip(asked, np.atleast_1d(document["gnd"]), strict=True)]
        boxes = instre_boxes([box for _, box in entries])
    except (OSError, ValueError, LookupError, TypeError, AttributeError, NotImplementedError, MatReadError) as error:
        raise UserError(
            "this is not gnd_instre.mat", str(file), "Give the file of Iscen et al. with imlist, qimlist and gnd."
        ) from error
    return names, asked, [found for found, _ in entries], boxes


def _entry(entry: Any, count: int) -> tuple[tuple[int, ...], list[float]]:
    """Indices of positives from 0, and the box; fields of the struct are taken by order, as their names vary.

    Raises:
        ValueError: no box, or an index outside ``count``.
    """
    ok, box = (np.atleast_1d(getattr(entry, name)).ravel() for name in entry._fieldnames[:2])
    indices = tuple(int(number) - 1 for number in ok)
    if len(box) != 4 or not np.isfinite(box.astype(float)).all() or any(not 0 <= index < count for index in indices):
        raise ValueError("no query")
    return indices, [float(value) for value in box]


def instre_boxes(rows: Sequence[Sequence[float]]) -> list[Box]:
    """Boxes in either form: two corners if all boxes allow it, else corner and size.

    Raises:
        ValueError: neither fits.
    """
    corners = all(x1 > x0 and y1 > y0 for x0, y0, x1, y1 in rows)
    boxes = [Box(a, b, c, d) if corners else Box(a, b, a + c, b + d) for a, b, c, d in rows]
    if any(box.width <= 0 or box.height <= 0 for box in boxes):
        raise ValueError("no boxes")
    return boxes
