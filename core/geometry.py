"""The box that the user draws, in image pixels, and the pixels and cells that it covers.

Boxes are ``(x0, y0, x1, y1)`` in pixels of the photo after its EXIF turn, half-open: x0 <= x < x1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

from core.util.errors import UserError

Corners = tuple[tuple[float, float], ...]
"""The corners of a polygon, ``(x, y)`` each."""

HANDLES = ("nw", "n", "ne", "e", "se", "s", "sw", "w")


@dataclass(frozen=True)
class Box:
    """A rectangle in image pixels, half-open, with ``x0 <= x1`` and ``y0 <= y1``."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """Width in image pixels."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Height in image pixels."""
        return self.y1 - self.y0

    @property
    def centre(self) -> tuple[float, float]:
        """The centre ``(x, y)`` in image pixels."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    @property
    def corners(self) -> tuple[tuple[float, float], ...]:
        """The four corners ``(x, y)``, clockwise from the top left one."""
        return (self.x0, self.y0), (self.x1, self.y0), (self.x1, self.y1), (self.x0, self.y1)

    def as_tuple(self) -> tuple[float, float, float, float]:
        """``(x0, y0, x1, y1)``."""
        return self.x0, self.y0, self.x1, self.y1

    def contains(self, x: float, y: float) -> bool:
        """Whether the point lies in the half-open box."""
        return self.x0 <= x < self.x1 and self.y0 <= y < self.y1

    def clipped(self, width: float, height: float) -> Box:
        """The part of the box that lies on an image of ``width`` x ``height`` pixels (possibly empty)."""
        x0, x1 = (min(max(v, 0.0), float(width)) for v in (self.x0, self.x1))
        y0, y1 = (min(max(v, 0.0), float(height)) for v in (self.y0, self.y1))
        return Box(x0, y0, x1, y1)

    def moved(self, dx: float, dy: float, width: int, height: int) -> Box:
        """The box shifted by ``(dx, dy)``, at most to the borders of the image; its size stays the same."""
        dx = min(max(dx, -self.x0), width - self.x1)
        dy = min(max(dy, -self.y0), height - self.y1)
        return Box(self.x0 + dx, self.y0 + dy, self.x1 + dx, self.y1 + dy)

    def resized(self, handle: str, x: float, y: float, width: int, height: int) -> Box:
        """The box with one of its eight ``HANDLES`` moved to ``(x, y)``, clipped to the image; sides may cross."""
        x0, y0, x1, y1 = self.as_tuple()
        x0, x1 = (x, x1) if "w" in handle else (x0, x) if "e" in handle else (x0, x1)
        y0, y1 = (y, y1) if "n" in handle else (y0, y) if "s" in handle else (y0, y1)
        return box_from_corners(x0, y0, x1, y1).clipped(width, height)

    def handle_positions(self) -> dict[str, tuple[float, float]]:
        """The positions of the eight resize handles, in image pixels."""
        cx, cy = self.centre
        column = {"w": self.x0, "e": self.x1}
        row = {"n": self.y0, "s": self.y1}
        return {name: (column.get(name[-1], cx), row.get(name[0], cy)) for name in HANDLES}

    def handle_at(self, x: float, y: float, reach: float) -> str | None:
        """The nearest handle within ``reach`` image pixels of ``(x, y)``, or None."""
        distances = {name: math.hypot(x - hx, y - hy) for name, (hx, hy) in self.handle_positions().items()}
        nearest = min(distances, key=lambda name: distances[name])
        return nearest if distances[nearest] <= reach else None

    def __str__(self) -> str:
        return ",".join(f"{v:g}" for v in self.as_tuple())


def clipped_polygon(corners: Corners, frame: Box) -> Corners:
    """The part of a convex polygon that lies in a frame; may be empty."""
    return common_polygon(corners, frame.corners)


def common_polygon(first: Corners, second: Corners) -> Corners:
    """The intersection of two convex polygons (Sutherland and Hodgman); may be empty.

    The corners of ``second`` must be in clockwise order on the screen, where y points down.  OpenCV's
    ``intersectConvexConvex`` is not used: if corners of both are nearly on one line, its result exceeds both polygons.
    """
    found = list(first)
    for start, end in zip(second, second[1:] + second[:1], strict=True):
        kept: list[tuple[float, float]] = []
        sides = [_beside(point, start, end) for point in found]
        for (before, was), (point, now) in pairwise(zip(found[-1:] + found, sides[-1:] + sides, strict=True)):
            if (now >= 0) != (was >= 0):
                share = was / (was - now)
                kept.append((before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])))
            if now >= 0:
                kept.append(point)
        found = kept
    return tuple(found)


def polygon_area(corners: Corners) -> float:
    """The area of a polygon without self-intersections."""
    following = corners[1:] + corners[:1]
    return abs(sum(x * v - u * y for (x, y), (u, v) in zip(corners, following, strict=True))) / 2


def _beside(point: tuple[float, float], start: tuple[float, float], end: tuple[float, float]) -> float:
    """Positive if the point is right of the line from ``start`` to ``end`` on the screen, where y points down."""
    return (end[0] - start[0]) * (point[1] - start[1]) - (end[1] - start[1]) * (point[0] - start[0])


def box_from_corners(xa: float, ya: float, xb: float, yb: float) -> Box:
    """The box spanned by two opposite corners, in any order."""
    return Box(min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))


def parse_box(text: str) -> Box:
    """Read ``"x0,y0,x1,y1"``.

    Raises:
        UserError: not four finite numbers, or an empty box.
    """
    try:
        values = [float(part) for part in text.split(",")]
    except ValueError:
        values = []
    if len(values) != 4 or not all(math.isfinite(v) for v in values):
        raise UserError(f"'{text}' is not a box", "--box", "Give four numbers in image pixels: x0,y0,x1,y1.")
    if values[2] <= values[0] or values[3] <= values[1]:
        raise UserError(f"the box {text} is empty", "--box", "It needs x0 < x1 and y0 < y1.")
    return Box(*values)


def crop_rows_columns(box: Box, height: int, width: int) -> tuple[int, int, int, int]:
    """The pixels that a query box covers: ``(row0, row1, column0, column1)``, half-open; empty if it is outside.

    The authors' rule (ALGORITHMS section 1): with b = round_half_up(max(box + 1, 1)), rows b.y0 .. min(b.y1, H) and columns
    b.x0 .. min(b.x1, W), counted from 1 and inclusive.  So a box of whole pixels includes the row y1 and the column x1.
    """
    x0, y0, x1, y1 = (math.floor(max(v + 1, 1) + 0.5) for v in box.as_tuple())
    return y0 - 1, min(y1, height), x0 - 1, min(x1, width)


def box_to_cells(box: Box, cell_size: tuple[float, float], grid_shape: tuple[int, int]) -> tuple[int, int, int, int]:
    """The cells of a grid whose centres lie in the box: ``(row0, row1, column0, column1)``, half-open, never empty.

    If no cell's centre lies in the box, the cell under the box's centre is returned.

    Args:
        box: in image pixels.
        cell_size: ``(height, width)`` of a cell in image pixels; cell (r, c) begins at (r * height, c * width).
        grid_shape: ``(H, W)``.
    """
    (cell_h, cell_w), (rows, columns) = cell_size, grid_shape
    row0, row1 = _span(box.y0, box.y1, cell_h, rows)
    column0, column1 = _span(box.x0, box.x1, cell_w, columns)
    return row0, row1, column0, column1


def _span(low: float, high: float, cell: float, count: int) -> tuple[int, int]:
    """The half-open range of cells along one axis whose centres lie in [low, high); at least one cell."""
    first = math.ceil(low / cell - 0.5)
    last = math.ceil(high / cell - 0.5)
    if last <= first:
        first = math.floor((low + high) / 2 / cell)
        last = first + 1
    first = min(max(first, 0), count - 1)
    return first, max(min(last, count), first + 1)
