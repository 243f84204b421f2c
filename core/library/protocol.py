"""What search, browsing and the window need of a library, wherever it is kept.

Two kinds meet it: the file (``core.library.library_file``) and the shared library on a server (``core.remote.library``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.chain.config import DescriberConfig
from core.library.entries import Known
from core.library.listing import Listing
from core.library.stored_vectors import Cells
from core.library.vectors import LibraryVectors
from core.photos.keypoints import Points
from core.records import Query, SavedQuery, Skipped
from core.util.progress import Ticket


class StoredPoints(Protocol):
    """The stored keypoints (``core.library.keypoints``)."""

    def of(self, photo: int) -> Points | None: ...


class Rejections(Protocol):
    """The user's rejections (``core.library.rejections``)."""

    def __bool__(self) -> bool: ...
    def rejected(self, asking: str) -> list[tuple[int, str]]: ...
    def reject(self, asking: str, box: str, photos: Sequence[int]) -> None: ...
    def take_back(self, asking: str, boxes: Sequence[str], photos: Sequence[int]) -> None: ...


class Library(Protocol):
    """An open library for reading; safe to share between threads.  Every method may raise ``UserError``.

    Attributes:
        path: of the file; of a shared library its address, without any password.
        layout: of the windows (``core.chain.subwindows``).
        host: the server of a shared library; empty: it is a file.
        candidates: who compares a shared library's codes: ``mirror``, ``sql``, ``milvus``; empty: not yet, or it is a file.
    """

    path: Path
    config: DescriberConfig
    layout: str
    host: str
    candidates: str

    @property
    def preset(self) -> str: ...
    @property
    def newer_preset(self) -> str: ...
    @property
    def describer_key(self) -> str: ...
    @property
    def identity(self) -> str: ...
    @property
    def agreed(self) -> bool: ...
    @property
    def points(self) -> StoredPoints: ...
    @property
    def rejections(self) -> Rejections: ...

    def close(self) -> None: ...
    def version(self) -> tuple[int, ...]: ...
    def describer_bytes(self) -> bytes: ...
    def size(self) -> int: ...

    def roots(self) -> list[Path]: ...
    def photos(self, missing: bool = False) -> Listing: ...
    def first_photos(self) -> tuple[Listing, int] | None:
        """The first photos, to be shown at once, and the number of all; None: it takes no long time to read all."""

    def known(self) -> list[Known]: ...
    def some(self, root: Path, number: int) -> list[Known]:
        """About ``number`` of the photos below a root, from all over it."""

    def find(self, path: Path) -> list[Known]: ...
    def is_current(self, path: Path) -> bool: ...
    def counts(self) -> dict[str, int]: ...
    def skipped(self) -> tuple[Skipped, ...]: ...
    def excluded(self) -> tuple[str, ...]: ...
    def marks(self) -> dict[int, tuple[str, ...]]: ...
    def queries(self) -> list[SavedQuery]: ...
    def damaged_queries(self) -> list[str]: ...
    def named(self) -> list[Path]:
        """The files that the saved queries name."""

    def agree(self) -> None:
        """Record that the user agrees to the library and to all folders that it names."""

    def closes(self, path: Path) -> bool: ...
    def check_folders(self, folders: Sequence[Path]) -> None: ...

    def passing(self, text: str, ticket: Ticket) -> NDArray[np.int64]:
        """The ids of the photos that pass a filter (``core.library.filters``); those with a missing file are left out."""

    def search_vectors(self) -> LibraryVectors:
        """The vectors that are searched; they may include photos that are not shown."""

    def expect(self, photos: Sequence[int]) -> None:
        """Told of the photos whose rows and keypoints are asked for next, so that they can be fetched together."""

    def expect_pictures(self, paths: Sequence[Path]) -> None:
        """The same of the photos whose small copies are asked for next."""

    def cells(self, photo: int) -> Cells | None: ...
    def thumbnail(self, photo: int) -> bytes: ...
    def sides(self, photo: int) -> tuple[int, int]:
        """Width and height of a photo in pixels; 0: unknown."""

    def writer(self) -> AbstractContextManager[Writer]:
        """The same library, for writing."""


class Writer(Library, Protocol):
    """A library for writing.  A shared library refuses what changes its photos: that is done where it is published."""

    def mark(self, photos: Sequence[int], mark: str, on: bool) -> None: ...
    def save_query(self, name: str, query: Query, ranking: str, only: str = "") -> None: ...
    def forget_query(self, name: str) -> None: ...
    def exclude(self, patterns: Sequence[str]) -> None: ...
    def forget_skipped(self) -> None: ...
    def missing(self) -> list[int]: ...
    def forget(self, photos: Sequence[int]) -> None: ...
    def relink(self, old: Path, new: Path) -> int: ...
    def forget_root(self, folder: Path) -> int: ...


Reading = Callable[[], AbstractContextManager[Library]]
"""Context manager of the open library, for reading."""

Writing = Callable[[Path | None], AbstractContextManager[Writer]]
"""Context manager of a library to write to: the one at a path, or the open one (None)."""


Photo = int | Path
"""A photo of a library: its id, or its path, which stays the same when the photo is described again."""


def ids_of(library: Library, photos: Sequence[Photo]) -> list[int]:
    """The present ids of photos; those that the library does not hold are left out."""
    found: list[int] = []
    for photo in photos:
        found += [known.id for known in library.find(photo)] if isinstance(photo, Path) else [photo]
    return found
