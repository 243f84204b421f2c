"""A photo on its way into a library, and what the library remembers of its file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.photos.points import Points
from core.util.errors import UserError


@dataclass(frozen=True)
class Known:
    """What the library remembers of a photo file."""

    id: int
    path: Path
    size: int
    mtime_ns: int
    content: str
    state: str
    reason: str


@dataclass(frozen=True)
class Entry:
    """A photo to be stored.  The arrays are None when it is skipped.

    Attributes:
        content: hash of the file's bytes; empty when they could not be read.
        descriptor: (D,) float16; ``code``: (L / 8,) uint8.
        cells: ``(rows, columns)`` of the grid.
        positions: (n, 2) uint16.
        features: (n, d) int8, 127 times the value.
        windows: (W, L / 8) uint8, the codes of the windows.
        points: keypoints of the whole photo.
        passing: the reason is what the system said, and not what the file is: it is tried again.
    """

    path: Path
    size: int
    mtime_ns: int
    content: str = ""
    width: int = 0
    height: int = 0
    taken: str = ""
    reason: str = ""
    descriptor: NDArray[np.float16] | None = None
    code: NDArray[np.uint8] | None = None
    cells: tuple[int, int] = (0, 0)
    positions: NDArray[np.uint16] | None = None
    features: NDArray[np.int8] | None = None
    thumbnail: bytes = b""
    windows: NDArray[np.uint8] | None = None
    points: Points | None = None
    passing: bool = False


def content_of(path: Path) -> str:
    """BLAKE2 of a file's bytes, which tells it from others wherever it lies.

    Raises:
        UserError: the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()
    except OSError as error:
        raise UserError(f"the file cannot be read ({error.strerror})", str(path)) from error
