"""Which pictures stand for a plane of photos at a zoom: pure arithmetic, for a million of them at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SMALLEST_PX = 48
"""A tile grows from this to twice of it; then it becomes four."""
DEEPEST = 20


@dataclass(frozen=True, eq=False)
class Shown:
    """The tiles in sight.

    Attributes:
        photos: (k,) the photo that stands for each tile, the one nearest its middle.
        counts: (k,) photos in it.
        corners: (k, 2) the upper left corner; ``side``: of a tile; the plane's height is 1.
    """

    photos: NDArray[np.int64]
    counts: NDArray[np.int64]
    corners: NDArray[np.float64]
    side: float


def level_of(scale: float) -> int:
    """How often the plane is halved for tiles of ``SMALLEST_PX`` to twice that, at ``scale`` pixels for its height."""
    return int(np.clip(np.floor(np.log2(max(scale, 1.0) / SMALLEST_PX)), 0, DEEPEST))


def tiles(
    positions: NDArray[np.float32], level: int, low: tuple[float, float], high: tuple[float, float], breadth: float = 1.0
) -> Shown:
    """The tiles that hold photos between two corners.

    The tiles are anchored to the plane and not to the window, so that nothing flickers while it is moved.

    Args:
        positions: (n, 2), x on 0..breadth and y on 0..1.
        level: the side of a tile is 2^-level.
        low, high: what is in sight.
        breadth: of the plane, whose height is 1.
    """
    side = 2.0**-level
    first, last = np.floor(np.array(low) / side), np.floor(np.array(high) / side)
    # What lies on the far edge belongs to the last tiles.
    columns, rows = int(np.ceil(breadth / side)), 2**level
    cells = np.minimum(np.floor(positions / side), (columns - 1, rows - 1)).astype(np.int64)
    inside = np.flatnonzero(((cells >= first) & (cells <= last)).all(axis=1))
    keys = cells[inside, 1] * columns + cells[inside, 0]
    off = np.abs(positions[inside] / side - cells[inside] - 0.5).max(axis=1)
    order = np.lexsort((off, keys))
    _, starts, counts = np.unique(keys[order], return_index=True, return_counts=True)
    chosen = inside[order[starts]]
    return Shown(chosen, counts, cells[chosen] * side, side)
