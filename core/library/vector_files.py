"""The vectors of a large library in memory-mapped files, so that opening the library does not read them.

The files are a copy of the library's vectors in the user's cache folder.  Rows are only added, in the order of ids, which a
library never uses twice.  A search reads the codes and the descriptors of its shortlist; the system caches what was read,
and frees it when memory is needed.
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
from core.library import LibraryFile
from core.library.vectors import LibraryVectors
from core.util.resources import cache_folder

LARGE = 50_000
"""Number of photos from which a library gets such files; fewer are quickly read into memory."""

BATCH = 4096
"""Number of rows copied at a time."""

SAMPLES = 64
"""Number of rows compared with the library before existing files are trusted."""

Blobs = list[tuple[int, bytes, bytes, bytes]]
"""Rows of photo id, descriptor, code, and the concatenated codes of windows."""


@dataclass(frozen=True)
class VectorFiles:
    """The files of one library in their folder.

    Attributes:
        widths: bytes of a row in each file; ``ids`` is written last, so its length gives the number of complete rows.
    """

    folder: Path
    widths: dict[str, int]

    def __len__(self) -> int:
        try:
            return (self.folder / "ids").stat().st_size // self.widths["ids"]
        except OSError:
            return 0

    def write(self, start: int, rows: Blobs) -> None:
        """Write rows from index ``start`` on.  Never truncates, as others may have the files mapped."""
        ids, *columns = zip(*rows, strict=True)
        self.write_columns(start, np.array(ids, dtype=np.int64), *map(b"".join, columns))

    def write_columns(self, start: int, ids: NDArray[np.int64], descriptors: bytes, codes: bytes, windows: bytes) -> None:
        """The same for rows as columns; the ids are written last."""
        columns = {"descriptors": descriptors, "codes": codes, "windows": windows, "ids": ids.tobytes()}
        for name, data in columns.items():
            path = self.folder / name
            with path.open("r+b" if path.exists() else "w+b") as file:
                file.seek(start * self.widths[name])
                file.write(data)

    def mapped(
        self, name: str, dtype: type[np.generic], shape: tuple[int, ...], scattered: bool = False
    ) -> NDArray[np.generic]:
        """The complete rows of a file, (len(self), *shape).

        Args:
            scattered: single rows will be read, so the system must not read ahead: for a thousand rows of a million it
                would read half of the file.
        """
        if not len(self):
            return np.zeros((0, *shape), dtype=dtype)
        rows = np.memmap(self.folder / name, dtype=dtype, mode="r", shape=(len(self), *shape))
        if scattered and hasattr(mmap, "MADV_RANDOM"):  # not on Windows
            rows._mmap.madvise(mmap.MADV_RANDOM)  # type: ignore[attr-defined]
        return np.asarray(rows)

    def hold(self, rows: int) -> bool:
        """Whether every file still has ``rows`` rows."""
        try:
            return all((self.folder / name).stat().st_size >= rows * width for name, width in self.widths.items() if width)
        except OSError:
            return False

    def rows(self, indices: NDArray[np.int64]) -> Blobs:
        """Some rows in the form of ``LibraryFile.vectors_after``."""
        ids = self.mapped("ids", np.int64, ())[indices].tolist()
        parts = [
            [row.tobytes() for row in self.mapped(name, np.uint8, (self.widths[name],))[indices]]
            if self.widths[name]
            else [b""] * len(ids)
            for name in ("descriptors", "codes", "windows")
        ]
        return list(zip(ids, *parts, strict=True))


def mapped_vectors(library: LibraryFile) -> LibraryVectors | None:
    """All vectors of a library, including those of photos it does not show; None if it is small or files cannot be made.

    Raises:
        UserError: the library is damaged.
    """
    key = library.identity
    if not key or library.largest_photo() < LARGE:
        return None
    try:
        return _views(_current(library, key), library)
    except OSError:  # the disk is full, or the folder cannot be written
        return None


def _current(library: LibraryFile, key: str) -> VectorFiles:
    """The up-to-date files of a library."""
    path = str(library.path.resolve())
    name = hashlib.sha256(f"{key}\n{path}".encode()).hexdigest()[:32]
    root = cache_folder("vectors")
    root.mkdir(parents=True, exist_ok=True)
    widths = {
        "ids": 8,
        "descriptors": 2 * library.config.dimensions,
        "codes": library.config.bits // 8,
        "windows": subwindow_count(library.layout) * library.config.bits // 8,
    }
    for folder in sorted(root.glob(f"{name}-*")):
        files = VectorFiles(folder, widths)
        if _true(files, library):
            _bring_up_to_date(files, library)
            return files
    _tidy(root, path)
    files = VectorFiles(root / f"{name}-{uuid.uuid4().hex[:8]}", widths)
    files.folder.mkdir()
    (files.folder / "library").write_text(path, encoding="utf-8")
    _bring_up_to_date(files, library)
    return files


def _bring_up_to_date(files: VectorFiles, library: LibraryFile) -> None:
    """Copy the library's new rows to the files.  Two processes at once write the same bytes to the same positions."""
    known = len(files)
    last = int(files.mapped("ids", np.int64, ())[-1]) if known else 0
    while rows := library.vectors_after(last, BATCH):
        files.write(known, rows)
        known, last = known + len(rows), rows[-1][0]


def _true(files: VectorFiles, library: LibraryFile) -> bool:
    """Whether the rows are the library's, as another library may have replaced it, and most are still in it."""
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


def _views(files: VectorFiles, library: LibraryFile) -> LibraryVectors:
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


def _tidy(root: Path, path: str) -> None:
    """Remove files of libraries that no longer exist, and outdated files of this one."""
    for folder in root.iterdir():
        with contextlib.suppress(OSError):
            owner = (folder / "library").read_text(encoding="utf-8")
            if owner == path or not Path(owner).exists():
                shutil.rmtree(folder, ignore_errors=True)
