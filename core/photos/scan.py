"""Folders of photos: which files are there, without decoding any of them."""

from __future__ import annotations

import os
import stat
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

import numpy as np

from core.photos.disk import HINTS, Kind, Seen, is_folder, kind_of, listing, look
from core.photos.images import SUFFIXES
from core.util.errors import PassingError, UserError
from core.util.progress import Ticket
from core.util.text import is_line

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


@dataclass(frozen=True)
class Unread:
    """A file or folder that could not be looked at, and why; ``passing`` tells that it may be otherwise tomorrow."""

    path: Path
    why: str
    folder: bool
    passing: bool = True


@dataclass(frozen=True)
class Scan:
    """What lies in some folders: photo files in path order, and what could not be looked at."""

    files: tuple[PhotoFile, ...]
    unread: tuple[Unread, ...] = ()

    def covers(self, path: Path) -> bool:
        """Whether the scan would have found a photo at this path: it lies below nothing that could not be looked at.

        What is not covered may still be there, so nobody may forget it.
        """
        return not any(other.passing and path.is_relative_to(other.path) for other in self.unread)


def check_patterns(patterns: Sequence[str]) -> tuple[str, ...]:
    """The patterns without blanks around them and empty ones.

    Raises:
        UserError: too many, or one that is too long.
    """
    kept = tuple(stripped for pattern in patterns if (stripped := pattern.strip()))
    if len(kept) > MOST_PATTERNS or any(len(pattern) > LONGEST_PATTERN or not is_line(pattern) for pattern in kept):
        raise UserError(
            "these are too many patterns, or too long ones, or not of letters",
            hint=f"There may be {MOST_PATTERNS} of {LONGEST_PATTERN} characters; * and ? stand for others.",
        )
    return kept


def parse_patterns(text: str) -> tuple[str, ...]:
    """Patterns as a library keeps them, one a line; what a stranger put there beyond the limits is left out."""
    return tuple(line for line in text.split("\n")[:MOST_PATTERNS] if 0 < len(line) <= LONGEST_PATTERN)


def absolute(path: Path) -> Path:
    """The path from the root, without ``..``; links are not followed, so names stay as the person knows them."""
    return Path(os.path.abspath(path))


def present(folders: Sequence[Path]) -> Sequence[Path]:
    """Those of some folders that are there now; all when none is, so that whoever needs them says what is wrong."""
    return [folder for folder in folders if is_folder(folder)] or folders


def scan(folders: Sequence[Path], ticket: Ticket | None = None, excluded: Sequence[str] = ()) -> list[PhotoFile]:
    """The files of ``look_through``.

    Raises:
        UserError, Cancelled: likewise.
    """
    return list(look_through(folders, ticket, excluded).files)


def look_through(folders: Sequence[Path], ticket: Ticket | None = None, excluded: Sequence[str] = ()) -> Scan:
    """Find the photo files below ``folders``, in path order.

    Hidden files and folders and those of the system (its waste bin, others' previews) are left out.  Links are followed,
    and whatever is reached in several ways, or lies in a folder that is given twice or inside another one, is found once.
    A file counts by its suffix; whether it is a photo shows when it is decoded.  Pipes, devices and links that lead nowhere
    are told, whatever they are called, and so are folders that cannot be listed.

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
    unread: list[Unread] = []
    seen: set[tuple[int, int]] = set()
    for root in roots:
        for file, linked in _walk(root, excluded, seen):
            if isinstance(file, Unread):
                unread.append(file)
            else:
                (links if linked else found).append(file)
            if len(found) % 500 == 0:
                ticket.checkpoint(len(found), 0, "scanning")
    found += _led_elsewhere(links, found) if links else []
    if not found:
        raise _nothing_in(roots, unread)
    files = sorted(found, key=lambda file: (str(file.root), file.name))
    return Scan(tuple(files), tuple(sorted(unread, key=lambda other: str(other.path))))


def _nothing_in(roots: Sequence[Path], unread: Sequence[Unread]) -> UserError:
    """Why no photo was found."""
    where = ", ".join(map(str, roots))
    if locked := [other for other in unread if other.folder]:
        more = f" and {len(locked) - 1} more" if len(locked) > 1 else ""
        return PassingError("no photos can be seen here", where, f"{locked[0].path}{more}: {locked[0].why}.")
    kinds = ", ".join(sorted(suffix[1:] for suffix in SUFFIXES))
    return UserError("there are no photos in this folder", where, f"Cropseek reads {kinds}.")


def _distinct_roots(folders: Sequence[Path]) -> list[Path]:
    """The folders made absolute, without those that lie inside another one."""
    roots: list[Path] = []
    for folder in sorted({absolute(folder) for folder in folders}):
        seen = look(folder)
        if seen.kind is not Kind.FOLDER:
            raise _no_root(folder, seen)
        if not any(folder.is_relative_to(root) for root in roots):
            roots.append(folder)
    return roots


def _no_root(folder: Path, seen: Seen) -> UserError:
    """Why a folder cannot be looked through."""
    what = {
        Kind.FILE: "this is not a folder",
        Kind.ODD: "this is not a folder",
        Kind.GONE: "the folder does not exist",
        Kind.DENIED: "the folder may not be read",
    }.get(seen.kind, "")
    hint = "Check its permissions." if "may not" in what else "Choose a folder of photos." if what else HINTS[Kind.FAILED]
    kind = UserError if seen.kind in (Kind.FILE, Kind.ODD) else PassingError
    return kind(what or f"the folder cannot be read ({seen.said or seen.kind.value})", str(folder), hint)


def _left_out(place: Path, root: Path, excluded: Sequence[str]) -> bool:
    """Whether a pattern fits a file or folder."""
    below = place.relative_to(root).as_posix()
    return any(fnmatch(place.name, pattern) or fnmatch(below, pattern) for pattern in excluded)


def _walk(root: Path, excluded: Sequence[str], seen: set[tuple[int, int]]) -> Iterator[tuple[PhotoFile | Unread, bool]]:
    """The photo files below one folder, and what could not be looked at; True tells that a link leads there.

    Args:
        seen: the folders that were looked at, by device and number; filled.
    """
    # What lies behind links comes last, so that a photo that is reached in both ways keeps the name of its own folder.
    waiting, linked = deque([root]), deque[Path]()
    while waiting or linked:
        folder = waiting.popleft() if waiting else linked.popleft()
        entries, listed = listing(folder)
        if listed.kind is not Kind.FOLDER:
            if folder == root:
                raise _no_root(root, listed)
            yield Unread(folder, _why(listed), True), False
        elif not _is_known(listed, seen):
            for entry in entries:
                path = folder / entry.name
                if _is_hidden(entry) or _left_out(path, root, excluded):
                    continue
                kind, is_link = kind_of(entry)
                if kind is Kind.FOLDER:
                    (linked if is_link else waiting).append(path)
                elif path.suffix.lower() in SUFFIXES:
                    yield _file(path, root), is_link
                elif kind in (Kind.DENIED, Kind.FAILED):
                    yield Unread(path, _why(Seen(kind)), True), is_link


def _file(path: Path, root: Path) -> PhotoFile | Unread:
    """A photo file, or why there is none behind its name."""
    found = look(path)
    if found.kind is not Kind.FILE or found.status is None:
        return Unread(path, _why(found), False, found.kind is not Kind.ODD)
    return PhotoFile(root, path.relative_to(root).as_posix(), found.status.st_size, found.status.st_mtime_ns)


def _why(seen: Seen) -> str:
    return seen.kind.value + (f" ({seen.said})" if seen.said else "")


def _is_known(folder: Seen, seen: set[tuple[int, int]]) -> bool:
    """Whether a folder was looked at already, on whatever way; it is from now on."""
    if folder.status is None:
        return False
    key = folder.status.st_dev, folder.status.st_ino
    known = key in seen and key[1] != 0  # filesystems without numbers for their folders give 0 for all
    seen.add(key)
    return known


def _is_hidden(entry: os.DirEntry[str]) -> bool:
    """Whether a file or folder is the system's, or hidden."""
    if entry.name.startswith(".") or entry.name.casefold() in SYSTEM or entry.name.endswith(".lrdata"):
        return True
    if os.name != "nt":
        return False
    hidden = stat.FILE_ATTRIBUTE_HIDDEN | stat.FILE_ATTRIBUTE_SYSTEM
    try:
        return bool(getattr(entry.stat(follow_symlinks=False), "st_file_attributes", 0) & hidden)
    except OSError:
        return False  # what is wrong with it is told when it is looked at


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


def sample(paths: Sequence[Path], count: int, seed: int = 1) -> list[Path]:
    """``count`` of the photos by chance, in their order; all of them when there are no more."""
    if len(paths) <= count:
        return list(paths)
    chosen = np.random.default_rng(seed).choice(len(paths), count, replace=False)
    return [paths[index] for index in np.sort(chosen)]
