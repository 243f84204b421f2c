"""Opens regular files only: a pipe would wait for ever, and a device never end."""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path


def opened_regular(path: Path) -> io.BufferedReader:
    """A file, open to be read in bytes.

    Raises:
        OSError: it cannot be opened, or is no regular file.
        ValueError: such a name no file can have.
    """
    # Without blocking, as merely opening a pipe would wait for somebody who writes to it.
    number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise OSError(0, "not a regular file")
    return os.fdopen(number, "rb")


def read_regular(path: Path, most: int) -> bytes:
    """The bytes of a file of at most ``most``.

    Raises:
        OSError: as ``opened_regular``, or it is larger.
        ValueError: such a name no file can have.
    """
    with opened_regular(path) as file:
        size = os.fstat(file.fileno()).st_size
        if size > most:
            raise OSError(0, f"it has {size} bytes, the limit is {most}")
        return file.read(most)
