"""Masks: their names and colours, the statistics of one, and what is known of single cells."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

MASK_NAMES = ("none", "sift", "sum", "max")

LAYER_COLOURS = {"keypoints": "#F0E442", "sift": "#56B4E9", "sum": "#E69F00", "max": "#009E73"}
"""Of masks and keypoints, in the window and in figures: Okabe and Ito's, which the colour-blind tell apart."""

LOW_COVARIANCE = 0.15
"""Two features are nearly uncorrelated if the absolute value of their dot product is at most this (Fig. 3b)."""

BINS = 100
"""Bins of a covariance histogram, over [-1, 1]."""

BIN_EDGES: NDArray[np.float64] = np.linspace(-1.0, 1.0, BINS + 1)


@dataclass(frozen=True)
class Keypoints:
    """SIFT keypoints in image pixels, 0-based: ``xy`` (N, 2), ``size`` (N,) diameters, ``angle`` (N,) degrees."""

    xy: NDArray[np.float32]
    size: NDArray[np.float32]
    angle: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.xy)


@dataclass(frozen=True)
class MaskStatistics:
    """One mask of one photo, and the covariances of the features that it keeps (Fig. 2).

    Attributes:
        cells: (H, W) bool, True where the feature is kept.
        histogram: (100,) share of feature pairs in each bin of [-1, 1]; zeros with fewer than two features.
        low_covariance_fraction: share of pairs with |dot| <= 0.15 (Fig. 3b); None with fewer than two features.
    """

    name: str
    cells: NDArray[np.bool_]
    histogram: NDArray[np.float64]
    low_covariance_fraction: float | None

    @property
    def kept(self) -> int:
        """Number of kept cells."""
        return int(self.cells.sum())

    @property
    def kept_fraction(self) -> float:
        """Kept cells over all cells."""
        return self.kept / self.cells.size


@dataclass(frozen=True)
class CellMaps:
    """Properties of each cell of a grid.

    Attributes:
        sums: Σ, (H, W) float32, the sum over the channels.
        threshold: of the SUM mask.
        winners: (H, W) uint16, the number of channels whose maximum lies on the cell.
        peaks: (K, 2) int16, row and column of each channel's maximum.
        dead: (K,) bool, channels that are zero everywhere; their maximum counts as the top left cell.
        receptive_field: side in image pixels of the square around a cell's centre that the cell's feature depends on.
    """

    sums: NDArray[np.float32]
    threshold: float
    winners: NDArray[np.uint16]
    peaks: NDArray[np.int16]
    dead: NDArray[np.bool_]
    receptive_field: float


@dataclass(frozen=True)
class MaskSummary:
    """Fig. 3 for one mask over a collection: means and the half widths of their 95 % confidence intervals.

    ``low_covariance`` is the share of feature pairs with |dot| <= 0.15; photos with fewer than two features are left out.
    """

    mask: str
    photos: int
    kept: float
    kept_error: float
    low_covariance: float
    low_covariance_error: float
    histogram: NDArray[np.float64]


@dataclass(frozen=True)
class PhotoMasks:
    """One photo of a survey: for each mask the share of kept cells, and of nearly uncorrelated pairs (None: no pairs)."""

    path: Path
    kept: dict[str, float]
    low_covariance: dict[str, float | None]
