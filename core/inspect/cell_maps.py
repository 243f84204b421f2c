"""Single cells of a grid: their similarity, a channel, the pairs behind a bin of a histogram."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.masks.max import channel_peaks
from core.masks.sum import sum_map
from core.records import CellMaps
from core.reduction.moments import l2_normalise


def cell_maps(grid: NDArray[np.float32], sum_percentile: float, receptive_field: float) -> CellMaps:
    """The properties of each cell of a grid, (H, W, K)."""
    totals, peaks = sum_map(grid), channel_peaks(grid)
    winners = np.zeros(grid.shape[:2], dtype=np.uint16)
    np.add.at(winners, (peaks[:, 0], peaks[:, 1]), 1)
    threshold = float(np.percentile(totals, sum_percentile))
    dead = np.asarray(grid.max(axis=(0, 1)) <= 0)
    return CellMaps(totals.astype(np.float32), threshold, winners, peaks.astype(np.int16), dead, receptive_field)


def similarity_map(grid: NDArray[np.float32], row: int, column: int) -> NDArray[np.float32]:
    """Dot products of the L2-normalised feature of one cell with those of all cells, (H, W); 0 for null features."""
    units = l2_normalise(grid)
    return np.asarray(units @ units[row, column], dtype=np.float32)


def pairs_in_bin(grid: NDArray[np.float32], mask: NDArray[np.bool_], low: float, high: float) -> NDArray[np.float32]:
    """For each kept cell the number of its pairs with another kept cell whose dot product lies in [low, high), (H, W)."""
    units = l2_normalise(grid[mask])
    products = units @ units.T
    np.fill_diagonal(products, np.nan)
    counts = np.zeros(mask.shape, dtype=np.float32)
    alive = np.asarray(np.abs(units).max(axis=1, initial=0) > 0)
    inside = (products >= low) & (products < high) & alive[:, None] & alive[None]
    counts[mask] = inside.sum(axis=1)
    return counts
