"""A photo on its way into a library, and what the library remembers of its file."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.photos.points import Points
from core.util.errors import PassingError, UserError
from core.util.fence import FENCE
from core.util.regular import opened_regular

BLOCK = 4096
"""Bytes of the beginning and the end of a file that are compared where its size and time are as they were."""

FARTHEST = (1 << 62) - 1
"""A file's time in ns that a library can hold: until the year 2116."""


@dataclass(frozen=True)
class Edges:
    """What tells one content of a file from another at little cost.

    Attributes:
        changed_ns: when the system last saw the file change (not its mtime, which programs set); 0: it does not tell.
        hash: of the first and the last ``BLOCK``; empty: not known.
    """

    changed_ns: int = 0
    hash: str = ""


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
    edges: Edges | None = None


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
        passing: the reason is what the system said, and not what the file is: it is tried again.
        points: keypoints of the whole photo.
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
    edges: Edges = Edges()
    passing: bool = False
    points: Points | None = None


def stamp(mtime_ns: int) -> int:
    """A file's time as a library keeps it; disks can hold times that no number of a database can."""
    return min(max(mtime_ns, -FARTHEST), FARTHEST)


def content_of(path: Path) -> str:
    """BLAKE2 of a file's bytes, which tells it from others wherever it lies.

    Raises:
        PassingError: the file cannot be read.
    """
    try:
        FENCE.check(path)
        with opened_regular(path) as file:
            return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()
    except (OSError, ValueError) as error:
        raise _unread(path, error) from error


def edges_of(path: Path) -> Edges:
    """The beginning and the end of a file.

    Raises:
        PassingError: the file cannot be read.
    """
    try:
        FENCE.check(path)
        with opened_regular(path) as file:
            status = os.fstat(file.fileno())
            digest = hashlib.blake2b(file.read(BLOCK), digest_size=16)
            if status.st_size > BLOCK:
                file.seek(max(BLOCK, status.st_size - BLOCK))
                digest.update(file.read(BLOCK))
    except (OSError, ValueError) as error:
        raise _unread(path, error) from error
    return Edges(changed_ns(status), digest.hexdigest())


def changed_ns(status: os.stat_result) -> int:
    """When the system saw the file change; 0 on Windows, which tells when it was made."""
    return 0 if os.name == "nt" else stamp(status.st_ctime_ns)


def _unread(path: Path, error: OSError | ValueError) -> UserError:
    said = getattr(error, "strerror", None) or "no file has such a name"
    return PassingError(f"the file cannot be read ({said})", str(path))
