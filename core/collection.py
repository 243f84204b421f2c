"""Folders of photos: which files are there, without decoding any of them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.errors import UserError
from core.images import SUFFIXES
from core.progress import Ticket


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


def absolute(path: Path) -> Path:
    """The path from the root, without ``..``; links are not followed, so names stay as the person knows them."""
    return Path(os.path.abspath(path))


def scan(folders: Sequence[Path], ticket: Ticket | None = None) -> list[PhotoFile]:
    """Find the photo files below ``folders``, in path order.

    Hidden files and folders are left out, links to folders are not followed, and a folder given twice or inside another
    one is looked at once.  A file counts by its suffix; whether it is a photo shows when it is decoded.

    Raises:
        UserError: a folder is missing, is not a folder, may not be read, or all of them together hold no photo.
        Cancelled: by the ticket.
    """
    roots = _distinct_roots(folders)
    ticket = ticket or Ticket()
    found: list[PhotoFile] = []
    for root in roots:
        for file in _walk(root):
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


def _walk(root: Path) -> Iterator[PhotoFile]:
    """The photo files below one folder."""

    def refuse(error: OSError) -> None:
        if error.filename is not None and Path(error.filename) == root:
            raise UserError("the folder may not be read", str(root), "Check its permissions.") from error

    for folder, subfolders, names in os.walk(root, onerror=refuse):
        subfolders[:] = [name for name in subfolders if not name.startswith(".")]
        for name in names:
            path = Path(folder, name)
            if path.suffix.lower() not in SUFFIXES or name.startswith("."):
                continue
            try:
                status = path.stat()
            except OSError:  # gone again, or a dangling link
                continue
            yield PhotoFile(root, path.relative_to(root).as_posix(), status.st_size, status.st_mtime_ns)
