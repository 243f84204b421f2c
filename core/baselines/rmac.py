"""R-MAC: MAC of square regions at several scales (Tolias, Sicre and Jégou, ICLR 2016)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.reduction.moments import l2_normalise

LEVELS, OVERLAP = 3, 0.4
MORE = np.arange(2, 8)
"""Candidate numbers of regions along the longer side; the one whose overlap is nearest to 40 % is used."""


def rmac(grid: NDArray[np.float32]) -> NDArray[np.float32]:
    """The L2-normalised MAC of the whole grid and of each region, (r, K); R-MAC is the normalised sum of these."""
    return l2_normalise(np.stack([grid[y : y + h, x : x + w].max(axis=(0, 1)) for y, x, h, w in regions(*grid.shape[:2])]))


def regions(height: int, width: int, levels: int = LEVELS) -> NDArray[np.intp]:
    """The whole grid, then the regions of each level: ``(y, x, h, w)`` in cells, (r, 4); 21 rows for a 4:3 grid.

    Level l has squares of side floor(2 min(H, W) / (l + 1)): l along the shorter side, and along the longer side as many
    more as bring the overlap of neighbours nearest to 40 %.
    """
    shorter, longer = min(height, width), max(height, width)
    steps = (longer - shorter) / (MORE - 1)
    extra = 0 if height == width else int(np.abs((shorter - steps) / shorter - OVERLAP).argmin()) + 1
    rows = [(0, 0, height, width)]
    for level in range(1, levels + 1):
        side = max(2 * shorter // (level + 1), 1)
        down = _starts(height, side, level + (extra if height > width else 0))
        across = _starts(width, side, level + (extra if width > height else 0))
        rows += [(y, x, side, side) for y in down for x in across]
    return np.array(rows, dtype=np.intp)


def _starts(length: int, side: int, count: int) -> list[int]:
    """The starts of ``count`` squares spread evenly over ``length``."""
    step = (length - side) / (count - 1) if count > 1 else 0.0
    # The reference stores the step in single precision, which decides the start of the last square of a row.
    return [int(i * float(np.float32(step))) for i in range(count)]
