"""Oxford5k and Paris6k: the official text files, or one JSON file (ALGORITHMS sections 1, 9 and 13).

Positives are good and ok.  The query's own photo stays in the database and is a positive, as in the official files, or
junk, as in those that the window writes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from core.evaluation.oxford_files import OxfordQuery, read_queries, read_text
from core.evaluation.protocols.benchmark import Benchmark, find_images, make_question
from core.geometry import Box
from core.util.errors import UserError


def oxford_benchmark(protocol: str, images: Sequence[Path], folder: Path, ground_truth: Path) -> Benchmark:
    """The benchmark of photos in ``folder``.

    Raises:
        UserError: ground truth that is unreadable or incomplete, or missing photos.
    """
    queries = list(_from_json(ground_truth) if ground_truth.is_file() else read_queries(ground_truth))
    names = [name for query in queries for name in (query.image, *query.positives, *query.junk)]
    index_of = find_images(names, images, folder, ground_truth)
    questions = [
        make_question(
            images[index_of[query.image]],
            (index_of[name] for name in query.positives),
            (index_of[name] for name in query.junk),
            query.box,
        )
        for query in queries
    ]
    return Benchmark(protocol, tuple(images), len(images), tuple(questions))


def read_json(file: Path) -> dict[str, Any]:
    """A JSON object.

    Raises:
        UserError: unreadable, not JSON, or another value.
    """
    try:
        document = json.loads(read_text(file))
    except ValueError as error:
        raise UserError("the ground truth is not JSON", str(file)) from error
    if not isinstance(document, dict):
        raise UserError("the ground truth is not a JSON object", str(file))
    return document


def _from_json(file: Path) -> Iterator[OxfordQuery]:
    """Keys ``imlist`` and ``queries``: ``image``, ``bbox_xyxy_0based``, and ``ok`` and ``junk`` as indices into imlist."""
    document = read_json(file)
    try:
        names = [str(name) for name in document["imlist"]]
        for query in document["queries"]:
            box = Box(*(float(value) for value in query["bbox_xyxy_0based"]))
            ok, junk = (tuple(names[int(index)] for index in query[kind]) for kind in ("ok", "junk"))
            yield OxfordQuery(str(query["image"]), box, (), ok, junk)
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise UserError(
            "the ground truth has another form than imlist and queries with image, bbox_xyxy_0based, ok, junk", str(file)
        ) from error
