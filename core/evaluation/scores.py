"""How well rankings answer a benchmark's questions."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.evaluation.average_precision import average_precision
from core.evaluation.protocols import Benchmark

UKB_DEPTH = 4


def score(rankings: NDArray[np.integer], benchmark: Benchmark, setup: str) -> float:
    """The benchmark's measure in one setup.

    Args:
        rankings: (questions, images), indices of images, best first.
    """
    if benchmark.measure == "ukb":
        return ukb_score(rankings, benchmark)
    return mean_average_precision(rankings, benchmark, setup)


def mean_average_precision(rankings: NDArray[np.integer], benchmark: Benchmark, setup: str) -> float:
    """The mean over the questions; one without positives counts as 0, or not at all where the protocol says so."""
    pairs = list(zip(rankings, benchmark.questions, strict=True))
    if benchmark.skip_empty:
        pairs = [(ranking, question) for ranking, question in pairs if question.positives[setup]]
    each = [average_precision(ranking, question.positives[setup], question.junk[setup]) for ranking, question in pairs]
    return float(np.mean(each)) if each else 0.0


def ukb_score(rankings: NDArray[np.integer], benchmark: Benchmark) -> float:
    """The mean number of a group's four photos, the query among them, in the first four places; 4 is perfect."""
    found = [
        len(set(ranking[:UKB_DEPTH].tolist()) & set(question.positives[""]))
        for ranking, question in zip(rankings, benchmark.questions, strict=True)
    ]
    return float(np.mean(found))
