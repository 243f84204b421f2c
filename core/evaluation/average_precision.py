"""Average precision with junk, exactly as the authors' ``compute_map`` (ALGORITHMS section 9)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def average_precision(ranking: NDArray[np.integer], positives: Sequence[int], junk: Sequence[int] = ()) -> float:
    """Area under the precision-recall curve by the trapezoidal rule, with junk images taken out of the ranking.

    For the j-th positive (from 1) at 0-based rank r:  AP += [(r == 0 ? 1 : (j - 1) / r) + j / (r + 1)] / (2 |positives|).

    Rules: junk before a positive is subtracted from its rank.  An image that is both counts as positive, and its junk
    entry shifts the positives after it, but not itself.  Of an image that is ranked twice the first rank counts.
    ``positives`` is not checked: duplicates and positives that are not ranked lower the result.  Without positives the
    result is 0, and the query still counts.

    Args:
        ranking: image indices, best first.
        positives, junk: image indices.
    """
    if len(positives) == 0:
        return 0.0
    return float(precisions(ranking, positives, junk).sum() / len(positives))


def precisions(ranking: NDArray[np.integer], positives: Sequence[int], junk: Sequence[int] = ()) -> NDArray[np.float64]:
    """What each ranked positive adds to ``average_precision``, times ``len(positives)``; best first, (n,), 0 to 1.

    It is the mean of the precisions just before and just after it.
    """
    first_rank: dict[int, int] = {}
    for rank, image in enumerate(ranking.tolist()):
        first_rank.setdefault(image, rank)
    wanted = set(positives)
    junk_ranks = np.sort([first_rank[image] for image in set(junk) if image in first_rank])
    ranks = np.sort([first_rank[image] for image in wanted if image in first_rank])
    ranks = ranks - np.searchsorted(junk_ranks, ranks)
    found = np.arange(len(ranks))
    before = np.where(ranks == 0, 1.0, found / np.maximum(ranks, 1))
    return np.asarray((before + (found + 1) / (ranks + 1)) / 2, dtype=np.float64)
