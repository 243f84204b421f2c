"""Find the photo files in folders, without decoding them."""

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
"""Names in lower case of folders that systems and network disks create among photos."""


@dataclass(frozen=True)
class PhotoFile:
    """A file that looks like a photo: its ``root`` folder, its ``name`` below it (with ``/``), size in bytes and mtime."""

    root: Path
    name: str
    size: int
    mtime_ns: int

    @property
    def path(self) -> Path:
        """The path of the file."""
        return self.root / self.name


@dataclass(frozen=True)
class Unread:
    """A file or folder that could not be read, and why; ``passing``: the failure may be temporary."""

    path: Path
    why: str
    folder: bool
    passing: bool = True


@dataclass(frozen=True)
class Scan:
    """The result of a scan: photo files in path order, and what could not be read."""

    files: tuple[PhotoFile, ...]
    unread: tuple[Unread, ...] = ()

    def covers(self, path: Path) -> bool:
        """Whether the scan would have found a photo at this path: no folder above it was unreadable.

        A path that is not covered may still exist, so it must not be forgotten.
        """
        return not any(other.passing and path.is_relative_to(other.path) for other in self.unread)


def check_patterns(patterns: Sequence[str]) -> tuple[str, ...]:
    """The patterns, stripped of blanks, without empty ones.

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
    """Patterns as stored in a library, one a line; patterns beyond the limits are dropped, as it may be untrusted."""
    return tuple(line for line in text.split("\n")[:MOST_PATTERNS] if 0 < len(line) <= LONGEST_PATTERN)


def absolute(path: Path) -> Path:
    """The absolute path without ``..``; links are not followed, so that names stay as the user knows them."""
    return Path(os.path.abspath(path))


def present(folders: Sequence[Path]) -> Sequence[Path]:
    """The folders that exist now; if none exists, all of them, so that the caller raises the error."""
    return [folder for folder in folders if is_folder(folder)] or folders


def scan(folders: Sequence[Path], ticket: Ticket | None = None, excluded: Sequence[str] = ()) -> list[PhotoFile]:
    """The files of ``look_through``.

    Raises:
        UserError, Cancelled: as ``look_through``.
    """
    return list(look_through(folders, ticket, excluded).files)


def require_photo(folders: Sequence[Path], ticket: Ticket | None = None) -> None:
    """Check that ``folders`` hold a photo file; stops at the first one.

    Raises:
        UserError, Cancelled: as ``look_through``.
    """
    seen: set[tuple[int, int]] = set()
    for root in _distinct_roots(folders):
        if any(isinstance(file, PhotoFile) for file, _ in _walk(root, (), seen)):
            return
    look_through(folders, ticket)  # says why there is none


def look_through(folders: Sequence[Path], ticket: Ticket | None = None, excluded: Sequence[str] = ()) -> Scan:
    """Find the photo files below ``folders``, in path order.

    Hidden files and folders and those of the system (recycle bin, previews of other programs) are left out.  Links are
    followed.  A file that is reached in several ways, through links or through folders given twice or inside each other, is
    found once.  A file counts as a photo by its suffix; decoding shows whether it is one.  Pipes, devices, broken links and
    folders that cannot be listed are reported.

    Args:
        excluded: patterns (``*``, ``?``, ``[…]``) of names, or of paths below a root, of files and folders to leave out.

    Raises:
        UserError: a folder is missing, not a folder, or not readable, or all of them together hold no photo.
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
    """The absolute folders, without those inside another one."""
    roots: list[Path] = []
    for folder in sorted({absolute(folder) for folder in folders}):
        seen = look(folder)
        if seen.kind is not Kind.FOLDER:
            raise _no_root(folder, seen)
        if not any(folder.is_relative_to(root) for root in roots):
            roots.append(folder)
    return roots


def _no_root(folder: Path, seen: Seen) -> UserError:
    """Why a folder cannot be scanned."""
    what = {
        Kind.FILE: "this is not a folder",
        Kind.ODD: "this is not a folder",
        Kind.GONE: "the folder does not exist",
        Kind.DENIED: "the folder may not be read",
    }.get(seen.kind, "")
    hint = "Check its permissions." if "may not" in what else "Choose a folder of photos." if what else HINTS[Kind.FAILED]
    kind = UserError if seen.kind in (Kind.FILE, Kind.ODD) else PassingError
    return kind(what or f"the folder cannot be read ({seen.said or seen.kind.value})", str(folder), hint)


def _left_out(path: Path, root: Path, excluded: Sequence[str]) -> bool:
    """Whether a pattern matches a file or folder."""
    below = path.relative_to(root).as_posix()
    return any(fnmatch(path.name, pattern) or fnmatch(below, pattern) for pattern in excluded)


def _walk(root: Path, excluded: Sequence[str], seen: set[tuple[int, int]]) -> Iterator[tuple[PhotoFile | Unread, bool]]:
    """The photo files below one folder, and what could not be read; True if it was reached through a link.

    Args:
        seen: device and inode number of the folders visited so far; updated.
    """
    # Links come last, so that a photo that is reached in both ways keeps its real path.
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
    """The photo file at a path, or why it cannot be read."""
    found = look(path)
    if found.kind is not Kind.FILE or found.status is None:
        return Unread(path, _why(found), False, found.kind is not Kind.ODD)
    return PhotoFile(root, path.relative_to(root).as_posix(), found.status.st_size, found.status.st_mtime_ns)


def _why(seen: Seen) -> str:
    return seen.kind.value + (f" ({seen.said})" if seen.said else "")


def _is_known(folder: Seen, seen: set[tuple[int, int]]) -> bool:
    """Whether a folder was visited already, by any path; marks it as visited."""
    if folder.status is None:
        return False
    key = folder.status.st_dev, folder.status.st_ino
    known = key in seen and key[1] != 0  # filesystems without inode numbers return 0 for all
    seen.add(key)
    return known


def _is_hidden(entry: os.DirEntry[str]) -> bool:
    """Whether a file or folder is hidden, or belongs to the system."""
    if entry.name.startswith(".") or entry.name.casefold() in SYSTEM or entry.name.endswith(".lrdata"):
        return True
    if os.name != "nt":
        return False
    hidden = stat.FILE_ATTRIBUTE_HIDDEN | stat.FILE_ATTRIBUTE_SYSTEM
    try:
        return bool(getattr(entry.stat(follow_symlinks=False), "st_file_attributes", 0) & hidden)
    except OSError:
        return False  # its failure is reported when it is visited


def _led_elsewhere(links: Sequence[PhotoFile], found: Sequence[PhotoFile]) -> list[PhotoFile]:
    """The links to files that were found only through links; one link for each file."""
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
