"""LocScore: is the right photo ranked early, and is the thing found where it is?"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray


def loc_score(ranking: NDArray[np.integer], overlaps: Mapping[int, float]) -> float:
    """The mean over the positives of the precision at their rank times their overlap (Choi et al., arXiv 2512.12610).

        LocScore = 1 / |positives|  Σ_k  rel(k) P(k) IoU(k),    P(k) = the share of positives among the first k.

    So it is at most the average precision, and as much only when every place is exact; positives that are not ranked cost.
    Without positives it is 0.

    Args:
        ranking: image indices, best first, none twice.
        overlaps: of every positive the intersection over union of the place found with the box of the thing, 0 to 1.
    """
    if not overlaps:
        return 0.0
    parts: list[float] = []
    for rank, image in enumerate(ranking.tolist(), start=1):
        if image in overlaps:
            parts.append((len(parts) + 1) / rank * overlaps[image])
    return sum(parts) / len(overlaps)
