"""Masks: which cells of a grid are kept.  One mask per file, independent of each other.

A grid is (H, W, K) with K channels; a mask is (H, W) bool, True where the cell's feature is kept.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def select(grid: NDArray[np.float32], mask: NDArray[np.bool_]) -> NDArray[np.float32]:
    """The kept features, (n, K), in the authors' column-major order: x outer, y inner (ALGORITHMS section 2)."""
    return grid.transpose(1, 0, 2)[mask.T]


def kept_positions(mask: NDArray[np.bool_]) -> NDArray[np.intp]:
    """``(row, column)`` of the kept cells, (n, 2), in the order of ``select``."""
    columns, rows = np.nonzero(mask.T)
    return np.stack([rows, columns], axis=1)
