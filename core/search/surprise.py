"""How surprising is it that so many matches agree so well?  One score for all models of a view.

With n matches of which the k best fit a model within r pixels, the number of false alarms of Moisan and Stival's model
(IJCV 2004), with the precision r chosen by the matches themselves (Moisan, Moulon and Monasse, IPOL 2012),

    NFA = (n - m) C(n, k) C(k, m) p(r)^(k - m),    p(r) = the chance that a wrong match falls within r,

m the matches that a model of its kind needs: 1 for a similarity from a keypoint's place, size and direction, 3 for an
affine map, 4 for a homography.  So a façade of a thousand equal windows is not the same building, and a model of more
freedom must earn it by more matches, or by a closer fit.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

LEAST_ERROR = 1.0
"""Pixels below which a closer fit proves nothing more."""

DIRECTED = 0.25
"""The chance that size and direction of a wrong match agree too: more than if they were random, as photos are upright."""


def surprise(errors: NDArray[np.floating], matches: int, needed: int, area: float) -> tuple[float, int]:
    """-log10 of the least number of false alarms, at least 0, and the k of the module, 0 when nothing is surprising.

    Args:
        errors: (k',) ascending distances in pixels of the matches that may agree.
        matches: n of the module.
        needed: m of the module.
        area: pixels that wrong matches are spread over.
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
