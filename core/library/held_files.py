"""Read a few bytes of a library's file without losing SQLite's locks on it.

On POSIX systems a process loses all its locks on a file when it closes *any* handle of it, including one that SQLite did
not open.  Another process could then treat an open library as unused, and remove its log.  So a handle on a file that this
process has open as a library is closed only after the last connection to it.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections import Counter
from pathlib import Path

File = tuple[int, int]
"""Device and inode number."""

_lock = threading.Lock()
_connections: Counter[File] = Counter()
_waiting: dict[File, list[int]] = {}


def file_of(path: Path) -> File:
    """The identity of a file, independent of its name.

    Raises:
        OSError: it is missing.
    """
    status = path.stat()
    return status.st_dev, status.st_ino


def hold(file: File) -> None:
    """Note that a connection to a file was opened."""
    with _lock:
        _connections[file] += 1


def let_go(file: File) -> None:
    """Note that a connection to a file was closed."""
    with _lock:
        _connections[file] -= 1
        if _connections[file] <= 0:
            del _connections[file]
            for handle in _waiting.pop(file, ()):
                with contextlib.suppress(OSError):
                    os.close(handle)


def head_of(path: Path, size: int) -> bytes:
    """The first bytes of a file.

    Raises:
        OSError: it cannot be read.
    """
    # Non-blocking, as the path may be a pipe.
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        return os.read(handle, size)
    finally:
        status = os.fstat(handle)
        file = status.st_dev, status.st_ino
        with _lock:
            if _connections[file] > 0:
                _waiting.setdefault(file, []).append(handle)
            else:
                del _connections[file]
                os.close(handle)
