"""Error messages for errors of SQLite and the system, by cause; only real damage is called damage."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from core.photos.disk import is_folder, is_there
from core.util.errors import PassingError, UserError

NO_ROOM = 64 << 10
"""If fewer bytes are free, a disk error means that the disk is full, as some of SQLite's calls do not report this."""


def damaged(path: Path) -> UserError:
    """The file's content cannot have been written by this program."""
    return UserError("the library is damaged, or was not made by Cropseek", str(path), "Index the collection again.")


def unwritable(path: Path) -> UserError:
    """The file, its folder or its disk is read-only."""
    return UserError("the library cannot be written here", str(path), "Choose another folder for it with --library.")


def full(path: Path) -> UserError:
    """The disk is full."""
    return PassingError("the disk is full", str(path), "Make room and start again; what was stored is kept.")


def gone(path: Path) -> UserError:
    """The file is missing."""
    return PassingError(
        "the library is no longer there",
        str(path),
        "Its folder was moved or removed, or its disk unplugged; bring it back, or index into another library.",
    )


def locked(path: Path) -> UserError:
    """Another process writes to the file, and did not finish in time."""
    return PassingError("the library is in use by another program", str(path), "Close it there first.")


def denied(path: Path) -> UserError:
    """The user has no permission to read the file."""
    return PassingError("the library may not be read", str(path), "Check the permissions of the file and of its folder.")


def failing(path: Path) -> UserError:
    """The disk fails."""
    return PassingError(
        "the disk cannot read or write the library", str(path), "Is it there, and sound? What was stored before is kept."
    )


def no_memory(path: Path) -> UserError:
    """There is not enough memory."""
    return PassingError("there is not enough memory for the library", str(path), "Close other programs and try again.")


def stranger(path: Path) -> UserError:
    """The user has not agreed to the library (``agreed``)."""
    return UserError(
        "the library was not made on this computer, so it is only read",
        str(path),
        "Agree to it and its folders first: open it in the window, or index a folder of yours into it.",
    )


def refused(path: Path, words: str) -> UserError:
    """A constraint of the tables forbids a new value, which is a bug in this program and not a fault of the file."""
    return UserError(
        f"the library could not take in what was to be stored ({words})",
        str(path),
        "What it holds is sound; please report this.",
    )


def _cannot_open(path: Path) -> UserError:
    if not is_there(path):
        return unwritable(path) if is_folder(path.parent) else gone(path)
    return unwritable(path) if os.access(path, os.R_OK) else denied(path)


def _of_the_disk(path: Path) -> UserError:
    """The message for an I/O error, whose cause SQLite does not always report."""
    try:
        room = shutil.disk_usage(path.parent).free
    except OSError:
        return gone(path)
    return full(path) if room < NO_ROOM else failing(path)


_BY_CODE: dict[int, Callable[[Path], UserError]] = {
    sqlite3.SQLITE_FULL: full,
    sqlite3.SQLITE_IOERR: _of_the_disk,
    sqlite3.SQLITE_BUSY: locked,
    sqlite3.SQLITE_LOCKED: locked,
    sqlite3.SQLITE_PROTOCOL: locked,
    sqlite3.SQLITE_READONLY: unwritable,
    sqlite3.SQLITE_CANTOPEN: _cannot_open,
    sqlite3.SQLITE_PERM: denied,
    sqlite3.SQLITE_NOMEM: no_memory,
}

_BY_NUMBER: dict[int, Callable[[Path], UserError]] = {
    errno.ENOSPC: full,
    errno.EDQUOT: full,
    errno.EFBIG: full,
    errno.EACCES: denied,
    errno.EPERM: denied,
    errno.EROFS: unwritable,
    errno.ENOENT: gone,
    errno.ENOTDIR: gone,
    errno.ESTALE: gone,
    errno.ENODEV: gone,
}


def sentence_of(error: sqlite3.Error | OSError | MemoryError, path: Path) -> UserError:
    """The error message for an exception."""
    if isinstance(error, MemoryError):
        return no_memory(path)
    if isinstance(error, OSError):
        return _BY_NUMBER.get(error.errno or 0, failing)(path)
    if isinstance(error, sqlite3.ProgrammingError):
        return UserError("the library was closed meanwhile", str(path))
    code = getattr(error, "sqlite_errorcode", 0)
    if code == sqlite3.SQLITE_IOERR_NOMEM:
        return no_memory(path)
    if code & 0xFF == sqlite3.SQLITE_NOTADB:
        return UserError("this file is not a Cropseek library", str(path))
    if code & 0xFF == sqlite3.SQLITE_CONSTRAINT:
        return refused(path, str(error))
    return _BY_CODE.get(code & 0xFF, damaged)(path)


@contextlib.contextmanager
def reported(path: Path) -> Iterator[None]:
    """Turn errors of SQLite and of the system into ``UserError``."""
    try:
        yield
    except (OverflowError, UnicodeDecodeError) as error:  # a number or text that we never write, or SQLite's message
        raise damaged(path) from error
    except (sqlite3.Error, OSError, MemoryError) as error:
        raise sentence_of(error, path) from error
