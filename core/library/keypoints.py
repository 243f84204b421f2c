"""The table of a library with the keypoints of its photos, so that verification does not need the original files.

A keypoint takes 45 bytes: x and y 12 bits each, size and direction one byte each, and 40 bytes for its row, whose numbers
have as many bits as they vary (``resources/tools/fit_keypoints.py``).  Measured on 381 pairs that show the same thing
(development boxes, hard boxes, sample): with 8 bits a number, 72 bytes in all, 231 are verified, with 45 bytes 232, with 37
or 33 bytes 228; with 700 keypoints instead of 1,000 217.
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
from core.photos.keypoints import LENGTH, Points, packing, scale_of

POSITION, STEPS = 5, 4095
"""Bytes of a keypoint's position, size and direction, and steps of a position over the photo's longer side: each is an
eighth of a pixel of the resized photo."""

OCTAVE = 26
"""Steps of a size, each time it doubles, from one pixel of the resized photo on."""

TURN_STEPS = 256
"""Of a whole turn."""

ROW = 40
"""Bytes of a row."""

FORM = b"\2"
"""The first byte of a photo's positions, which tells them from those of version 6 of the schema."""

FIRST_POSITION = np.dtype("<u2")
"""Version 6 kept x, y, size and direction as 16-bit numbers, and 8 bits a number of a row."""

FIRST_STEPS, FIRST_SIZE_STEPS, FIRST_TURN_STEPS = 65535, 64, 65536

MOST = POINTS
"""A library with more keypoints of a photo counts as damaged."""


class PointsTable:
    """Reads the keypoints that ``store_points`` wrote.

    Args:
        rows: returns the checked rows of a statement (``LibraryFile``).
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
    """The keypoints in a row of an untrusted library.

    Raises:
        ValueError: wrong lengths.
    """
    form, position, row = (unpacked, POSITION, ROW) if positions[:1] == FORM else (_unpacked_first, 8, LENGTH)
    size = len(positions) - (form is unpacked)
    count = size // position
    if size != position * count or len(descriptors) != row * count or count > MOST or min(width, height) < 1:
        raise ValueError("wrong lengths")
    return form(width, height, positions, descriptors)


def store_points(db: sqlite3.Connection, photo: int | None, points: Points | None) -> None:
    """Write the keypoints of a whole photo, if they are known."""
    if photo is None or points is None:
        return
    db.execute("INSERT OR REPLACE INTO points VALUES (?, ?, ?)", (photo, packed_positions(points), packed_rows(points)))


def packed_positions(points: Points) -> bytes:
    """Positions, sizes and directions as stored."""
    longest = max(points.region.width, points.region.height)
    x, y = np.clip(np.rint(points.xy.T * (STEPS / longest)), 0, STEPS).astype(np.uint16)
    sizes = np.clip(np.rint(OCTAVE * np.log2(np.maximum(points.size * points.scale, 1))), 0, 255)
    turns = np.rint(points.angle * (TURN_STEPS / (2 * np.pi))) % TURN_STEPS
    return FORM + np.stack([x >> 4, (x & 15) << 4 | y >> 8, y & 255, sizes, turns], axis=1).astype(np.uint8).tobytes()


def packed_rows(points: Points) -> bytes:
    """Their rows as stored."""
    bits, step = packing()
    top = 2.0 ** (bits - 1)
    levels = np.clip(np.floor(points.descriptors / step) + top, 0, 2 * top - 1).astype(np.uint8)
    kept = np.arange(8) >= 8 - bits[:, None]
    return np.packbits(np.unpackbits(levels[:, :, None], axis=2)[:, kept], axis=1).tobytes()


def unpacked(width: int, height: int, positions: bytes, rows: bytes) -> Points:
    """What ``packed_positions`` and ``packed_rows`` made of the keypoints of a photo of this size."""
    numbers = np.frombuffer(positions, dtype=np.uint8, offset=len(FORM)).reshape(-1, POSITION).astype(np.uint16)
    first, middle, last, sizes, turns = numbers.T
    xy = np.stack([first << 4 | middle >> 4, (middle & 15) << 8 | last], axis=1)
    scale = scale_of(width, height)
    bits, step = packing()
    levels = _levels(np.frombuffer(rows, dtype=np.uint8).reshape(-1, ROW))
    descriptors = (levels + (0.5 - 2.0 ** (bits - 1)).astype(np.float32)) * np.float32(step)
    return Points(
        xy.astype(np.float32) * np.float32(max(width, height) / STEPS),
        (np.exp2(sizes.astype(np.float32) / OCTAVE) / np.float32(scale)).astype(np.float32),
        turns.astype(np.float32) * np.float32(2 * np.pi / TURN_STEPS),
        np.clip(np.rint(descriptors), -127, 127).astype(np.int8),
        Box(0, 0, width, height),
        scale,
    )


def _unpacked_first(width: int, height: int, positions: bytes, rows: bytes) -> Points:
    """The same of version 6 of the schema."""
    numbers: NDArray[np.float32] = np.frombuffer(positions, dtype=FIRST_POSITION).reshape(-1, 4).astype(np.float32)
    scale = scale_of(width, height)
    return Points(
        numbers[:, :2] * np.float32(max(width, height) / FIRST_STEPS),
        numbers[:, 2] / np.float32(scale * FIRST_SIZE_STEPS),
        numbers[:, 3] * np.float32(2 * np.pi / FIRST_TURN_STEPS),
        np.frombuffer(rows, dtype=np.int8).reshape(len(numbers), LENGTH),
        Box(0, 0, width, height),
        scale,
    )


def _levels(rows: NDArray[np.uint8]) -> NDArray[np.uint16]:
    """The numbers of packed rows, (N, 40), as whole numbers from 0 on, (N, 64)."""
    bits = packing()[0]
    ends = np.cumsum(bits)
    first = (ends - bits) // 8
    # No number has more than 8 bits, so each lies in two bytes.
    pairs = np.pad(rows, ((0, 0), (0, 1))).astype(np.uint16)
    both = pairs[:, :-1] << np.uint16(8) | pairs[:, 1:]
    return np.asarray(both[:, first] >> (16 + 8 * first - ends).astype(np.uint16) & ((1 << bits) - 1).astype(np.uint16))
