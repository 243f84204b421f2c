"""How unlikely it is that so many matches agree so well by chance: one score for all models.

Of n matches the k best fit a model within r pixels.  The number of false alarms (Moisan and Stival, IJCV 2004; the best r
is chosen as by Moisan, Moulon and Monasse, IPOL 2012) is

    NFA = (n - m) C(n, k) C(k, m) p(r)^(k - m),    p(r) = the probability that a wrong match is within r,

with m the number of matches that determine the model: 1 for a similarity (a keypoint has position, size and direction), 3
for an affine map, 4 for a homography.  So a façade with a thousand equal windows is not taken for the same building, and a
model with more parameters needs more matches, or a closer fit.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

LEAST_ERROR = 1.0
"""Errors in pixels below this one count as equal to it."""

DIRECTED = 0.25
"""Probability that size and direction of a wrong match agree too; above that of random ones, as photos are upright."""


def surprise(errors: NDArray[np.floating], matches: int, needed: int, area: float) -> tuple[float, int]:
    """-log10 of the least number of false alarms, at least 0, and its k; 0 if the score is 0.

    Args:
        errors: (k',) distances of matches from the model in pixels, ascending; those that cannot agree may be missing.
        matches: n of the module.
        needed: m of the module.
        area: in pixels, over which wrong matches are spread.
    """
    counts = np.arange(needed + 1, len(errors) + 1)
    if not len(counts):
        return 0.0, 0
    chance = np.pi * np.maximum(errors[needed:], LEAST_ERROR) ** 2 / area
    logs = np.log10(max(matches - needed, 1)) + _log_choose(matches, counts) + _log_choose(counts, needed)
    logs = logs + np.log10(np.minimum(DIRECTED * chance, 1)) * (counts - needed)
    best = int(logs.argmin())
    return (float(-logs[best]), int(counts[best])) if logs[best] < 0 else (0.0, 0)


def _log_choose(n: int | NDArray[np.integer], k: int | NDArray[np.integer]) -> NDArray[np.float64]:
    return np.asarray((gammaln(np.add(n, 1)) - gammaln(np.add(k, 1)) - gammaln(np.subtract(n, k) + 1)) / np.log(10))
