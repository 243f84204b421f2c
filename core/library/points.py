"""The table of a library with the keypoints of its photos, so that verification does not need the original files.

A keypoint takes 72 bytes: x, y, size and direction as 16-bit numbers, and its descriptor.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.geometry import Box
from core.library.causes import damaged
from core.library.limits import POINTS
from core.photos.points import LENGTH, Points, scale_of

NUMBER = np.dtype("<u2")

STEPS = 65535
"""Steps of a coordinate along the photo's longer side."""

SIZE_STEPS = 64
"""Steps of a keypoint's size for each pixel of the resized photo."""

TURN_STEPS = 65536
"""Steps of a keypoint's direction for a whole turn."""

MOST = POINTS
"""A library with more keypoints of a photo counts as damaged."""


class PointsTable:
    """Reads the keypoints that ``store_points`` wrote.

    Args:
        rows: returns the checked rows of a statement (``Library``).
        has: whether the library has a table; libraries of earlier versions lack this one.
        library: its file.
    """

    def __init__(self, rows: Callable[..., list[Any]], has: Callable[[str], bool], library: Path) -> None:
        self._rows, self._has, self._library = rows, has, library

    def of(self, photo: int) -> Points | None:
        """The keypoints of a photo; None if they are not stored.

        Raises:
            UserError: wrong lengths: the file is damaged or hostile.
        """
        if not self._has("points"):
            return None
        rows = self._rows(
            "SELECT width, height, places, rows FROM points JOIN photos ON id = photo WHERE photo = ?",
            (photo,),
            *("photos.width", "photos.height", "points.places", "points.rows"),
        )
        try:
            return checked_points(*rows[0]) if rows else None
        except ValueError as error:
            raise damaged(self._library) from error


def checked_points(width: int, height: int, positions: bytes, descriptors: bytes) -> Points:
    """``unpacked`` for a row of an untrusted library.

    Raises:
        ValueError: wrong lengths.
    """
    count = len(positions) // 8
    if len(positions) != 8 * count or len(descriptors) != LENGTH * count or count > MOST or min(width, height) < 1:
        raise ValueError("wrong lengths")
    return unpacked(width, height, positions, descriptors)


def store_points(db: sqlite3.Connection, photo: int | None, points: Points | None) -> None:
    """Write the keypoints of a whole photo, if they are known."""
    if photo is None or points is None:
        return
    db.execute("INSERT OR REPLACE INTO points VALUES (?, ?, ?)", (photo, packed(points), points.descriptors.tobytes()))


def packed(points: Points) -> bytes:
    """Positions, sizes and directions in their stored form."""
    longest = max(points.region.width, points.region.height)
    columns = (
        points.xy[:, 0] * (STEPS / longest),
        points.xy[:, 1] * (STEPS / longest),
        points.size * (points.scale * SIZE_STEPS),
        points.angle * (TURN_STEPS / (2 * np.pi)) % TURN_STEPS,
    )
    numbers = np.rint(np.stack(columns, axis=1))
    numbers[:, 3] %= TURN_STEPS
    return np.clip(numbers, 0, STEPS).astype(NUMBER).tobytes()


def unpacked(width: int, height: int, positions: bytes, descriptors: bytes) -> Points:
    """The inverse of ``packed`` for a photo of this size, with the stored descriptors."""
    numbers: NDArray[np.float32] = np.frombuffer(positions, dtype=NUMBER).reshape(-1, 4).astype(np.float32)
    scale = scale_of(width, height)
    return Points(
        numbers[:, :2] * np.float32(max(width, height) / STEPS),
        numbers[:, 2] / np.float32(scale * SIZE_STEPS),
        numbers[:, 3] * np.float32(2 * np.pi / TURN_STEPS),
        np.frombuffer(descriptors, dtype=np.int8).reshape(len(numbers), LENGTH),
        Box(0, 0, width, height),
        scale,
    )
