"""Subwindows of a photo: parts of its grid with a separate code each, so that small objects are found too.

They are cut from the grid, so the network runs only once.  Each has its own mask, as a crop of the photo would have.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.util.errors import UserError

LAYOUTS: dict[str, tuple[tuple[float, int], ...]] = {
    "none": (),
    "half": ((1 / 2, 3),),
    "third": ((1 / 2, 3), (1 / 3, 5)),
}
"""Window sizes as fractions of the photo's sides, and the number of windows along each side; they overlap by about half."""

DEFAULT_LAYOUT = "half"

Window = tuple[int, int, int, int]
"""``(row0, row1, column0, column1)``, half-open, in cells."""


def subwindow_count(layout: str) -> int:
    """Number of windows of each photo.

    Raises:
        UserError: no such layout.
    """
    if layout not in LAYOUTS:
        raise UserError(f"there is no layout '{layout}'", "--windows", f"There are: {', '.join(LAYOUTS)}.")
    return sum(side * side for _, side in LAYOUTS[layout])


def subwindows(shape: tuple[int, int], layout: str) -> list[Window]:
    """The windows of a grid of ``(H, W)`` cells, always ``subwindow_count(layout)``; on tiny grids some are equal."""
    return [
        (row, row + height, column, column + width)
        for part, side in LAYOUTS[layout]
        for height, width in [(_length(shape[0], part), _length(shape[1], part))]
        for row in _starts(shape[0] - height, side)
        for column in _starts(shape[1] - width, side)
    ]


def _length(cells: int, part: float) -> int:
    return max(1, round(cells * part))


def _starts(room: int, side: int) -> list[int]:
    starts: NDArray[np.intp] = np.rint(np.linspace(0, room, side)).astype(np.intp)
    return [int(start) for start in starts]
