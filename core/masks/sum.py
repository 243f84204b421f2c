"""SUM mask: the cells with large total activation (paper III-B, equation (3))."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def sum_map(grid: NDArray[np.float32]) -> NDArray[np.float64]:
    """Σ(y, x) = sum over the channels of a cell, (H, W); in float64, so that rounding makes no ties."""
    totals: NDArray[np.float64] = grid.sum(axis=2, dtype=np.float64)
    return totals


def sum_mask(grid: NDArray[np.float32], percentile: float = 50.0) -> NDArray[np.bool_]:
    """Keep the cells whose sum reaches the median of all sums:  M = {(x, y) : Σ(x, y) >= α},  α = median(Σ).

    With the median, ceil(n / 2) of n cells are kept when there are no ties, more with ties, all of a constant grid.

    Args:
        grid: (H, W, K).
        percentile: of Σ to use as the threshold; 50 is the paper's median.

    Returns:
        (H, W) bool.
    """
    totals = sum_map(grid)
    return totals >= np.percentile(totals, percentile)
