"""Oxford5k and Paris6k: the official text files, or one JSON file (ALGORITHMS sections 1, 9 and 13).

Official files of each of the 55 queries, all in one folder:

    all_souls_1_query.txt   oxc1_all_souls_000013 136.5 34.1 648.5 955.7
    all_souls_1_good.txt, _ok.txt, _junk.txt: one name a line

Positives are good and ok.  The query's own photo stays in the database and is a positive, as in the files.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.evaluation.protocols.benchmark import Benchmark, find_images, make_question
from core.geometry import Box
from core.util.errors import UserError

PREFIX = "oxc1_"
"""Prefix of photo names in Oxford's query files."""


@dataclass(frozen=True)
class _Query:
    """A query, with names of photos."""

    image: str
    box: Box
    positives: tuple[str, ...]
    junk: tuple[str, ...]


def oxford_benchmark(protocol: str, images: Sequence[Path], folder: Path, ground_truth: Path) -> Benchmark:
    """The benchmark of photos in ``folder``.

    Raises:
        UserError: ground truth that is unreadable or incomplete, or missing photos.
    """
    queries = list(_from_json(ground_truth) if ground_truth.is_file() else _from_folder(ground_truth))
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


def _from_folder(folder: Path) -> Iterator[_Query]:
    """The queries of the official files, in the order of their names."""
    files = sorted(folder.glob("*_query.txt")) if folder.is_dir() else []
    if not files:
        raise UserError(
            "there are no files NAME_query.txt of the official ground truth here",
            str(folder),
            "Give the folder that the data set's gt_files archive unpacks to.",
        )
    for file in files:
        image, box = _query_line(file)
        good, ok, junk = (_names(file, kind) for kind in ("good", "ok", "junk"))
        yield _Query(image, box, good + ok, junk)


def _query_line(file: Path) -> tuple[str, Box]:
    """The photo's name and the box of a query file."""
    parts = _read(file).split()
    try:
        box = Box(*(float(part) for part in parts[1:]))
    except (ValueError, TypeError):
        box = Box(0, 0, 0, 0)
    if len(parts) != 5 or not all(map(math.isfinite, box.as_tuple())) or box.width <= 0 or box.height <= 0:
        raise UserError("this is not a query of the form NAME x0 y0 x1 y1", f"{file}, line 1")
    return parts[0].removeprefix(PREFIX), box


def _names(query_file: Path, kind: str) -> tuple[str, ...]:
    """The names of the list that belongs to a query file."""
    return tuple(_read(query_file.with_name(query_file.name.removesuffix("query.txt") + f"{kind}.txt")).split())


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise UserError(f"a file of the ground truth cannot be read ({error.strerror})", str(file)) from error
    except UnicodeDecodeError as error:
        raise UserError("a file of the ground truth is not text", str(file)) from error


def read_json(file: Path) -> dict[str, Any]:
    """A JSON object.

    Raises:
        UserError: unreadable, not JSON, or another value.
    """
    try:
        document = json.loads(_read(file))
    except ValueError as error:
        raise UserError("the ground truth is not JSON", str(file)) from error
    if not isinstance(document, dict):
        raise UserError("the ground truth is not a JSON object", str(file))
    return document


def _from_json(file: Path) -> Iterator[_Query]:
    """Keys ``imlist`` and ``queries``: ``image``, ``bbox_xyxy_0based``, and ``ok`` and ``junk`` as indices into imlist."""
    document = read_json(file)
    try:
        names = [str(name) for name in document["imlist"]]
        for query in document["queries"]:
            box = Box(*(float(value) for value in query["bbox_xyxy_0based"]))
            lists = (tuple(names[int(index)] for index in query[kind]) for kind in ("ok", "junk"))
            yield _Query(str(query["image"]), box, *lists)
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise UserError(
            "the ground truth has another form than imlist and queries with image, bbox_xyxy_0based, ok, junk", str(file)
        ) from error
