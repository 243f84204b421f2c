"""A configuration, its fitted stages and the network: a photo, or a box on it, to its descriptor and code.

photo -> resize or crop -> backbone -> grid -> mask -> ``core.chain.stages``
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.backbones import Backbone
from core.chain.config import DescriberConfig
from core.chain.stages import Description, Grid, Mask, Stages, WindowMask
from core.chain.subwindows import subwindow_count, subwindows
from core.geometry import Box
from core.masks.max import max_mask
from core.masks.sift import detect_keypoints, sift_mask
from core.masks.sum import sum_mask
from core.photos.images import Rgb, crop, resize_by
from core.util.errors import UserError

SIAMAC_SHORTEST = 224
NOWHERE: Rgb = np.zeros((1, 1, 3), dtype=np.uint8)
"""Stands in for the photo where a mask does not use it."""


def prepare(photo: Rgb, box: Box | None, config: DescriberConfig, stride: int) -> Rgb:
    """The input of the network: the photo, or the crop of ``box``, resized with the ratio of the whole photo.

    The crop is cut from the original and resized with the whole photo's ratio (ALGORITHMS section 1).  If its shorter side
    is then below ``config.shortest_query_side``, it is enlarged to that.  A side shorter than one cell is padded with its
    border pixels, so that there is at least one cell.

    Raises:
        UserError: the box lies outside the photo.
    """
    ratio = config.longest_side / max(photo.shape[:2])
    if box is not None:
        photo = crop(photo, box)
        ratio = max(ratio, config.shortest_query_side / min(photo.shape[:2]))
        ratio = min(ratio, config.longest_side / max(photo.shape[:2]))
    if config.backbone.partition("@")[0] == "siamac":
        ratio = siamac_ratio(photo.shape[:2], config.longest_side, box is not None)
    shown = resize_by(photo, ratio)
    missing = [max(0, stride - side) for side in shown.shape[:2]]
    return np.pad(shown, ((0, missing[0]), (0, missing[1]), (0, 0)), mode="edge") if any(missing) else shown


def siamac_ratio(shape: tuple[int, ...], longest_side: int, cropped: bool) -> float:
    """The resize ratio of a photo or crop of ``shape``, by the authors' rule for siaMAC (ALGORITHMS section 1).

    Photos are resized to the longest side, but not so far that the shorter side falls below 224.  Crops are only enlarged,
    if their shorter side is below 224.
    """
    shorter, longer = min(shape), max(shape)
    if cropped:
        return max(1.0, SIAMAC_SHORTEST / shorter)
    return SIAMAC_SHORTEST / shorter if longer / shorter > longest_side / SIAMAC_SHORTEST else longest_side / longer


@dataclass(frozen=True)
class Shown:
    """A photo ready for the network.

    Attributes:
        pixels: of ``prepare``.
        points: (N, 2) keypoints on ``pixels``, if the mask uses them; found while photos are decoded, so that the network
            does not wait for them.
    """

    pixels: Rgb
    points: NDArray[np.float64] | None


def photo_shown(photo: Rgb, config: DescriberConfig, stride: int) -> Shown:
    """All preparation of a photo before the network."""
    pixels = prepare(photo, None, config, stride)
    return Shown(pixels, detect_keypoints(pixels, config.sift_contrast)[0] if config.mask == "sift" else None)


def make_mask(config: DescriberConfig, grid: Grid, shown: Rgb, points: NDArray[np.float64] | None = None) -> Mask:
    """The configured mask of a grid.

    Args:
        shown: the resized photo that the grid was computed from.
        points: its keypoints, if they are known.
    """
    if config.mask == "max":
        return max_mask(grid, config.ignore_dead_channels)
    if config.mask == "sum":
        return sum_mask(grid, config.sum_percentile)
    if config.mask == "sift":
        if points is None:
            points, _, _ = detect_keypoints(shown, config.sift_contrast)
        return sift_mask(points, shown.shape[:2], grid.shape[:2], config.sift_dilation)
    return np.ones(grid.shape[:2], dtype=bool)


def windows_of(config: DescriberConfig, grid: Grid, mask: Mask, layout: str) -> list[WindowMask]:
    """The windows of a grid, each with the cells that it keeps; see ``Describer.parts``."""
    parts = []
    for window in subwindows((grid.shape[0], grid.shape[1]), layout):
        rows, columns = slice(*window[:2]), slice(*window[2:])
        part = mask[rows, columns] if config.mask == "sift" else make_mask(config, grid[rows, columns], NOWHERE)
        parts.append((window, part))
    return parts


@dataclass(frozen=True)
class DescribedPhoto:
    """What a library stores of a photo.

    Attributes:
        cells: ``(rows, columns)`` of the grid.
        windows: (W, L / 8) uint8, the codes of the windows; None if the layout has no windows.
    """

    description: Description
    cells: tuple[int, int]
    windows: NDArray[np.uint8] | None


class Describer:
    """Describes photos and boxes; safe to share between threads, as describing does not change it."""

    def __init__(self, config: DescriberConfig, stages: Stages, backbone: Backbone) -> None:
        self.config, self.stages, self.backbone = config, stages, backbone

    def describe(self, photo: Rgb, box: Box | None = None) -> Description:
        """The description of a photo, or of a box on it.

        Raises:
            UserError: the box lies outside the photo.
        """
        shown = prepare(photo, box, self.config, self.backbone.stride)
        grid = self.backbone.grid(shown)
        return self.encode(grid, make_mask(self.config, grid, shown))

    def describe_shown(self, shown: Shown, layout: str) -> DescribedPhoto:
        """What a library stores of a photo.

        Args:
            layout: of the windows, see ``core.chain.subwindows``.
        """
        grid = self.backbone.grid(shown.pixels)
        mask = make_mask(self.config, grid, shown.pixels, shown.points)
        cells = grid.shape[0], grid.shape[1]
        if not subwindow_count(layout):
            return DescribedPhoto(self.encode(grid, mask), cells, None)
        description, codes = self.encode_all(grid, mask, layout)
        return DescribedPhoto(description, cells, codes)

    def encode_all(self, grid: Grid, mask: Mask, layout: str) -> tuple[Description, NDArray[np.uint8]]:
        """``encode``, and the codes of the grid's windows, (W, L / 8); quicker than one after the other.

        Args:
            layout: see ``core.chain.subwindows``.
        """
        return self.stages.encode_all(grid, mask, self.parts(grid, mask, layout))

    def parts(self, grid: Grid, mask: Mask, layout: str) -> list[WindowMask]:
        """The windows of a grid, each with the cells that it keeps.

        Args:
            mask: of the whole grid.  A SIFT mask is cut to each window; the other masks are computed for each window.
        """
        return windows_of(self.config, grid, mask, layout)

    def encode(self, grid: Grid, mask: Mask) -> Description:
        """The description of the cells of ``grid`` that ``mask`` keeps."""
        return self.stages.encode(grid, mask)


def check_backbone(config: DescriberConfig, backbone: Backbone, stages: Stages) -> None:
    """Refuse stages that were fitted on another network.

    Raises:
        UserError: the channels differ.
    """
    if stages.channels != backbone.channels:
        raise UserError(
            f"the describer was fitted on {stages.channels} channels,"
            f" the backbone '{config.backbone}' has {backbone.channels}"
        )
