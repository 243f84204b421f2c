"""From a query to its description: the exact one, and the live one that follows a box while it is dragged."""

from __future__ import annotations

import numpy as np

from core.boxed import widened
from core.cells import mask_of
from core.describer import NOWHERE, Describer, make_mask
from core.errors import UserError
from core.geometry import box_to_cells
from core.masks.sift import sift_mask
from core.records import Query
from core.stages import Description, Grid, Mask
from core.views import View, ViewCache

Described = tuple[Description, tuple[int, int]]
"""A description, and ``(H, W)`` of the grid that it was made of."""


def describe_query(query: Query, describer: Describer, views: ViewCache) -> Described:
    """The exact chain: the box passes the network with what lies around it (``core.boxed``).

    Raises:
        UserError: a bad photo, a box outside it, or nothing in it that can be described.
    """
    view = views.view(query, describer.config, describer.backbone)
    mask = make_mask(describer.config, view.grid, view.shown)
    if query.cells is not None:
        mask = mask_of(query.cells, mask.shape)
    return _checked(describer.encode(view.grid, mask), query), mask.shape


def describe_live(query: Query, describer: Describer, views: ViewCache) -> Described:
    """The cells of the whole photo's grid that lie in the box, without a pass of the network.

    A cell has seen what lies around the box too, so the ranking is near the exact one and not equal to it.

    Raises:
        UserError: as ``describe_query``.
    """
    if query.box is None or not describer.backbone.dense:
        return describe_query(query, describer, views)
    view = views.view(Query(query.path), describer.config, describer.backbone)
    cell = describer.backbone.stride * max(view.photo.shape[:2]) / max(view.shown.shape[:2])
    row0, row1, column0, column1 = box_to_cells(widened(view.photo, query.box), (cell, cell), view.grid.shape[:2])
    part = view.grid[row0:row1, column0:column1]
    mask = _part_mask(describer, view, part, (row0, column0))
    return _checked(describer.encode(part, mask), query), mask.shape


def _part_mask(describer: Describer, view: View, part: Grid, corner: tuple[int, int]) -> Mask:
    """The mask of a part of a grid; keypoints are taken from the whole photo."""
    config = describer.config
    if config.mask != "sift":
        return make_mask(config, part, NOWHERE)
    whole = sift_mask(
        view.keypoints(config.sift_contrast)[0], view.shown.shape[:2], view.grid.shape[:2], config.sift_dilation
    )
    mask = whole[corner[0] : corner[0] + part.shape[0], corner[1] : corner[1] + part.shape[1]]
    return mask if mask.any() else np.ones_like(mask)


def _checked(description: Description, query: Query) -> Description:
    if not description.descriptor.any():
        raise UserError(
            "nothing in this part of the photo can be described",
            str(query.path),
            "Draw the box on something with structure.",
        )
    return description
