"""All access to the disk about files and folders: what is at a path, or why there is nothing.  Never blocks on a pipe.

``look``, ``listing`` and ``kind_of`` never raise; ``open_file`` opens regular files only.  A network disk that does not
answer blocks the caller, so the window calls these in a job.
"""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import BinaryIO

from core.util.errors import PassingError, UserError
from core.util.forbidden_files import FENCE


class Kind(Enum):
    """What is at a path; the value is the error message if a photo was expected there."""

    FILE = ""
    FOLDER = "this is a folder, not a photo"
    GONE = "the file is missing"
    DENIED = "the file may not be read"
    LINK = "this is a link that leads nowhere"
    ODD = "this is not a file but a pipe or a device"
    FAILED = "the disk cannot be read"


HINTS = {
    Kind.GONE: "It may have been moved; refresh the library.",
    Kind.DENIED: "Check its permissions.",
    Kind.FAILED: "Is the disk there, and sound?",
}

_BY_NUMBER = {
    errno.ENOENT: Kind.GONE,
    errno.ENOTDIR: Kind.GONE,
    errno.ENAMETOOLONG: Kind.GONE,
    errno.EINVAL: Kind.GONE,
    errno.EACCES: Kind.DENIED,
    errno.EPERM: Kind.DENIED,
    errno.ELOOP: Kind.LINK,
    errno.ENXIO: Kind.ODD,
    errno.EISDIR: Kind.FOLDER,
}


@dataclass(frozen=True)
class Seen:
    """What is at a path.

    Attributes:
        status: of a file, a folder or something else that exists; None otherwise.
        said: the system's error message, if it failed.
    """

    kind: Kind
    status: os.stat_result | None = None
    said: str = ""

    def refusal(self, path: Path, what: str = "") -> UserError:
        """The error for a path that cannot be read as a file.

        Args:
            what: replaces the usual message.
        """
        words = what or self.kind.value + (f" ({self.said})" if self.said else "")
        kind = UserError if self.kind in (Kind.FOLDER, Kind.ODD) else PassingError
        return kind(words, str(path), HINTS.get(self.kind, ""))


def look(path: Path) -> Seen:
    """What is at a path; follows links."""
    try:
        status = os.stat(path)
    except ValueError:  # a NUL, or characters that no name on this disk can have
        return Seen(Kind.GONE)
    except OSError as error:
        seen = seen_of(error)
        return Seen(Kind.LINK) if seen.kind is Kind.GONE and is_link(path) else seen
    return Seen(_kind(status.st_mode), status)


def seen_of(error: OSError) -> Seen:
    """The meaning of a system error for the path that it is about."""
    kind = _BY_NUMBER.get(error.errno or 0, Kind.FAILED)
    return Seen(kind, said=(error.strerror or "no reason given") if kind is Kind.FAILED else "")


def is_folder(path: Path) -> bool:
    """Whether the path is a folder; False if the system cannot tell."""
    return look(path).kind is Kind.FOLDER


def is_file(path: Path) -> bool:
    """Whether the path is a regular file; False if the system cannot tell."""
    return look(path).kind is Kind.FILE


def is_there(path: Path) -> bool:
    """Whether anything exists at the path, readable or not; True for a broken link."""
    return look(path).kind is not Kind.GONE


def require_file(path: Path, noun: str = "file") -> None:
    """Check that the path is a regular file.

    Args:
        noun: its name in the error message, such as "file of weights".

    Raises:
        UserError: it is missing, not a file, or not accessible.
    """
    seen = look(path)
    words = {
        Kind.FOLDER: f"this is a folder, not a {noun}",
        Kind.GONE: f"the {noun} is missing",
        Kind.DENIED: f"the {noun} may not be read",
    }
    if seen.kind is not Kind.FILE:
        hint = HINTS[Kind.DENIED] if seen.kind is Kind.DENIED else ""
        raise UserError(words.get(seen.kind, "") or seen.refusal(path).what, str(path), hint)


def is_link(path: Path) -> bool:
    """Whether the path itself is a link."""
    try:
        return stat.S_ISLNK(os.lstat(path).st_mode)
    except (OSError, ValueError):
        return False


def state_of(path: Path) -> tuple[int, int]:
    """Size in bytes and mtime in ns of a file, to detect changes; (-1, -1) if there is none."""
    status = look(path).status
    return (status.st_size, status.st_mtime_ns) if status is not None else (-1, -1)


def kind_of(entry: os.DirEntry[str]) -> tuple[Kind, bool]:
    """What a folder's entry is, after following links, and whether it is a link.

    Only links need access to the disk; for other entries the listing of the folder is enough.
    """
    try:
        linked = entry.is_symlink()
        if not linked:
            if entry.is_dir(follow_symlinks=False):
                return Kind.FOLDER, False
            if entry.is_file(follow_symlinks=False):
                return Kind.FILE, False
    except OSError as error:
        return seen_of(error).kind, False
    return look(Path(entry.path)).kind, linked


def listing(folder: Path) -> tuple[list[os.DirEntry[str]], Seen]:
    """The entries of a folder, and what the path is: ``FOLDER`` if all of it could be listed."""
    seen = look(folder)
    if seen.kind is not Kind.FOLDER:
        return [], Seen(Kind.GONE) if seen.kind is Kind.FILE else seen
    try:
        with os.scandir(folder) as entries:
            return list(entries), seen
    except OSError as error:
        return [], seen_of(error)


def open_file(path: Path) -> BinaryIO:
    """Open a regular file for reading.

    Raises:
        UserError: it is a folder, a pipe or a device, or closed by ``core.util.forbidden_files``.
        PassingError: it is missing, reading it is not permitted, or the disk fails.
    """
    FENCE.check(path)
    seen = look(path)
    if seen.kind is not Kind.FILE:
        raise seen.refusal(path)
    try:
        # It may have been replaced by a pipe: opening must not wait for a writer.
        number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as error:
        raise seen_of(error).refusal(path) from error
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise Seen(Kind.ODD).refusal(path)
    return os.fdopen(number, "rb")


def _kind(mode: int) -> Kind:
    return Kind.FOLDER if stat.S_ISDIR(mode) else Kind.FILE if stat.S_ISREG(mode) else Kind.ODD
