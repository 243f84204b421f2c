"""The masks of ``core.masks`` for a batch of grids of equal shape: (B, H, W, K) to (B, H, W) bool."""

from __future__ import annotations

import torch
from torch import Tensor


def column_major(maps: Tensor) -> Tensor:
    """(B, H, W, ...) to (B, W H, ...), in the order of ``core.masks.select``: x outer, y inner."""
    return maps.transpose(1, 2).flatten(1, 2)


def max_masks(grids: Tensor, ignore_dead_channels: bool = False) -> Tensor:
    """See ``core.masks.max.max_mask``; ties go to the first cell in column-major order."""
    cells = column_major(grids)
    peaks = cells.argmax(dim=1)
    wins = torch.ones_like(peaks, dtype=torch.bool)
    if ignore_dead_channels:
        wins = (cells != 0).any(dim=1)
    count = cells.shape[1]
    # A dead channel marks an extra cell after the last one.
    marks = torch.zeros((len(cells), count + 1), dtype=torch.bool, device=grids.device)
    marks.scatter_(1, torch.where(wins, peaks, count), True)
    return marks[:, :count].reshape(len(grids), grids.shape[2], grids.shape[1]).transpose(1, 2)


def sum_masks(grids: Tensor, percentile: float = 50.0) -> Tensor:
    """See ``core.masks.sum.sum_mask``; float64 as there, where the device has it."""
    totals = grids.sum(dim=3, dtype=torch.float32 if grids.device.type == "mps" else torch.float64)
    threshold = torch.quantile(totals.flatten(1), percentile / 100, dim=1)
    return totals >= threshold[:, None, None]
