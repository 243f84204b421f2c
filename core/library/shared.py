"""A library with many concurrent readers, closed after the last one."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from core.library.agreements import may_open
from core.library.info import library_info
from core.library.listing import Listing
from core.library.opening import adopt, open_library
from core.library.protocol import Library, Writer
from core.records import LibraryInfo
from core.util.errors import UserError
from core.util.forbidden_files import FENCE

Opener = Callable[[Path], Library]

_log = logging.getLogger("cropseek.library")


class SharedLibrary:
    """A reference-counted library; safe to share between threads.  Its owner holds it until ``let_go``, and so does
    every reader.

    Args:
        library: an open one, which this closes.
    """

    def __init__(self, library: Library) -> None:
        self.library = library
        self._file = _file_of(library.path)
        self._lock, self._holders = threading.Lock(), 1
        named = {path for path in library.named() if not may_open(path)}
        FENCE.close(self, lambda path: path in named or library.closes(path))

    def info(self) -> LibraryInfo:
        """A summary of the library."""
        return library_info(self.library)

    def photos(self) -> Listing:
        """All photos in path order, including those whose files are gone."""
        return self.library.photos(missing=True)

    def first_photos(self) -> tuple[Listing, int] | None:
        """See ``Library.first_photos``; with those whose files are gone."""
        return self.library.first_photos()

    def is_of(self, path: Path) -> bool:
        """Whether the file at a path is the open one, and has not been replaced by another."""
        return path == self.library.path and self._file is not None and self._file == _file_of(path)

    def hold(self) -> None:
        """Keep the library open until ``release``; it must be open."""
        with self._lock:
            assert self._holders, "the library is closed"
            self._holders += 1

    def release(self) -> None:
        """End a ``hold``; the last one closes the library."""
        with self._lock:
            self._holders -= 1
            last = not self._holders
        if last:
            FENCE.close(self, None)
            self.library.close()

    def let_go(self) -> None:
        """End the owner's hold."""
        self.release()


class OpenLibrary:
    """The open library, or none; safe to share between threads.

    Args:
        opener: opens the library at a path.
    """

    def __init__(self, opener: Opener = open_library) -> None:
        self._opener = opener
        self._lock = threading.Lock()  # held only briefly
        self._shared: SharedLibrary | None = None

    def prepare(self, path: Path, anew: bool = True) -> SharedLibrary:
        """See ``Engine.prepare``."""
        with self._lock:
            shared = self._shared
            if not anew and shared is not None and shared.is_of(path):
                shared.hold()
                return shared
        adopt(path)
        library = self._opener(path)
        _log.info("opened a library, preset %s", library.preset)
        return SharedLibrary(library)

    def take(self, opened: SharedLibrary | None) -> SharedLibrary | None:
        """See ``Engine.take``."""
        with self._lock:
            before, self._shared = self._shared, opened
        return before

    @contextlib.contextmanager
    def held(self) -> Iterator[Library | None]:
        """The open library, held open during the block; None if none is open."""
        with self._lock:
            shared = self._shared
            if shared is not None:
                shared.hold()
        try:
            yield shared.library if shared is not None else None
        finally:
            if shared is not None:
                shared.release()

    def thumbnail(self, path: Path, small: bool) -> bytes:
        """The thumbnail of a photo in the open library; empty if there is none.

        Args:
            small: whether the thumbnail is large enough; if not, it is returned only for photos that must not be opened.
        """
        if not small and not FENCE.closed(path):
            return b""
        with self.held() as library:
            known = library.find(path) if library is not None else []
            return library.thumbnail(known[0].id) if library is not None and known else b""

    @contextlib.contextmanager
    def reading(self) -> Iterator[Library]:
        """The open library, held open during the block.

        Raises:
            UserError: no library is open.
        """
        with self.held() as library:
            if library is None:
                raise UserError("no library is open", hint="Open a folder or a library first.")
            yield library

    @contextlib.contextmanager
    def writing(self, into: Path | None) -> Iterator[Writer]:
        """A library for writing: the one at a path, or the open one.

        Raises:
            UserError: none is open, or it cannot be written to.
        """
        if into is None:
            with self.reading() as library, library.writer() as writer:
                yield writer
        else:
            with contextlib.closing(self._opener(into)) as library, library.writer() as writer:
                yield writer


def _file_of(path: Path) -> tuple[int, int] | None:
    """The identity of a file, independent of its name; None if it is missing."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
