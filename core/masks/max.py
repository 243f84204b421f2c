"""MAX mask: the cell where each channel is strongest (paper III-B, equation (2))."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

BYTE = 255
"""The largest number in a byte."""


def channel_peaks(grid: NDArray[np.float32]) -> NDArray[np.intp]:
    """For each channel the ``(row, column)`` of its largest activation, (K, 2).

    Ties go to the first cell in column-major order (smallest column, then smallest row), as MATLAB's ``max`` over the
    column-major map does; so a channel that is zero everywhere falls on the top-left cell.
    """
    height, width, channels = grid.shape
    first = grid.transpose(2, 1, 0).reshape(channels, height * width).argmax(axis=1)
    return np.stack([first % height, first // height], axis=1)


def max_mask(grid: NDArray[np.float32], ignore_dead_channels: bool = False) -> NDArray[np.bool_]:
    """Keep every cell on which at least one channel has its maximum:  M = {argmax_(x,y) F^(k) : k = 1..K}.

    Args:
        grid: (H, W, K).
        ignore_dead_channels: leave out channels that are zero everywhere, which otherwise all choose the top-left cell.
            The authors' code keeps them (ALGORITHMS section 2), so that is the default.

    Returns:
        (H, W) bool.

    Source: paper equation (2); the authors' ``apply_mask`` for ties.  Their code fails on grids of one row; this does not.
    """
    flat = grid.reshape(-1, grid.shape[2])
    hits = flat == flat.max(axis=0)
    counts = _counts(hits)
    level = counts == len(flat)  # equal everywhere, as dead channels are: they fall on the first cell
    tied = ~level & (counts > 1)
    hits[:, level | tied] = False
    if ignore_dead_channels:
        level &= flat[0] != 0
    mask: NDArray[np.bool_] = hits.any(axis=1).reshape(grid.shape[:2])
    mask[0, 0] |= level.any()
    # Most channels have one strongest cell; the order of cells matters for the others only, and finding it takes longer.
    peaks = channel_peaks(grid[:, :, tied])
    mask[peaks[:, 0], peaks[:, 1]] = True
    return mask


def _counts(hits: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Number of True values in each column; summed in blocks of 255 rows, whose sums fit in a byte and are quick."""
    parts = (hits[start : start + BYTE].view(np.uint8).sum(axis=0, dtype=np.uint8) for start in range(0, len(hits), BYTE))
    counts: NDArray[np.int64] = np.sum([part.astype(np.int64) for part in parts], axis=0)
    return counts
