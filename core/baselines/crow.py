"""CroW: cross-dimensional weighting (Kalantidis, Mellina and Osindero, ECCV Workshops 2016)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def crow(grid: NDArray[np.float32]) -> NDArray[np.float32]:
    """f_c = β_c Σ α(y, x) F_c(y, x): (H, W, K) to (1, K)."""
    pooled = (grid * spatial_weights(grid)[:, :, None]).sum(axis=(0, 1))
    return np.asarray(pooled * channel_weights(grid), dtype=grid.dtype)[None]


def spatial_weights(grid: NDArray[np.float32]) -> NDArray[np.float64]:
    """α = (S / ||S||_2)^(1/2) with S = Σ_c F_c, (H, W); zeros for a grid of zeros."""
    total = grid.sum(axis=2, dtype=np.float64)
    length = np.linalg.norm(total)
    return np.sqrt(total / length) if length > 0 else np.zeros_like(total)


def channel_weights(grid: NDArray[np.float32]) -> NDArray[np.float64]:
    """β_c = log(Σ Q / Q_c) with Q_c the share of cells where the channel is not zero, (K,); 0 for dead channels."""
    share = (grid > 0).mean(axis=(0, 1))
    weights = np.zeros(grid.shape[2])
    alive = share > 0
    weights[alive] = np.log(share.sum() / share[alive])
    return weights
