"""What a mask does to the features it keeps: covariance histograms and kept fractions (paper III-C, Figs. 2 and 3)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.masks import select
from core.records import BINS, LOW_COVARIANCE, MaskStatistics
from core.reduction.moments import l2_normalise


def covariance_statistics(features: NDArray[np.float32]) -> tuple[NDArray[np.float64], float | None]:
    """What Figs. 2 and 3b show: dot products of all pairs of L2-normalised features; null features are left out first.

    Args:
        features: (n, K) activations as the backbone gives them, before PCA and without the mean taken off.

    Returns:
        The share of pairs in each of 100 equal bins of [-1, 1], zeros when there are no pairs: divided by their number, so
        that curves with and without a mask compare (ALGORITHMS section 2; the paper does not say how it binned).  And the
        share with |dot| <= 0.15; None when there are no pairs.
    """
    units = l2_normalise(features[features.any(axis=1)])
    count = len(units)
    if count < 2:
        return np.zeros(BINS), None
    # Every pair stands twice in the matrix, and the diagonal is no pair.
    products = units @ units.T
    low = (np.abs(products) <= LOW_COVARIANCE).sum() - (np.abs(np.diagonal(products)) <= LOW_COVARIANCE).sum()
    # Products of unit vectors reach past 1 by rounding, and must fall into the last bin.
    bins = np.clip(products * (BINS / 2) + BINS / 2, 0, BINS - 1).astype(np.int16)
    counts = np.bincount(bins.ravel(), minlength=BINS) - np.bincount(np.diagonal(bins), minlength=BINS)
    pairs = count * (count - 1)
    return counts / pairs, float(low / pairs)


def mask_statistics(name: str, grid: NDArray[np.float32], mask: NDArray[np.bool_]) -> MaskStatistics:
    """The figures of one mask on one grid."""
    return MaskStatistics(name, mask, *covariance_statistics(select(grid, mask)))
