"""Folders of photos: which files are there, without decoding any of them."""

from __future__ import annotations

import os
import stat
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from core.photos.images import SUFFIXES
from core.util.errors import UserError
from core.util.progress import Ticket

MOST_PATTERNS, LONGEST_PATTERN = 50, 200

SYSTEM = frozenset(
    ("$recycle.bin", "recycler", "#recycle", "system volume information", "lost+found", "@eadir", "__macosx")
)
"""Folders that systems and network disks make among the photos, in small letters."""


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


def present(folders: Sequence[Path]) -> Sequence[Path]:
    """Those of some folders that are there now; all when none is, so that whoever needs them says what is wrong."""
    return [folder for folder in folders if folder.is_dir()] or folders


def scan(folders: Sequence[Path], ticket: Ticket | None = None, excluded: Sequence[str] = ()) -> list[PhotoFile]:
    """Find the photo files below ``folders``, in path order.

    Hidden files and folders and those of the system (its waste bin, others' previews) are left out.  Links are followed,
    and whatever is reached in several ways, or lies in a folder that is given twice or inside another one, is found once.
    A file counts by its suffix; whether it is a photo shows when it is decoded.

    Args:
        excluded: patterns (``*``, ``?``, ``[…]``) of names, or of paths below a root, of files and folders to leave out.

    Raises:
        UserError: a folder is missing, is not a folder, may not be read, or all of them together hold no photo.
        Cancelled: by the ticket.
    """
    roots = _distinct_roots(folders)
    ticket = ticket or Ticket()
    found: list[PhotoFile] = []
    links: list[PhotoFile] = []
    seen: set[tuple[int, int]] = set()
    for root in roots:
        for file, is_link in _walk(root, excluded, seen):
            (links if is_link else found).append(file)
            if len(found) % 500 == 0:
                ticket.checkpoint(len(found), 0, "scanning")
    found += _led_elsewhere(links, found) if links else []
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


def _walk(root: Path, excluded: Sequence[str], seen: set[tuple[int, int]]) -> Iterator[tuple[PhotoFile, bool]]:
    """The photo files below one folder; True tells that a link leads to the file itself.

    Args:
        seen: the folders that were looked at, by device and number; filled.
    """
    # What lies behind links comes last, so that a photo that is reached in both ways keeps the name of its own folder.
    waiting, linked = deque([root]), deque[Path]()
    while waiting or linked:
        folder = waiting.popleft() if waiting else linked.popleft()
        for entry in _entries(folder, root, seen):
            path = folder / entry.name
            if _is_hidden(entry) or _left_out(path, root, excluded):
                continue
            if entry.is_dir():
                (linked if entry.is_symlink() else waiting).append(path)
            elif path.suffix.lower() in SUFFIXES and (status := _status(path)) is not None:
                name = path.relative_to(root).as_posix()
                yield PhotoFile(root, name, status.st_size, status.st_mtime_ns), entry.is_symlink()


def _entries(folder: Path, root: Path, seen: set[tuple[int, int]]) -> list[os.DirEntry[str]]:
    """What lies in a folder that was not looked at yet; nothing in one below the root that may not be read.

    Raises:
        UserError: the root may not be read.
    """
    try:
        status = folder.stat()
        # Filesystems without numbers for their folders give 0 for all.
        known = (status.st_dev, status.st_ino) in seen and status.st_ino != 0
        seen.add((status.st_dev, status.st_ino))
        return [] if known else list(os.scandir(folder))
    except OSError as error:
        if folder == root:
            raise UserError("the folder may not be read", str(root), "Check its permissions.") from error
        return []


def _is_hidden(entry: os.DirEntry[str]) -> bool:
    """Whether a file or folder is the system's, or hidden."""
    if entry.name.startswith(".") or entry.name.casefold() in SYSTEM or entry.name.endswith(".lrdata"):
        return True
    if os.name != "nt":
        return False
    hidden = stat.FILE_ATTRIBUTE_HIDDEN | stat.FILE_ATTRIBUTE_SYSTEM
    return bool(getattr(entry.stat(follow_symlinks=False), "st_file_attributes", 0) & hidden)


def _status(path: Path) -> os.stat_result | None:
    """None for what is gone again, and for a link that leads nowhere."""
    try:
        return path.stat()
    except OSError:
        return None


def _led_elsewhere(links: Sequence[PhotoFile], found: Sequence[PhotoFile]) -> list[PhotoFile]:
    """The links to files that were not found without them, one link to each."""
    wanted = {(link.size, link.mtime_ns) for link in links}
    known = {os.path.realpath(file.path) for file in found if (file.size, file.mtime_ns) in wanted}
    kept = []
    for link in sorted(links, key=lambda file: file.name):
        if (real := os.path.realpath(link.path)) not in known:
            known.add(real)
            kept.append(link)
    return kept
