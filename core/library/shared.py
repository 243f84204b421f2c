"""A library that many read at once, closed when the last of them is done."""

from __future__ import annotations

import threading
from pathlib import Path

from core.library.info import library_info
from core.library.library import Library
from core.library.listing import Listing
from core.records import LibraryInfo


class SharedLibrary:
    """Safe to share between threads.  It is held by who opened it, until ``let_go``, and by every reader.

    Args:
        library: an open one, which this closes.
    """

    def __init__(self, library: Library) -> None:
        self.library = library
        self._file = _file_of(library.path)
        self._lock, self._holders = threading.Lock(), 1

    def info(self) -> LibraryInfo:
        """What the library holds now."""
        return library_info(self.library)

    def photos(self) -> Listing:
        """Every photo in path order, also those whose files are gone."""
        return self.library.photos(missing=True)

    def is_of(self, path: Path) -> bool:
        """Whether the file at a path is the one that is open, and not another that took its place."""
        return path == self.library.path and self._file is not None and self._file == _file_of(path)

    def hold(self) -> None:
        """Keep it open until ``release``; for those who know that it is open."""
        with self._lock:
            assert self._holders, "the library is closed"
            self._holders += 1

    def release(self) -> None:
        """One holder less; the last one closes it."""
        with self._lock:
            self._holders -= 1
            last = not self._holders
        if last:
            self.library.close()

    def let_go(self) -> None:
        """Who opened it does not need it any more."""
        self.release()


def _file_of(path: Path) -> tuple[int, int] | None:
    """What tells a file from others, whatever their names; None when it is not there."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
