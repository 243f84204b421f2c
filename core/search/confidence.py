"""How unusual a score is in this collection, and from that, how likely a hit is right.

After the few hits that show the thing, a ranking has only unrelated photos.  Among these the logarithm of the rank is
nearly linear in the score, so a line through the tail of the ranking gives for any score s

    E(s) = exp(a + b s)     how many unrelated photos of this collection are expected to score at least s

With N photos in all, a logistic curve over ln E, s, ln N, ln E ln N and s ln N gives the share of hits that are right.  In
a large collection ln E decides; ten photos have no tail, so there the score itself does.  Each ranking has a curve of its
own, fitted on collections of 10 to 2,400 photos with one half of the hand-drawn boxes, and checked with the other half
(``python -m tests.benchmarks.confidence``).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

FIRST, LAST = 20, 100
"""Ranks of the tail, which is taken for unrelated photos; that of a shorter ranking begins at ``TAIL`` of its length."""

TAIL = 0.3
"""See ``FIRST``."""

CLIP = 6.0
"""Largest |ln E| that is used."""

RIGHT = 0.98
"""Share of verified hits that are right."""

MISSED = 0.35
"""Share of right hits that verification does not confirm; the odds of a hit that failed it are multiplied by this."""

CURVES: dict[str, tuple[float, ...]] = {
    "cells": (-5.456, -0.031, 37.874, 0.102, -0.118, -2.333),
    "whole": (-5.381, -0.652, 48.826, 0.570, -0.128, -4.695),
    "cosine": (-3.331, -0.594, 42.149, -0.262, 0.022, -3.469),
    "rerank": (-3.283, -0.606, 41.979, -0.274, 0.024, -3.417),
    "hamming": (-40.094, -0.856, 78.970, 0.301, 0.083, -2.243),
    "windows": (-37.950, -1.330, 71.545, 0.728, 0.130, -2.785),
}
"""The intercept and weights of each curve, by ranking; ``whole`` is ``cells`` for a whole photo."""


def measures(scores: NDArray[np.floating], photos: int) -> NDArray[np.float64]:
    """The inputs of the curves, (n, 5): ln E, s, ln N, ln E ln N, s ln N.

    Args:
        scores: (n,) of the best hits of a ranking, descending: all, or at least ``LAST``.
        photos: number of photos that were ranked.
    """
    values = np.asarray(scores, dtype=np.float64)
    last = min(LAST, len(values))
    first = max(1, min(FIRST, int(TAIL * len(values))))
    logs = np.full(len(values), np.log(max(last, 1)))
    tail = values[first - 1 : last]
    if len(tail) > 1 and np.ptp(tail) > 1e-9:
        slope, start = np.polyfit(tail, np.log(np.arange(first, last + 1)), 1)
        logs = start + slope * values
    logs = np.clip(logs, -CLIP, CLIP)
    size = np.log(max(photos, 1))
    return np.stack([logs, values, np.full(len(values), size), logs * size, values * size], axis=1)


def confidences(scores: NDArray[np.floating], photos: int, ranking: str) -> list[float | None]:
    """How likely each hit is right, 0 to 1, never increasing with the rank; None for rankings that were not measured.

    Args:
        scores, photos: see ``measures``.
    """
    if ranking not in CURVES or not len(scores):
        return [None] * len(scores)
    start, *weights = CURVES[ranking]
    share = 1 / (1 + np.exp(-np.clip(start + measures(scores, photos) @ weights, -30, 30)))
    return [float(value) for value in np.minimum.accumulate(share)]


def after_verification(confidences: Sequence[float | None], looked_at: int) -> list[float | None]:
    """Confidences of hits that verification did not confirm, sorted: those that it looked at are less likely right now.

    Args:
        confidences: of these hits, by rank; verification looked at the first ``looked_at``.
    """
    shown = [
        value * MISSED / (1 - value + value * MISSED) if value is not None and index < looked_at else value
        for index, value in enumerate(confidences)
    ]
    return sorted(shown, key=lambda value: 0.0 if value is None else -value)
