"""Which outlines a camera can make of a rectangle, and where they may lie on a photo."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.geometry import Box, clipped_polygon, polygon_area

LARGEST_SCALE = 10.0
"""Largest scale of a side against the query's, and the inverse of the smallest."""

LONGEST_STRETCH = 3.5
"""Largest ratio of the sides' scales: a wall seen at an angle of about 73 degrees."""

LARGEST_FAN = 2.0
"""Largest ratio of opposite sides, as of the near and the far edge of a wall."""

SHARPEST = np.radians(35.0)
"""Smallest angle of a corner, radians; the largest is its supplement."""

LEAST_SEEN = 0.12
"""Least share of the outline's area that lies on the photo."""

FARTHEST = 1.5
"""Largest distance of a corner from the photo, in sides of the photo."""


def possible(corners: NDArray[np.float64], asked: Box, photo: Box) -> bool:
    """Whether an outline, (4, 2), on a photo can be a camera's view of the query's box.

    It must be convex and not mirrored, within the module's bounds of scale, stretch and angles, and on the photo.
    """
    if not np.isfinite(corners).all():
        return False
    sides = np.roll(corners, -1, axis=0) - corners
    lengths = np.linalg.norm(sides, axis=1)
    following = np.roll(sides, -1, axis=0)
    crosses = sides[:, 0] * following[:, 1] - sides[:, 1] * following[:, 0]
    if (lengths <= 0).any() or (crosses <= 0).any():
        return False
    turned = np.arctan2(crosses, (sides * following).sum(axis=1))  # by how much the outline turns at each corner
    scales = lengths / np.maximum((asked.width, asked.height) * 2, 1e-9)
    fans = np.maximum(lengths[:2], lengths[2:]) / np.minimum(lengths[:2], lengths[2:])
    return bool(
        turned.min() >= SHARPEST
        and turned.max() <= np.pi - SHARPEST
        and scales.max() <= LARGEST_SCALE
        and scales.min() >= 1 / LARGEST_SCALE
        and scales.max() <= LONGEST_STRETCH * scales.min()
        and fans.max() <= LARGEST_FAN
        and _is_near(corners, photo)
        and seen(corners, photo) >= LEAST_SEEN
    )


def seen(corners: NDArray[np.float64], photo: Box) -> float:
    """The share of a convex outline's area, (4, 2), that lies on a photo, 0 to 1."""
    outline = tuple((float(x), float(y)) for x, y in corners)
    whole = polygon_area(outline)
    return polygon_area(clipped_polygon(outline, photo)) / whole if whole > 0 else 0.0


def _is_near(corners: NDArray[np.float64], photo: Box) -> bool:
    low = np.array([photo.x0, photo.y0]) - FARTHEST * np.array([photo.width, photo.height])
    high = np.array([photo.x1, photo.y1]) + FARTHEST * np.array([photo.width, photo.height])
    return bool((corners >= low).all() and (corners <= high).all())
