"""What a mask does to the features it keeps: covariance histograms and kept fractions (paper III-C, Figs. 2 and 3)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.masks import select
from core.records import BINS, LOW_COVARIANCE, MaskStatistics
from core.reduction.moments import l2_normalise

BIN_EDGES: NDArray[np.float64] = np.linspace(-1.0, 1.0, BINS + 1)

# Products of unit vectors reach past 1 by rounding, and must fall into the last bin.
_ROUNDING = 1e-6


def pair_products(features: NDArray[np.float32]) -> NDArray[np.float32]:
    """Dot products of all pairs i < j of L2-normalised features, (n (n - 1) / 2,); null features are left out first.

    Args:
        features: (n, K) activations as the backbone gives them, before PCA and without the mean taken off.
    """
    units = l2_normalise(features[features.any(axis=1)])
    rows, columns = np.triu_indices(len(units), k=1)
    products: NDArray[np.float32] = (units @ units.T)[rows, columns].astype(np.float32)
    return products


def covariance_histogram(products: NDArray[np.float32]) -> NDArray[np.float64]:
    """Share of pairs in each of 100 equal bins of [-1, 1]; zeros when there are no pairs.

    Divided by the number of pairs, so that curves with and without a mask compare (ALGORITHMS section 2; the paper does
    not say how it binned).
    """
    if len(products) == 0:
        return np.zeros(BINS)
    inside = np.where(np.abs(products) > 1 - _ROUNDING, np.sign(products), products)
    return np.histogram(inside, BIN_EDGES)[0] / len(products)


def low_covariance_fraction(products: NDArray[np.float32]) -> float | None:
    """Share of pairs with |dot| <= 0.15, as in Fig. 3b; None when there are no pairs."""
    return float((np.abs(products) <= LOW_COVARIANCE).mean()) if len(products) else None


def mask_statistics(name: str, grid: NDArray[np.float32], mask: NDArray[np.bool_]) -> MaskStatistics:
    """The figures of one mask on one grid."""
    products = pair_products(select(grid, mask))
    return MaskStatistics(name, mask, covariance_histogram(products), low_covariance_fraction(products))
