"""What the network is shown for a box that a person draws: the box with a little slack, and what lies around it.

The paper crops a query and shows the crop alone to the network, and so do our evaluations (``describer.prepare``).  A cell
at the border of a crop then sees padding where its receptive field leaves the crop, and in a small crop most cells do.
Here the crop passes the network with its surroundings, and of the grid only the cells of the box are kept; the box is taken
a little wider, as a hand does not draw it tight (measured: ``tests/benchmarks/boxes.py``).
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
"""By so much of its width and height a box is widened on each side."""

MARGIN = 80
"""Pixels of the resized photo that the network sees around it."""

LEAST_SIDE = 112
"""A box whose shorter side is below this after resizing is enlarged to it."""


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
    """The box with its slack, in full pixels, as far as the photo goes.

    Raises:
        UserError: the box lies outside the photo.
    """
    height, width = photo.shape[:2]
    dx, dy = SLACK * box.width, SLACK * box.height
    crop(photo, box)  # a box beside the photo must not become one on it by its slack
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
    """By how much the region is resized: as the whole photo, or more when it is small, but not beyond ``longest``."""
    whole = longest / max(photo)
    enlarged = max(whole, least / min(region.width, region.height))
    return min(enlarged, max(whole, longest / max(region.width, region.height)))
