"""SPoC: the sum of each channel, with or without a prior for the centre (Babenko and Lempitsky, ICCV 2015)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def spoc(grid: NDArray[np.float32]) -> NDArray[np.float32]:
    """f = Σ_(y,x) F(y, x), as SPoC's authors do on Holidays: (H, W, K) to (1, K)."""
    return np.asarray(grid.sum(axis=(0, 1), dtype=np.float64), dtype=grid.dtype)[None]


def spoc_centre(grid: NDArray[np.float32]) -> NDArray[np.float32]:
    """f = Σ w(y, x) F(y, x),  w = exp(-((y - H/2)² + (x - W/2)²) / (2 s²)): (H, W, K) to (1, K).

    s is a third of the distance between the centre and the nearest border; y and x count cells from 1.
    """
    return spoc((grid * centre_prior(grid.shape[0], grid.shape[1])[:, :, None]).astype(grid.dtype))


def centre_prior(height: int, width: int) -> NDArray[np.float64]:
    """w of ``spoc_centre``, (H, W)."""
    rows, columns = np.arange(1, height + 1)[:, None] - height / 2, np.arange(1, width + 1)[None] - width / 2
    deviation = min(height, width) / 2 / 3
    prior: NDArray[np.float64] = np.exp(-(rows**2 + columns**2) / (2 * deviation**2))
    return prior
