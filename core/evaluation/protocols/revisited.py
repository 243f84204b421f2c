"""Revisited Oxford and Paris (Radenović et al., CVPR 2018): ``gnd_roxford5k.mat``, or JSON with the same keys.

``imlist`` names the database, ``qimlist`` the queries, which are not in it; ``gnd`` has for each query the box ``bbx`` and
the lists easy, hard and junk.  Setups: easy (hard is junk), medium (easy and hard count), hard (easy is junk).  A query
without positives is left out of a setup's mean.  The official ``.pkl`` is refused, as a pickle can run code.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import scipy.io

from core.evaluation.protocols.benchmark import Benchmark, Question, find_images
from core.evaluation.protocols.oxford import read_json
from core.geometry import Box
from core.util.errors import UserError

SETUPS = ("easy", "medium", "hard")
FOUND: Mapping[str, tuple[str, ...]] = {"easy": ("easy",), "medium": ("easy", "hard"), "hard": ("hard",)}
JUNK: Mapping[str, tuple[str, ...]] = {"easy": ("junk", "hard"), "medium": ("junk",), "hard": ("junk", "easy")}


def revisited_benchmark(protocol: str, images: Sequence[Path], folder: Path, ground_truth: Path) -> Benchmark:
    """The benchmark of photos in ``folder``.

    Raises:
        UserError: a pickle, unreadable ground truth, or missing photos.
    """
    if ground_truth.suffix == ".pkl":
        raise UserError(
            "a pickle can run code, so it is not read",
            str(ground_truth),
            f"Give gnd_{protocol}.mat of the same release, or JSON with the keys imlist, qimlist and gnd.",
        )
    try:
        document = _from_mat(ground_truth) if ground_truth.suffix == ".mat" else read_json(ground_truth)
        imlist, qimlist, entries = document["imlist"], document["qimlist"], document["gnd"]
        index_of = find_images([*imlist, *qimlist], images, folder, ground_truth)
        database = tuple(images[index_of[name]] for name in imlist)
        questions = [
            _question(images[index_of[name]], entry, len(imlist)) for name, entry in zip(qimlist, entries, strict=True)
        ]
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise UserError("this is not the ground truth of revisited Oxford or Paris", str(ground_truth)) from error
    return Benchmark(protocol, database, len(database), tuple(questions), SETUPS, skip_empty=True)


def _question(path: Path, entry: Mapping[str, Any], count: int) -> Question:
    lists = {kind: tuple(int(index) for index in entry[kind]) for kind in ("easy", "hard", "junk")}
    if any(not 0 <= index < count for each in lists.values() for index in each):
        raise ValueError("an index outside imlist")
    return Question(
        path,
        Box(*(float(value) for value in entry["bbx"])),
        {setup: tuple(index for kind in FOUND[setup] for index in lists[kind]) for setup in SETUPS},
        {setup: tuple(index for kind in JUNK[setup] for index in lists[kind]) for setup in SETUPS},
    )


def _from_mat(file: Path) -> dict[str, Any]:
    """The MATLAB file as plain values, its indices counted from 0."""
    try:
        document = scipy.io.loadmat(str(file), squeeze_me=True, struct_as_record=False)
    except (OSError, ValueError, NotImplementedError, TypeError, scipy.io.matlab.MatReadError) as error:
        raise UserError("the ground truth is not a MATLAB file that can be read", str(file)) from error
    entries = [
        {"bbx": np.atleast_1d(entry.bbx)}
        | {kind: np.atleast_1d(getattr(entry, kind)).astype(int).ravel() - 1 for kind in ("easy", "hard", "junk")}
        for entry in np.atleast_1d(document["gnd"])
    ]
    names = {key: [str(name) for name in np.atleast_1d(document[key])] for key in ("imlist", "qimlist")}
    return {**names, "gnd": entries}
