"""Open regular files only: reading a pipe could block for ever, and a device may never end."""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path


def opened_regular(path: Path) -> io.BufferedReader:
    """A file opened for reading bytes.

    Raises:
        OSError: it cannot be opened, or is not a regular file.
        ValueError: no file can have this name.
    """
    # Non-blocking, as opening a pipe would otherwise wait for a writer.
    number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise OSError(0, "not a regular file")
    return os.fdopen(number, "rb")


def read_regular(path: Path, most: int) -> bytes:
    """The content of a file of at most ``most`` bytes.

    Raises:
        OSError: as ``opened_regular``, or it is larger.
        ValueError: no file can have this name.
    """
    with opened_regular(path) as file:
        size = os.fstat(file.fileno()).st_size
        if size > most:
            raise OSError(0, f"it has {size} bytes, the limit is {most}")
        return file.read(most)
