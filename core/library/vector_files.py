"""The vectors of a large library in files that are mapped into memory, so that opening it reads none of them.

They are a copy of what the library holds, in the person's cache folder: rows only come, in the order of ids, which a
library never gives twice.  A search reads the codes, and of the descriptors those of its shortlist; the system keeps in
memory what was read and lets go of it when something else needs the room.
"""

from __future__ import annotations

import contextlib
import hashlib
import mmap
import shutil
import uuid
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.chain.subwindows import subwindow_count
from core.library import Library
from core.library.vectors import LibraryVectors
from core.util.resources import cache_folder

LARGE = 50_000
"""Photos from which on a library gets such files; fewer are read into memory in a moment."""

BATCH = 4096
"""Rows copied at a time."""

SAMPLES = 64
"""Rows compared with the library's before files of an earlier time are trusted."""

Blobs = list[tuple[int, bytes, bytes, bytes]]
"""Rows of photo id, descriptor, code, and the windows' codes one after the other."""


@dataclass(frozen=True)
class _Files:
    """The files of one library in their folder.

    Attributes:
        widths: bytes of a row of each file; ``ids`` is the last one written, and so tells how many rows are whole.
    """

    folder: Path
    widths: dict[str, int]

    def __len__(self) -> int:
        try:
            return (self.folder / "ids").stat().st_size // self.widths["ids"]
        except OSError:
            return 0

    def write(self, start: int, rows: Blobs) -> None:
        """Write rows from a place on, the ids last.  Nothing is ever cut off, as others may have the files mapped."""
        ids = np.array([row[0] for row in rows], dtype=np.int64).tobytes()
        _, *columns = zip(*rows, strict=True)
        parts = map(b"".join, columns)
        for name, data in (*zip(("descriptors", "codes", "windows"), parts, strict=True), ("ids", ids)):
            path = self.folder / name
            with path.open("r+b" if path.exists() else "w+b") as file:
                file.seek(start * self.widths[name])
                file.write(data)

    def mapped(
        self, name: str, dtype: type[np.generic], shape: tuple[int, ...], scattered: bool = False
    ) -> NDArray[np.generic]:
        """The whole rows of a file, (len(self), *shape).

        Args:
            scattered: single rows are wanted: the system is told to read nothing around them, of which a thousand rows of
                a million would make half of the file.
        """
        if not len(self):
            return np.zeros((0, *shape), dtype=dtype)
        rows = np.memmap(self.folder / name, dtype=dtype, mode="r", shape=(len(self), *shape))
        if scattered and hasattr(mmap, "MADV_RANDOM"):  # not on Windows
            rows._mmap.madvise(mmap.MADV_RANDOM)  # type: ignore[attr-defined]
        return np.asarray(rows)

    def hold(self, rows: int) -> bool:
        """Whether every file still has so many rows."""
        try:
            return all((self.folder / name).stat().st_size >= rows * width for name, width in self.widths.items() if width)
        except OSError:
            return False

    def rows(self, places: NDArray[np.int64]) -> Blobs:
        """Some rows as the library holds them."""
        ids = self.mapped("ids", np.int64, ())[places].tolist()
        parts = [
            [row.tobytes() for row in self.mapped(name, np.uint8, (self.widths[name],))[places]]
            if self.widths[name]
            else [b""] * len(ids)
            for name in ("descriptors", "codes", "windows")
        ]
        return list(zip(ids, *parts, strict=True))


def mapped_vectors(library: Library) -> LibraryVectors | None:
    """All vectors of a library, also those of photos it does not show; None when it is small, or has no place for files.

    Raises:
        UserError: the library is damaged.
    """
    key = library.identity
    if not key or library.largest_photo() < LARGE:
        return None
    try:
        return _views(_current(library, key), library)
    except OSError:  # no room, or a folder that cannot be written
        return None


def _current(library: Library, key: str) -> _Files:
    """The files of a library, brought up to date."""
    place = str(library.path.resolve())
    name = hashlib.sha256(f"{key}\n{place}".encode()).hexdigest()[:32]
    root = cache_folder("vectors")
    root.mkdir(parents=True, exist_ok=True)
    widths = {
        "ids": 8,
        "descriptors": 2 * library.config.dimensions,
        "codes": library.config.bits // 8,
        "windows": subwindow_count(library.layout) * library.config.bits // 8,
    }
    for folder in sorted(root.glob(f"{name}-*")):
        files = _Files(folder, widths)
        if _true(files, library):
            _bring_up_to_date(files, library)
            return files
    _tidy(root, place)
    files = _Files(root / f"{name}-{uuid.uuid4().hex[:8]}", widths)
    files.folder.mkdir()
    (files.folder / "library").write_text(place, encoding="utf-8")
    _bring_up_to_date(files, library)
    return files


def _bring_up_to_date(files: _Files, library: Library) -> None:
    """Copy what the library has beyond the files.  Two programs that do so at once write the same to the same places."""
    known = len(files)
    last = int(files.mapped("ids", np.int64, ())[-1]) if known else 0
    while rows := library.vectors_after(last, BATCH):
        files.write(known, rows)
        known, last = known + len(rows), rows[-1][0]


def _true(files: _Files, library: Library) -> bool:
    """Whether the rows are those of the library, as another may have come to its place, and most are still there."""
    known = len(files)
    if not known or not files.hold(known):
        return False
    ids = files.mapped("ids", np.int64, ())
    if (np.diff(ids) <= 0).any():
        return False
    mine = files.rows(np.unique(np.linspace(0, known - 1, SAMPLES).astype(np.int64)))
    theirs = [library.vectors_after(row[0] - 1, 1) for row in mine]
    same = [rows[0] == row for row, rows in zip(mine, theirs, strict=True) if rows and rows[0][0] == row[0]]
    return all(same) and 2 * len(same) > len(mine)


def _views(files: _Files, library: Library) -> LibraryVectors:
    parts, size = subwindow_count(library.layout), library.config.bits // 8
    ids, descriptors, codes = (
        files.mapped("ids", np.int64, ()),
        files.mapped("descriptors", np.float16, (library.config.dimensions,)),
        files.mapped("codes", np.uint8, (size,)),
    )
    scattered = files.mapped("descriptors", np.float16, (library.config.dimensions,), scattered=True)
    windows = files.mapped("windows", np.uint8, (parts, size)) if parts else None
    intact = partial(files.hold, len(ids))
    return LibraryVectors(ids, descriptors, codes, windows, scattered, intact)  # type: ignore[arg-type]


def _tidy(root: Path, place: str) -> None:
    """Remove the files of libraries that are no longer where they were, and old ones of this one."""
    for folder in root.iterdir():
        with contextlib.suppress(OSError):
            owner = (folder / "library").read_text(encoding="utf-8")
            if owner == place or not Path(owner).exists():
                shutil.rmtree(folder, ignore_errors=True)
