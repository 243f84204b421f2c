"""MAX mask: the cell where each channel is strongest (paper III-B, equation (2))."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def channel_peaks(grid: NDArray[np.float32]) -> NDArray[np.intp]:
    """For each channel the ``(row, column)`` of its largest activation, (K, 2).

    Ties go to the first cell in column-major order (smallest column, then smallest row), as MATLAB's ``max`` over the
    column-major map does; so a channel that is zero everywhere falls on the top-left cell.
    """
    height, _, channels = grid.shape
    first = grid.transpose(2, 1, 0).reshape(channels, -1).argmax(axis=1)
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
    peaks = channel_peaks(grid)
    if ignore_dead_channels:
        peaks = peaks[grid.any(axis=(0, 1))]
    mask = np.zeros(grid.shape[:2], dtype=bool)
    mask[peaks[:, 0], peaks[:, 1]] = True
    return mask
