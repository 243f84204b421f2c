"""Connect to a library's file, also where nothing may be written beside it.

Without write access beside a library SQLite cannot use its write-ahead log as usual, and if it must ignore the log it
silently shows the library as it was before.  So this checks for a log: if there is one, it is read as it is, or file and
log are copied to the user's cache and read there.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import tempfile
import weakref
from dataclasses import dataclass
from pathlib import Path

from core.library.causes import full, reported
from core.library.connection import connect
from core.util.errors import PassingError
from core.util.resources import cache_folder

TRIES = 5
"""Attempts to copy a file that other processes keep writing to."""

State = tuple[tuple[int, int, int], ...]


class Copy:
    """The folder of a copy; it is removed when no connection to it is left, as Windows removes no open file."""

    def __init__(self, folder: Path) -> None:
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)


@dataclass
class Reached:
    """An open file.

    Attributes:
        file: the one that is open: the library, or a copy of it; ``mode``: how (``connect``).
        still: the state of file and log, if the connection does not notice changes; the file must be opened again when
            ``state_of`` differs.  Else None.
        copy: what removes the copy.
    """

    file: Path
    mode: str
    still: State | None = None
    copy: Copy | None = None

    def __post_init__(self) -> None:
        self.connection = connect(self.file, self.mode)

    def again(self) -> Reached:
        """Another connection to the same file, which only reads.

        Raises:
            sqlite3.Error: it cannot be opened.
        """
        other = Reached(self.file, self.mode, self.still, self.copy)
        other.connection.execute("PRAGMA query_only = ON")
        return other

    def close(self) -> None:
        """Close the connection; the last one to a copy removes it."""
        self.connection.close()
        self.copy = None


def reach(path: Path, writable: bool, quiet: bool = False) -> Reached:
    """Open the file at a path.

    Args:
        writable: open it for writing.
        quiet: create no files beside it, as it is untrusted.

    Raises:
        sqlite3.Error, OSError: it cannot be opened.
        UserError: it must be copied, and there is no room for the copy.
    """
    real = path.resolve()
    if writable:
        return Reached(real, "mode=rw")
    if may_write(real) and not quiet:
        # Not "ro", which would leave the log and its index behind.
        reached = Reached(real, "mode=rw")
        reached.connection.execute("PRAGMA query_only = ON")
        return reached
    still = state_of(real)
    if not _size(_beside(real, "-wal")):
        return Reached(real, "mode=ro&immutable=1", still)
    if quiet:
        return _copied(path, real)
    with contextlib.suppress(sqlite3.OperationalError):
        reached = Reached(real, "mode=ro")
        try:
            reached.connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall()
        except sqlite3.OperationalError:
            reached.close()
            raise
        return reached
    return _copied(path, real)


def may_write(real: Path) -> bool:
    """Whether the user may write to a library, and to its log beside it."""
    return os.access(real, os.W_OK) and os.access(real.parent, os.W_OK)


def state_of(path: Path) -> State:
    """Changes whenever any process writes to a library, whether or not its log was merged into it."""
    real = path.resolve()
    return tuple(_seen(file) for file in (real, _beside(real, "-wal")))


def _copied(path: Path, real: Path) -> Reached:
    """A consistent copy of file and log."""
    root = cache_folder("copies")
    with reported(root):
        root.mkdir(parents=True, exist_ok=True)
        _tidy(root)
        folder = Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=root))
    try:
        _check_room(folder, _size(real) + _size(_beside(real, "-wal")))
        for _ in range(TRIES):
            before = state_of(real)
            with reported(path):
                for suffix in ("", "-wal"):
                    if _size(_beside(real, suffix)):
                        shutil.copyfile(_beside(real, suffix), folder / f"library{suffix}")
            if state_of(real) == before:
                return Reached(folder / "library", "mode=rw", before, Copy(folder))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    shutil.rmtree(folder, ignore_errors=True)
    raise PassingError(
        "the library is being written to, and cannot be read meanwhile without permission to write in its folder",
        str(path),
        "Try again in a moment.",
    )


def _check_room(folder: Path, size: int) -> None:
    if shutil.disk_usage(folder).free < size:
        raise full(folder)


def _tidy(root: Path) -> None:
    """Remove the copies of processes that have ended."""
    for folder in root.iterdir():
        number = folder.name.partition("-")[0]
        if os.name != "nt" and number.isdigit() and not Path(f"/proc/{number}").exists() and Path("/proc").is_dir():
            shutil.rmtree(folder, ignore_errors=True)


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _seen(path: Path) -> tuple[int, int, int]:
    try:
        status = path.stat()
    except OSError:
        return 0, 0, 0
    return status.st_ino, status.st_size, status.st_mtime_ns
