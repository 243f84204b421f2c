"""Describe a query: exactly, or live while its box is dragged."""

from __future__ import annotations

import numpy as np

from core.chain.describer import NOWHERE, Describer, make_mask
from core.chain.stages import Description, Grid, Mask, SelectiveStages
from core.geometry import Box, box_to_cells
from core.masks.painted import cut_out, mask_of
from core.masks.sift import sift_mask
from core.records import Query
from core.search.grid_cache import View, ViewCache
from core.search.query_region import widened
from core.search.ranking.matching import Cells
from core.util.errors import UserError

QueryDescription = tuple[Description, Cells]
"""A description, and its cells in the form in which they are matched."""


def describe_query(query: Query, describer: Describer, views: ViewCache) -> QueryDescription:
    """The exact description: the network is shown the box and its surroundings (``core.search.query_region``).

    Raises:
        UserError: a bad photo, a box outside it, or nothing in it that can be described.
    """
    view = views.view(query, describer.config, describer.backbone)
    mask = searched_mask(query, view, describer)
    return _with_cells(describer.encode(view.grid, mask), mask.shape, view.region, query)


def describe_live(query: Query, describer: Describer, views: ViewCache) -> QueryDescription:
    """The description of the cells of the whole photo's grid that lie in the box, without a pass of the network.

    These cells also depend on pixels outside the box, so the ranking is close to the exact one, but not equal.

    Raises:
        UserError: as ``describe_query``.
    """
    if query.box is None or not describer.backbone.dense:
        return describe_query(query, describer, views)
    view = views.view(Query(query.path), describer.config, describer.backbone)
    cell = describer.backbone.stride * max(view.photo.shape[:2]) / max(view.shown.shape[:2])
    region = widened(view.photo, query.box)
    row0, row1, column0, column1 = box_to_cells(region, (cell, cell), view.grid.shape[:2])
    part = view.grid[row0:row1, column0:column1]
    mask = _part_mask(describer, view, part, (row0, column0))
    mask = cut_out(mask, region, _unwanted(query))
    return _with_cells(describer.encode(part, mask), mask.shape, region, query)


def describe_stored(query: Query, stages: SelectiveStages, cells: Cells, size: tuple[int, int]) -> QueryDescription | None:
    """The description of a box by the cells that a library keeps of the whole photo; None: none of them lies in the box.

    Nothing is decoded and no network is needed.  It is near that of ``describe_live``: the mask is that of the whole photo.

    Args:
        size: width and height of the photo.

    Raises:
        UserError: the box lies outside the photo.
    """
    assert query.box is not None
    width, height = size
    # Only the size of the photo is asked.
    region = widened(np.broadcast_to(np.zeros(1, dtype=np.uint8), (height, width, 3)), query.box)
    rows, columns = cells.shape
    row0, row1, column0, column1 = box_to_cells(region, (height / rows, width / columns), cells.shape)
    mask = np.zeros(cells.shape, dtype=bool)
    mask[cells.positions[:, 0], cells.positions[:, 1]] = True
    part = cut_out(mask[row0:row1, column0:column1], region, _unwanted(query))
    mask[:] = False
    mask[row0:row1, column0:column1] = part
    inside = mask[cells.positions[:, 0], cells.positions[:, 1]]
    if not inside.any():
        return None
    positions = cells.positions[inside].astype(np.intp) - (row0, column0)
    return _with_cells(stages.encode_reduced(cells.features[inside], positions), part.shape, region, query)


def searched_mask(query: Query, view: View, describer: Describer) -> Mask:
    """The cells that a query is searched with: painted ones, or those of the mask, without unwanted boxes."""
    mask = make_mask(describer.config, view.grid, view.shown)
    if query.cells is not None:
        mask = mask_of(query.cells, mask.shape)
    return cut_out(mask, view.region, _unwanted(query))


def _unwanted(query: Query) -> list[Box]:
    """Unwanted boxes on the query's own photo."""
    return [e.box for e in query.more if not e.good and e.box is not None and e.path == query.path]


def _part_mask(describer: Describer, view: View, part: Grid, corner: tuple[int, int]) -> Mask:
    """The mask of a part of a grid; for the SIFT mask keypoints of the whole photo are used."""
    config = describer.config
    if config.mask != "sift":
        return make_mask(config, part, NOWHERE)
    whole = sift_mask(
        view.keypoints(config.sift_contrast)[0], view.shown.shape[:2], view.grid.shape[:2], config.sift_dilation
    )
    mask = whole[corner[0] : corner[0] + part.shape[0], corner[1] : corner[1] + part.shape[1]]
    return mask if mask.any() else np.ones_like(mask)


def _with_cells(description: Description, shape: tuple[int, ...], region: Box, query: Query) -> QueryDescription:
    if not description.descriptor.any():
        raise UserError(
            "nothing in this part of the photo can be described",
            str(query.path),
            "Draw the box on something with structure.",
        )
    rows, columns = shape[:2]
    area = None
    if query.box is not None:
        down, right = rows / region.height, columns / region.width
        x0, y0, x1, y1 = query.box.as_tuple()
        area = (y0 - region.y0) * down, (x0 - region.x0) * right, (y1 - region.y0) * down, (x1 - region.x0) * right
    return description, Cells((rows, columns), description.positions, description.features, area)
