"""Exact cosine ranking over stored descriptors."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

CHUNK = 16_384
"""Rows widened to float32 at a time; the store itself stays in float16."""


def cosines(descriptors: NDArray[np.float16], query: NDArray[np.float32]) -> NDArray[np.float32]:
    """Inner products of (N, D) stored descriptors with an L2-normalised (D,) query, (N,)."""
    scores = np.empty(len(descriptors), dtype=np.float32)
    for start in range(0, len(descriptors), CHUNK):
        scores[start : start + CHUNK] = descriptors[start : start + CHUNK].astype(np.float32) @ query
    return scores


def best_first(scores: NDArray[np.float32], k: int) -> NDArray[np.int64]:
    """The rows of the ``k`` largest scores, descending, ties in the order of rows."""
    if k < len(scores):
        threshold = np.partition(scores, len(scores) - k)[len(scores) - k] if k else np.inf
        rows = np.flatnonzero(scores >= threshold)
    else:
        rows = np.arange(len(scores))
    return rows[np.argsort(-scores[rows], kind="stable")][:k].astype(np.int64)
