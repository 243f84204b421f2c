"""How unusual a score is in this library, and from that, how likely a hit is right.

Beyond the few that show the thing, scores of a ranking fall off as those of unrelated photos do: the logarithm of the rank
is nearly linear in the score.  A line through the ranks ``FIRST`` to ``LAST`` therefore tells for any score s

    E(s) = exp(a + b s)     how many unrelated photos of this library are expected to score at least s

and hits with E far below 1 are no accident.  A logistic curve over ln E, with one pair of constants for each kind of
ranking, turns it into the share of hits that are right: fitted on one half of the hand-drawn boxes, checked on the other
(``python -m tests.benchmarks.confidence``).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FIRST, LAST = 20, 100
"""Ranks that are taken for unrelated photos; fewer than ``LEAST`` photos in all have no such ranks."""

LEAST = 1000
VERIFIED_RIGHT = 0.98
"""The share of verified hits that is right (``python -m tests.benchmarks.confidence``)."""

MOST = 0.9
"""No figure above this is ever given: that share of the surest hits was right."""

HALF: dict[str, tuple[float, float]] = {
    "cells": (1.5, 1.9),
    "whole": (2.0, 2.0),
    "cosine": (0.35, 1.05),
    "rerank": (0.35, 1.05),
    "hamming": (0.55, 1.1),
    "windows": (0.50, 1.1),
}
"""By ranking (``whole``: ``cells`` for a whole photo): E at which half of the hits are right, and how steeply the share
falls there."""


def expected(scores: NDArray[np.floating]) -> NDArray[np.float64]:
    """E of each hit, (n,), from the scores of a ranking, descending, at least ``LAST`` of them."""
    ranks = np.arange(FIRST, LAST + 1)
    chosen = np.asarray(scores[FIRST - 1 : LAST], dtype=np.float64)
    if np.ptp(chosen) < 1e-9:
        return np.full(len(scores), float(LAST))
    slope, start = np.polyfit(chosen, np.log(ranks), 1)
    return np.asarray(np.exp(np.clip(start + slope * np.asarray(scores, dtype=np.float64), -50, 50)))


def confidences(scores: NDArray[np.floating], photos: int, ranking: str) -> list[float | None]:
    """The likely share of right ones among hits like each of these; None where that cannot be told.

    Args:
        scores: (n,), descending.
        photos: number of photos that were ranked.
    """
    if photos < LEAST or len(scores) < LAST or ranking not in HALF:
        return [None] * len(scores)
    half, steep = HALF[ranking]
    share = 1 / (1 + (expected(scores) / half) ** steep)
    return [float(value) for value in np.minimum(share, MOST)]
