"""What the network is shown for a box that a person draws: the box with a little slack, and its surroundings.

The paper crops the query and shows only the crop to the network, and so do our evaluations (``describer.prepare``).  The
receptive fields of cells at the border of a crop then contain padding; in a small crop these are most cells.  Here the
network is shown the surroundings too, and only the cells of the box are kept.  The box is taken a little wider, as people
do not draw boxes tightly (measured by ``tests/benchmarks/boxes.py``).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.backbones import Backbone
from core.chain.config import DescriberConfig
from core.chain.describer import prepare
from core.chain.stages import Grid
from core.geometry import Box, crop_rows_columns
from core.photos.images import Rgb, crop, resize_by

SLACK = 0.15
"""A box is widened on each side by this share of its width or height."""

MARGIN = 80
"""Pixels of the resized photo around the box that the network is shown."""

LEAST_SIDE = 112
"""Least shorter side of a resized box, in pixels; smaller ones are enlarged."""


@dataclass(frozen=True)
class Look:
    """What was described: the ``region`` of the photo, what was ``shown`` of it, and its ``grid``."""

    region: Box
    shown: Rgb
    grid: Grid


def look(photo: Rgb, box: Box | None, config: DescriberConfig, backbone: Backbone) -> Look:
    """The grid of a photo, or of a box on it.

    Raises:
        UserError: the box lies outside the photo.
    """
    if box is None or not backbone.dense:
        shown = prepare(photo, box, config, backbone.stride)
        return Look(covered(photo, box), shown, backbone.grid(shown))
    stride, region = backbone.stride, widened(photo, box)
    height, width = photo.shape[:2]
    ratio = _ratio((height, width), region, max(LEAST_SIDE, config.shortest_query_side), config.longest_side)
    cell = stride / ratio
    most = -(-MARGIN // stride)
    free = (region.y0, height - region.y1, region.x0, width - region.x1)
    top, bottom, left, right = (min(most, int(space // cell)) for space in free)
    rows = slice(round(region.y0 - top * cell), round(region.y1 + bottom * cell))
    columns = slice(round(region.x0 - left * cell), round(region.x1 + right * cell))
    shown = resize_by(photo[rows, columns], ratio)
    missing = [max(0, stride - side) for side in shown.shape[:2]]
    shown = np.pad(shown, ((0, missing[0]), (0, missing[1]), (0, 0)), mode="edge")
    inside = shown[top * stride : shown.shape[0] - bottom * stride, left * stride : shown.shape[1] - right * stride]
    grid = backbone.grid(shown)
    lines = slice(top, max(top + 1, grid.shape[0] - bottom)), slice(left, max(left + 1, grid.shape[1] - right))
    return Look(region, np.ascontiguousarray(inside), np.ascontiguousarray(grid[lines]))


def widened(photo: Rgb, box: Box) -> Box:
    """The box with its slack, in full pixels, clipped to the photo.

    Raises:
        UserError: the box lies outside the photo.
    """
    height, width = photo.shape[:2]
    dx, dy = SLACK * box.width, SLACK * box.height
    crop(photo, box)  # raises for a box outside the photo, before slack can move it inside
    return covered(photo, Box(box.x0 - dx, box.y0 - dy, box.x1 + dx - 1, box.y1 + dy - 1).clipped(width, height))


def covered(photo: Rgb, box: Box | None) -> Box:
    """The full pixels of the photo that a box covers.

    Raises:
        UserError: the box lies outside the photo.
    """
    height, width = photo.shape[:2]
    if box is None:
        return Box(0, 0, width, height)
    crop(photo, box)
    row0, row1, column0, column1 = crop_rows_columns(box, height, width)
    return Box(column0, row0, column1, row1)


def _ratio(photo: tuple[int, int], region: Box, least: int, longest: int) -> float:
    """The scale of the region: the whole photo's, or larger for a small region, up to a longer side of ``longest``."""
    whole = longest / max(photo)
    enlarged = max(whole, least / min(region.width, region.height))
    return min(enlarged, max(whole, longest / max(region.width, region.height)))
