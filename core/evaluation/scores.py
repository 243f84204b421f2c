"""Scores of rankings by a benchmark's measure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.evaluation.average_precision import average_precision
from core.evaluation.protocols import Benchmark, Question
from core.evaluation.protocols.instances import DEPTH

UKB_DEPTH = 4


def score(rankings: NDArray[np.integer], benchmark: Benchmark, setup: str) -> float:
    """The benchmark's measure in one setup.

    Args:
        rankings: (queries, images), indices of images, best first.
    """
    if benchmark.measure == "ukb":
        return ukb_score(rankings, benchmark)
    if benchmark.measure == "map@1k":
        return float(np.mean([precision_at(ranking, q.positives[setup]) for ranking, q in _pairs(rankings, benchmark)]))
    return mean_average_precision(rankings, benchmark, setup)


def _pairs(rankings: NDArray[np.integer], benchmark: Benchmark) -> list[tuple[NDArray[np.integer], Question]]:
    return list(zip(rankings, benchmark.questions, strict=True))


def precision_at(ranking: NDArray[np.integer], positives: Sequence[int], depth: int = DEPTH) -> float:
    """Average precision of the first ranks, as defined by ILIAS.

    The sum of the precisions at each positive among them, divided by the number of positives that could be among them.
    """
    found = np.isin(ranking[:depth], positives)
    precisions = np.cumsum(found)[found] / (np.flatnonzero(found) + 1)
    return float(precisions.sum() / min(depth, len(positives)))


def mean_average_precision(rankings: NDArray[np.integer], benchmark: Benchmark, setup: str) -> float:
    """The mean over the queries; one without positives counts as 0, or is left out if the protocol says so."""
    pairs = _pairs(rankings, benchmark)
    if benchmark.skip_empty:
        pairs = [(ranking, question) for ranking, question in pairs if question.positives[setup]]
    each = [average_precision(ranking, question.positives[setup], question.junk[setup]) for ranking, question in pairs]
    return float(np.mean(each)) if each else 0.0


def ukb_score(rankings: NDArray[np.integer], benchmark: Benchmark) -> float:
    """The mean number of photos of the query's group, itself included, among the first four; 4 is perfect."""
    found = [
        len(set(ranking[:UKB_DEPTH].tolist()) & set(question.positives[""]))
        for ranking, question in _pairs(rankings, benchmark)
    ]
    return float(np.mean(found))
