"""Records of a photo to store in a library, and of a file that the library knows."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.photos.disk import state_of
from core.photos.keypoints import Points
from core.util.errors import PassingError
from core.util.forbidden_files import FENCE
from core.util.regular_files import opened_regular

BLOCK = 4096
"""Number of bytes at the start and the end of a file that are compared if its size and time are unchanged."""

QUICK = "described quickly"
"""The stored reason of an indexed photo that only the quick pass has described, so that it is described again."""

POINTS_TO_COME = "keypoints to come"
"""The stored reason of an indexed photo that lacks only its keypoints, which are found after all photos are described."""

OUTDATED = "described with an earlier fit"
"""The stored reason of a missing photo whose description was of an earlier fit, so that it is described when it is back."""

FARTHEST = (1 << 62) - 1
"""Largest time of a file in ns that a library can hold: in the year 2116."""


@dataclass(frozen=True)
class Edges:
    """A cheap way to detect a changed content of a file.

    Attributes:
        changed_ns: time of the last change by the system's clock (not the mtime, which programs can set); 0: unknown.
        hash: of the first and the last ``BLOCK``; empty: unknown.
    """

    changed_ns: int = 0
    hash: str = ""


@dataclass(frozen=True)
class Known:
    """What a library stores of a photo file."""

    id: int
    path: Path
    size: int
    mtime_ns: int
    content: str
    state: str
    reason: str
    edges: Edges | None = None

    @property
    def quick(self) -> bool:
        """Whether only the quick pass has described it."""
        return self.state != "skipped" and self.reason == QUICK

    @property
    def whole(self) -> bool:
        """Whether it is described, but for keypoints: not only by the quick pass, and not only by an earlier fit."""
        return not self.quick and not (self.state != "skipped" and self.reason == OUTDATED)

    def is_current(self) -> bool:
        """Whether the file is unchanged since it was indexed."""
        return self.has_state(*state_of(self.path))

    def has_state(self, size: int, mtime_ns: int) -> bool:
        """Whether a file of this size and time is the one that was indexed."""
        return (self.size, self.mtime_ns) == (size, stamp(mtime_ns))


@dataclass(frozen=True)
class Entry:
    """A photo to store.  The arrays are None if it is skipped.

    Attributes:
        content: hash of the file's bytes; empty if they could not be read.
        descriptor: (D,) float16; ``code``: (L / 8,) uint8.
        cells: ``(rows, columns)`` of the grid.
        positions: (n, 2) uint16.
        features: (n, d) int8, 127 times the value.
        windows: (W, L / 8) uint8, the codes of the windows.
        passing: the reason is a temporary failure, so the photo is tried again.
        points: keypoints of the whole photo.
        remaining: what later passes have to do: ``QUICK``, ``POINTS_TO_COME``, or nothing.
    """

    path: Path
    size: int
    mtime_ns: int
    content: str = ""
    width: int = 0
    height: int = 0
    taken: str = ""
    camera: str = ""
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
    remaining: str = ""

    @property
    def quick(self) -> bool:
        """Whether only the quick pass has described it."""
        return self.remaining == QUICK


def stamp(mtime_ns: int) -> int:
    """A file's time limited to the range of the database's numbers, which disks can exceed."""
    return min(max(mtime_ns, -FARTHEST), FARTHEST)


def content_of(path: Path) -> str:
    """BLAKE2 hash of a file's bytes, which identifies its content under any path.

    Raises:
        PassingError: the file cannot be read.
    """
    with _opened(path) as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()


def edges_of(path: Path) -> Edges:
    """The start and the end of a file.

    Raises:
        PassingError: the file cannot be read.
    """
    with _opened(path) as file:
        status = os.fstat(file.fileno())
        digest = hashlib.blake2b(file.read(BLOCK), digest_size=16)
        if status.st_size > BLOCK:
            file.seek(max(BLOCK, status.st_size - BLOCK))
            digest.update(file.read(BLOCK))
    return Edges(changed_ns(status), digest.hexdigest())


def changed_ns(status: os.stat_result) -> int:
    """Time of the file's last change by the system's clock; 0 on Windows, where this field is the creation time."""
    return 0 if os.name == "nt" else stamp(status.st_ctime_ns)


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[BufferedReader]:
    """A file that may be read; whatever goes wrong in the block is a ``PassingError``."""
    try:
        FENCE.check(path)
        with opened_regular(path) as file:
            yield file
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or "no file has such a name"
        raise PassingError(f"the file cannot be read ({said})", str(path)) from error
