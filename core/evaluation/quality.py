"""How good a ranking is by what a person says of its hits, with how uncertain that is."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np

from core.evaluation.average_precision import precisions
from core.records import Judged, Quality, Ranking

Z = 1.959964
"""Standard deviations of a 95 % interval."""

DRAWS = 2000
"""Samples of the bootstrap."""


def quality(ranking: Ranking, judged: Judged) -> Quality:
    """The quality of a ranking.

    The query's own photo, which is no hit of itself, counts as junk wherever it is met.  Good photos that are not ranked
    count as not found.
    """
    said = {path: kind for path, kind in judged.photos.items() if path != judged.path}
    hits = [hit.photo.path for hit in ranking.hits]
    index_of = {path: index for index, path in enumerate(dict.fromkeys([*hits, *said]))}
    junk = [index_of[path] for path, kind in said.items() if kind == "junk"]
    if judged.path in index_of:
        junk.append(index_of[judged.path])
    positives = [index_of[path] for path, kind in said.items() if kind != "junk"]
    last = max((rank for rank, path in enumerate(hits, start=1) if path in said), default=0)
    seen = [index for index in map(index_of.__getitem__, hits[:last]) if index not in set(junk)]
    right = len(set(positives).intersection(seen))
    precision = (right / len(seen), *wilson(right, len(seen))) if seen else None
    average = None
    if positives:
        found = precisions(np.arange(len(hits)), positives, junk)
        average = bootstrap(np.pad(found, (0, len(positives) - len(found))))
    return Quality(right, len(seen), precision, average, Counter(said.values()))


def wilson(right: int, of: int) -> tuple[float, float]:
    """The ends of Wilson's 95 % interval of a share.

    Args:
        of: at least 1.
    """
    share, extra = right / of, Z * Z / of
    middle = (share + extra / 2) / (1 + extra)
    half = Z * math.sqrt(share * (1 - share) / of + extra / (4 * of)) / (1 + extra)
    return max(0.0, middle - half), min(1.0, middle + half)


def bootstrap(values: np.ndarray) -> tuple[float, float, float]:
    """The mean of values (n,), n at least 1, and the ends of its 95 % interval by drawing as many of them, again and again.

    One value alone tells nothing of how far others lie, so its interval is 0 to 1.
    """
    mean = float(values.mean())
    if len(values) == 1:
        return mean, 0.0, 1.0
    drawn = np.random.default_rng(0).integers(len(values), size=(DRAWS, len(values)))
    low, high = np.quantile(values[drawn].mean(axis=1), (0.025, 0.975))
    return mean, float(low), float(high)
