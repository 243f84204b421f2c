"""LocScore: whether the right photos are ranked first, and the thing is located in them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray


def loc_score(ranking: NDArray[np.integer], overlaps: Mapping[int, float]) -> float:
    """The mean over the positives of the precision at their rank times their overlap (Choi et al., arXiv 2512.12610).

        LocScore = 1 / |positives|  Σ_k  rel(k) P(k) IoU(k),    P(k) = the share of positives among the first k.

    It is at most the average precision, which it equals if every location is exact.  Positives that are not ranked lower
    it; without positives it is 0.

    Args:
        ranking: image indices, best first, none twice.
        overlaps: for every positive the intersection over union of the located box and the true one, 0 to 1.
    """
    if not overlaps:
        return 0.0
    parts: list[float] = []
    for rank, image in enumerate(ranking.tolist(), start=1):
        if image in overlaps:
            parts.append((len(parts) + 1) / rank * overlaps[image])
    return sum(parts) / len(overlaps)
