"""MAC: the maximum of each channel (Tolias, Sicre and Jégou, ICLR 2016)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def mac(grid: NDArray[np.float32]) -> NDArray[np.float32]:
    """f_c = max over the cells of F_c: (H, W, K) to (1, K)."""
    return np.asarray(grid.max(axis=(0, 1)))[None]
