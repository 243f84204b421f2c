"""The table of a library that keeps the keypoints of its photos, so that verification needs no original file.

A keypoint takes 72 bytes: x, y, size and direction as 16-bit numbers, and its row.
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

PLACE = np.dtype("<u2")

STEPS = 65535
"""Of a place over the photo's longer side."""

SIZE_STEPS = 64
"""Of a keypoint's size, a pixel of the resized photo."""

TURN_STEPS = 65536
"""Of a whole turn."""

MOST = POINTS
"""Keypoints of a photo beyond which a library is not believed."""


class PointsTable:
    """Reads the keypoints that ``store_points`` wrote.

    Args:
        rows: gives the checked rows of a statement (``Library``); ``has``: whether the library has a table, as those of
            earlier versions lack this one; ``library``: its file.
    """

    def __init__(self, rows: Callable[..., list[Any]], has: Callable[[str], bool], library: Path) -> None:
        self._rows, self._has, self._library = rows, has, library

    def of(self, photo: int) -> Points | None:
        """The keypoints of a photo; None when they are not stored.

        Raises:
            UserError: lengths that do not fit: a damaged or hostile file.
        """
        if not self._has("points"):
            return None
        rows = self._rows(
            "SELECT width, height, places, rows FROM points JOIN photos ON id = photo WHERE photo = ?",
            (photo,),
            *("photos.width", "photos.height", "points.places", "points.rows"),
        )
        if not rows:
            return None
        width, height, places, descriptors = rows[0]
        count = len(places) // 8
        if len(places) != 8 * count or len(descriptors) != LENGTH * count or count > MOST or min(width, height) < 1:
            raise damaged(self._library)
        return unpacked(width, height, places, descriptors)


def store_points(db: sqlite3.Connection, photo: int | None, points: Points | None) -> None:
    """Write the keypoints of a whole photo, if they are known."""
    if photo is None or points is None:
        return
    db.execute("INSERT OR REPLACE INTO points VALUES (?, ?, ?)", (photo, packed(points), points.descriptors.tobytes()))


def packed(points: Points) -> bytes:
    """Places, sizes and directions as stored."""
    longest = max(points.region.width, points.region.height)
    columns = (
        points.xy[:, 0] * (STEPS / longest),
        points.xy[:, 1] * (STEPS / longest),
        points.size * (points.scale * SIZE_STEPS),
        points.angle * (TURN_STEPS / (2 * np.pi)) % TURN_STEPS,
    )
    numbers = np.rint(np.stack(columns, axis=1))
    numbers[:, 3] %= TURN_STEPS
    return np.clip(numbers, 0, STEPS).astype(PLACE).tobytes()


def unpacked(width: int, height: int, places: bytes, descriptors: bytes) -> Points:
    """What ``packed`` made of the keypoints of a photo of this size."""
    numbers: NDArray[np.float32] = np.frombuffer(places, dtype=PLACE).reshape(-1, 4).astype(np.float32)
    scale = scale_of(width, height)
    return Points(
        numbers[:, :2] * np.float32(max(width, height) / STEPS),
        numbers[:, 2] / np.float32(scale * SIZE_STEPS),
        numbers[:, 3] * np.float32(2 * np.pi / TURN_STEPS),
        np.frombuffer(descriptors, dtype=np.int8).reshape(len(numbers), LENGTH),
        Box(0, 0, width, height),
        scale,
    )
