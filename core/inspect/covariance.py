"""The effect of a mask on the features it keeps: covariance histograms and kept fractions (paper III-C, Figs. 2 and 3)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.masks import select
from core.records import BINS, LOW_COVARIANCE, MaskStatistics
from core.reduction.moments import l2_normalise


def covariance_statistics(features: NDArray[np.float32]) -> tuple[NDArray[np.float64], float | None]:
    """The data of Figs. 2 and 3b: dot products of all pairs of L2-normalised features, without null features.

    Args:
        features: (n, K) activations of the backbone, before PCA and without subtracting the mean.

    Returns:
        The share of pairs in each of 100 equal bins of [-1, 1], zeros if there are no pairs.  Shares, not counts, make
        curves with and without a mask comparable (ALGORITHMS section 2; the paper does not say how it binned).  And the
        share with |dot| <= 0.15; None if there are no pairs.
    """
    units = l2_normalise(features[features.any(axis=1)])
    count = len(units)
    if count < 2:
        return np.zeros(BINS), None
    # Every pair appears twice in the matrix, and the diagonal holds no pairs.
    products = units @ units.T
    low = (np.abs(products) <= LOW_COVARIANCE).sum() - (np.abs(np.diagonal(products)) <= LOW_COVARIANCE).sum()
    # By rounding, products of unit vectors can exceed 1; they belong in the last bin.
    bins = np.clip(products * (BINS / 2) + BINS / 2, 0, BINS - 1).astype(np.int16)
    counts = np.bincount(bins.ravel(), minlength=BINS) - np.bincount(np.diagonal(bins), minlength=BINS)
    pairs = count * (count - 1)
    return counts / pairs, float(low / pairs)


def mask_statistics(name: str, grid: NDArray[np.float32], mask: NDArray[np.bool_]) -> MaskStatistics:
    """The statistics of one mask on one grid."""
    return MaskStatistics(name, mask, *covariance_statistics(select(grid, mask)))
