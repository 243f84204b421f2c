"""Masks of a photo or box (Fig. 2), and of a whole collection (Fig. 3), with the settings that change them."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.geometry import Box
from core.records.library import Skipped
from core.records.masks import CellMaps, Keypoints, MaskStatistics, MaskSummary, PhotoMasks
from core.records.search import Query

EXPORT_KINDS = ("png", "svg", "pdf", "masks-png", "masks-npy", "csv")
"""Exports of a photo: the figure; its masks as images (a white pixel for each kept cell) or boolean arrays.  ``csv`` is one
table of all photos."""


@dataclass(frozen=True)
class LensSettings:
    """Settings that the user may change to see their effect; None or the default is the value of the paper or the library.

    ``longest_side`` and ``pool`` change the grid; the others change only the masks.
    """

    sum_percentile: float = 50.0
    sift_contrast: float = 4.0
    sift_dilation: int = 1
    ignore_dead_channels: bool = False
    longest_side: int | None = None
    pool: bool | None = None


@dataclass(frozen=True)
class Inspection:
    """Everything Fig. 2 shows of one photo, or of a box on it.

    Attributes:
        region: the part of the photo that was described, in image pixels (the whole photo if ``query.box`` is None).
        grid_shape: ``(H, W, K)``.
        cell_size: ``(height, width)`` of one cell in image pixels; cell (r, c) begins at
            ``(region.x0 + c * width, region.y0 + r * height)``.
        masks: a ``MaskStatistics`` for each of ``MASK_NAMES``.
        keypoints: in image pixels of the whole photo.
    """

    query: Query
    region: Box
    grid_shape: tuple[int, int, int]
    cell_size: tuple[float, float]
    masks: dict[str, MaskStatistics]
    keypoints: Keypoints
    preset: str
    seconds: float
    maps: CellMaps | None = None
    settings: LensSettings = field(default_factory=LensSettings)


@dataclass(frozen=True)
class Survey:
    """Fig. 3 for a collection or a sample of it, with the photos it was measured on.

    ``total`` is the number of photos of the collection; ``summaries`` has one for each of ``MASK_NAMES``.
    """

    total: int
    summaries: dict[str, MaskSummary]
    photos: tuple[PhotoMasks, ...]
    skipped: tuple[Skipped, ...]
    cells: float
