"""GeM: generalised mean pooling (Radenović, Tolias and Chum, TPAMI 2019)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

POWER, FLOOR = 3.0, 1e-6


def gem(grid: NDArray[np.float32], power: float = POWER) -> NDArray[np.float32]:
    """f_c = (mean over the cells of max(F_c, 1e-6)^p)^(1/p): (H, W, K) to (1, K)."""
    values = np.maximum(grid.astype(np.float64), FLOOR)
    return np.asarray((values**power).mean(axis=(0, 1)) ** (1 / power), dtype=grid.dtype)[None]
