"""Reading a few bytes of a library's file without letting go of SQLite's locks on it.

On POSIX systems a process loses all its locks on a file when it closes *any* handle of it, also one that SQLite knows
nothing of; another program would then take an open library for one that nobody uses, and remove its log.  So a handle on a
file that this process has open as a library is closed only when the last connection to it is.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections import Counter
from pathlib import Path

File = tuple[int, int]
"""Device and number."""

_lock = threading.Lock()
_connections: Counter[File] = Counter()
_waiting: dict[File, list[int]] = {}


def file_of(path: Path) -> File:
    """What tells a file from others, whatever their names.

    Raises:
        OSError: it is not there.
    """
    status = path.stat()
    return status.st_dev, status.st_ino


def hold(file: File) -> None:
    """A connection to a file was opened."""
    with _lock:
        _connections[file] += 1


def let_go(file: File) -> None:
    """A connection to a file was closed."""
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
    # A pipe must not hold up whoever asks.
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
