"""How unusual a score is in this collection, and from that, how likely a hit is right.

Beyond the few that show the thing, scores of a ranking fall off as those of unrelated photos do: the logarithm of the rank
is nearly linear in the score.  A line through the tail of the ranks therefore tells for any score s

    E(s) = exp(a + b s)     how many unrelated photos of this collection are expected to score at least s

With N photos in all, a logistic curve over ln E, s, ln N, ln E ln N and s ln N tells the share of hits that are right: of
a large collection it goes by ln E, of ten photos, which have no tail, more by the score itself.  There is one for each kind
of ranking, fitted on collections of 10 to 2,400 photos around one half of the hand-drawn boxes, and checked on the other
(``python -m tests.benchmarks.confidence``).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

FIRST, LAST = 20, 100
"""Ranks that are taken for unrelated photos; of fewer photos those from ``TAIL`` of them on."""

TAIL = 0.3
"""See ``FIRST``."""

CLIP = 6.0
"""|ln E| beyond which it says nothing more."""

RIGHT = 0.98
"""The share of verified hits that is right."""

MISSED = 0.35
"""The share of right ones that verification does not confirm: the odds of a hit that it looked at fall by it."""

CURVES: dict[str, tuple[float, ...]] = {
    "cells": (-5.456, -0.031, 37.874, 0.102, -0.118, -2.333),
    "whole": (-5.381, -0.652, 48.826, 0.570, -0.128, -4.695),
    "cosine": (-3.331, -0.594, 42.149, -0.262, 0.022, -3.469),
    "rerank": (-3.283, -0.606, 41.979, -0.274, 0.024, -3.417),
    "hamming": (-40.094, -0.856, 78.970, 0.301, 0.083, -2.243),
    "windows": (-37.950, -1.330, 71.545, 0.728, 0.130, -2.785),
}
"""By ranking (``whole``: ``cells`` for a whole photo): the curve's start, and its weights in the order of the module."""


def measures(scores: NDArray[np.floating], photos: int) -> NDArray[np.float64]:
    """What the curves are over, (n, 5): ln E, s, ln N, ln E ln N, s ln N.

    Args:
        scores: (n,) of the best hits of a ranking, descending; all of them, or ``LAST`` at least.
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
    """The likely share of right ones among hits like each of these; never more for a hit than for the one before it.

    None for rankings that were not measured.

    Args:
        scores, photos: see ``measures``.
    """
    if ranking not in CURVES or not len(scores):
        return [None] * len(scores)
    start, *weights = CURVES[ranking]
    share = 1 / (1 + np.exp(-np.clip(start + measures(scores, photos) @ weights, -30, 30)))
    return [float(value) for value in np.minimum.accumulate(share)]


def after_verification(confidences: Sequence[float | None], looked_at: int) -> list[float | None]:
    """Of the hits that were not verified: those that were looked at are less likely right now.  Falling.

    Args:
        confidences: of hits in their order; the first ``looked_at`` were.
    """
    shown = [
        value * MISSED / (1 - value + value * MISSED) if value is not None and index < looked_at else value
        for index, value in enumerate(confidences)
    ]
    return sorted(shown, key=lambda value: 0.0 if value is None else -value)
