"""Folders of photos: which files are there, without decoding any of them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from core.errors import UserError
from core.images import SUFFIXES
from core.progress import Ticket

MOST_PATTERNS, LONGEST_PATTERN = 50, 200


@dataclass(frozen=True)
class PhotoFile:
    """A file that looks like a photo: its ``root`` folder, the ``name`` below it (with ``/``), size in bytes and mtime."""

    root: Path
    name: str
    size: int
    mtime_ns: int

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self.root / self.name


def check_patterns(patterns: Sequence[str]) -> tuple[str, ...]:
    """The patterns without blanks around them and empty ones.

    Raises:
        UserError: too many, or one that is too long.
    """
    kept = tuple(stripped for pattern in patterns if (stripped := pattern.strip()))
    if len(kept) > MOST_PATTERNS or any(len(pattern) > LONGEST_PATTERN or "\n" in pattern for pattern in kept):
        raise UserError(
            "these are too many patterns, or too long ones",
            hint=f"There may be {MOST_PATTERNS} of {LONGEST_PATTERN} characters.",
        )
    return kept


def parse_patterns(text: str) -> tuple[str, ...]:
    """Patterns as a library keeps them, one a line; what a stranger put there beyond the limits is left out."""
    return tuple(line for line in text.splitlines()[:MOST_PATTERNS] if 0 < len(line) <= LONGEST_PATTERN)


def absolute(path: Path) -> Path:
    """The path from the root, without ``..``; links are not followed, so names stay as the person knows them."""
    return Path(os.path.abspath(path))


def scan(folders: Sequence[Path], ticket: Ticket | None = None, excluded: Sequence[str] = ()) -> list[PhotoFile]:
    """Find the photo files below ``folders``, in path order.

    Hidden files and folders are left out, links to folders are not followed, and a folder given twice or inside another
    one is looked at once.  A file counts by its suffix; whether it is a photo shows when it is decoded.

    Args:
        excluded: patterns (``*``, ``?``, ``[…]``) of names, or of paths below a root, of files and folders to leave out.

    Raises:
        UserError: a folder is missing, is not a folder, may not be read, or all of them together hold no photo.
        Cancelled: by the ticket.
    """
    roots = _distinct_roots(folders)
    ticket = ticket or Ticket()
    found: list[PhotoFile] = []
    for root in roots:
        for file in _walk(root, excluded):
            found.append(file)
            if len(found) % 500 == 0:
                ticket.checkpoint(len(found), 0, "scanning")
    if not found:
        raise UserError(
            "there are no photos in this folder",
            ", ".join(str(root) for root in roots),
            f"Cropseek reads {', '.join(sorted(suffix[1:] for suffix in SUFFIXES))}.",
        )
    return sorted(found, key=lambda file: (str(file.root), file.name))


def _distinct_roots(folders: Sequence[Path]) -> list[Path]:
    """The folders made absolute, without those that lie inside another one."""
    roots: list[Path] = []
    for folder in sorted({absolute(folder) for folder in folders}):
        if not folder.is_dir():
            what = "this is not a folder" if folder.exists() else "the folder does not exist"
            raise UserError(what, str(folder), "Choose a folder of photos.")
        if not any(folder.is_relative_to(root) for root in roots):
            roots.append(folder)
    return roots


def _left_out(place: Path, root: Path, excluded: Sequence[str]) -> bool:
    """Whether a pattern fits a file or folder."""
    below = place.relative_to(root).as_posix()
    return any(fnmatch(place.name, pattern) or fnmatch(below, pattern) for pattern in excluded)


def _walk(root: Path, excluded: Sequence[str]) -> Iterator[PhotoFile]:
    """The photo files below one folder."""

    def refuse(error: OSError) -> None:
        if error.filename is not None and Path(error.filename) == root:
            raise UserError("the folder may not be read", str(root), "Check its permissions.") from error

    for folder, subfolders, names in os.walk(root, onerror=refuse):
        subfolders[:] = [
            name for name in subfolders if not name.startswith(".") and not _left_out(Path(folder, name), root, excluded)
        ]
        for name in names:
            path = Path(folder, name)
            if path.suffix.lower() not in SUFFIXES or name.startswith(".") or _left_out(path, root, excluded):
                continue
            try:
                status = path.stat()
            except OSError:  # gone again, or a dangling link
                continue
            yield PhotoFile(root, path.relative_to(root).as_posix(), status.st_size, status.st_mtime_ns)
