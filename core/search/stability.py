"""How much a ranking depends on where exactly the box was drawn, and whether the box is large enough.

The box is shifted and scaled a little, and the library is searched again each time.  A hit that few of these boxes find
has its rank by chance.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

from core.geometry import Box
from core.records import Query, Ranking, Stability
from core.util.progress import Ticket

SHIFT, SCALE = 0.08, 0.12
"""Shift of the box as a share of its sides, and change of its size."""

DEPTH = 20
"""A box finds a hit if it is among the first so many of its ranking."""

FEW = 12
"""With fewer kept cells the ranking of a query is little more than chance."""

LEAST_PX = 24
"""Least shorter side of a box in pixels; a smaller one shows only a few edges, even when enlarged."""

GROWTH, LARGEST = 1.25, 8
"""A better box is searched for in steps of this factor, at most this many."""


def variants(box: Box, size: tuple[int, int]) -> Iterator[Box]:
    """Eight boxes near a box, on a photo of ``size`` (width, height)."""
    dx, dy = SHIFT * box.width, SHIFT * box.height
    for across, down in itertools.product((-1, 1), (-1, 1)):
        yield box.moved(across * dx, down * dy, *size)
    for factor in (1 - SCALE, 1 + SCALE):
        yield scaled(box, factor).clipped(*size)
    for across in (-1, 1):
        yield box.moved(across * 2 * dx, 0, *size)


def scaled(box: Box, factor: float) -> Box:
    """The box scaled about its centre."""
    (x, y), right, down = box.centre, factor * box.width / 2, factor * box.height / 2
    return Box(x - right, y - down, x + right, y + down)


def stability(query: Query, size: tuple[int, int], search: Callable[[Query], Ranking], ticket: Ticket) -> Stability:
    """How many of the boxes near a query's box find each of its first hits too.

    Args:
        size: width and height of the photo, pixels.
        search: returns the ranking of a query.

    Raises:
        Cancelled: by the ticket.
        UserError: as the search.
    """
    if query.box is None:
        return Stability(query, {}, 0)
    near = list(variants(query.box, size))
    stays: Counter[int] = Counter()
    for box in ticket.each(near, len(near), "shifting the box"):
        stays.update(hit.photo.id for hit in search(replace(query, box=box)).hits[:DEPTH])
    first = search(query).hits[:DEPTH]
    return Stability(query, {hit.photo.id: stays[hit.photo.id] for hit in first}, len(near))


def poor(box: Box, cells: int) -> str:
    """Why a box with this number of kept cells is a poor query; empty if it is not."""
    if min(box.width, box.height) < LEAST_PX:
        return f"the box is only {box.width:.0f} × {box.height:.0f} pixels"
    return f"only {cells} cells are left of the box" if cells < FEW else ""


def better_box(query: Query, size: tuple[int, int], cells: Callable[[Query], int]) -> Box | None:
    """The smallest of some larger boxes with the same centre that is not poor; None if all are.

    Args:
        cells: returns the number of kept cells of a query.
    """
    if query.box is None:
        return None
    for step in range(1, LARGEST + 1):
        box = scaled(query.box, GROWTH**step).clipped(*size)
        if min(box.width, box.height) >= LEAST_PX and cells(replace(query, box=box)) >= FEW:
            return box
    return None
