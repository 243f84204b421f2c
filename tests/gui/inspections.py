"""Inspections made up for tests of the window: no network, no photo."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.geometry import Box
from core.records import BINS, Inspection, Keypoints, MaskStatistics, Query

LOW = {"none": 0.71, "sift": 0.78, "sum": 0.84, "max": 0.93}


def make_masks(rows: int = 24, columns: int = 32) -> dict[str, NDArray[np.bool_]]:
    """Masks of which each lies inside the one before: all cells, a left part, a lower left part, a checked part of that."""
    r, c = np.mgrid[:rows, :columns]
    sift = c < columns * 3 // 4
    lower = sift & (r >= rows // 2)
    return {"none": np.ones((rows, columns), bool), "sift": sift, "sum": lower, "max": lower & ((r + c) % 2 == 0)}


def make_histogram(peak: float) -> NDArray[np.float64]:
    """A distribution over [-1, 1] that is highest at ``peak``; sums to 1."""
    x = (np.arange(BINS) + 0.5) / BINS * 2 - 1
    shape = np.where(x >= 0, np.exp(-((x - peak) ** 2) / 0.02), 0)
    return shape / shape.sum()


def make_keypoints(count: int, width: int = 640, height: int = 480, seed: int = 0) -> Keypoints:
    """Keypoints anywhere on a photo."""
    rng = np.random.default_rng(seed)
    xy = rng.uniform((0, 0), (width, height), (count, 2))
    return Keypoints(
        xy.astype(np.float32), rng.gamma(2, 4, count).astype(np.float32) + 2, rng.uniform(0, 360, count).astype(np.float32)
    )


def make_inspection(
    box: Box | None = None,
    masks: dict[str, NDArray[np.bool_]] | None = None,
    keypoints: Keypoints | None = None,
    size: tuple[int, int] = (640, 480),
    low: dict[str, float | None] | None = None,
) -> Inspection:
    """An inspection of a photo of ``size`` (width, height), or of a box on it."""
    masks = masks or make_masks()
    low = {**LOW, **(low or {})}
    region = box or Box(0, 0, *size)
    rows, columns = masks["none"].shape
    peaks = {"none": 0.12, "sift": 0.1, "sum": 0.06, "max": 0.02}
    statistics = {name: MaskStatistics(name, masks[name], make_histogram(peaks[name]), low[name]) for name in masks}
    return Inspection(
        query=Query(Path("photo.jpg"), box),
        region=region,
        grid_shape=(rows, columns, 512),
        cell_size=(region.height / rows, region.width / columns),
        masks=statistics,
        keypoints=keypoints if keypoints is not None else make_keypoints(1204, *size),
        preset="standard",
        seconds=0.1,
    )
