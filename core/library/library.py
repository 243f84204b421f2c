"""What a library holds: one SQLite database with an indexed collection (docs/architecture.md).

A library may come from a stranger.  It is data: types and sizes are checked where a value is read (``limits``), names may
not leave their root, and nothing in it is executed (the file itself: ``file``).
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.chain.config import DescriberConfig
from core.chain.subwindows import DEFAULT_LAYOUT
from core.library import limits
from core.library.agreed import agree, agreed_before, agreement, covers, may_open
from core.library.entries import Entry, Known
from core.library.file import check_names, create_file, damaged, open_file, safe_name, safe_root, stranger
from core.library.listing import STATES, Listing
from core.library.listing_file import read_columns
from core.library.rejections import ApartTable
from core.library.saved_queries import check_name, dump_query, parse_query
from core.library.stored_vectors import StoredVectors
from core.photos.scan import absolute, check_patterns, parse_patterns
from core.records import Query, SavedQuery, Skipped
from core.util.errors import UserError
from core.util.resources import own_folder

_FILE = ("photos.size", "photos.mtime_ns", "photos.content", "photos.state", "photos.reason")

MOST_TAKEN, MOST_REASON = limits.LIMITS["photos.taken"].most, limits.LIMITS["photos.reason"].most


class Library(StoredVectors):
    """An open library.  Safe to share between threads: one connection behind one lock.

    Use ``create_library`` or ``open_library`` to get one, and ``close`` it.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        super().__init__(path, connection)
        self.apart = ApartTable(self._checked, self._transaction, self._has)
        self._listed: dict[bool, tuple[tuple[int, ...], Listing]] = {}

    def roots(self) -> list[Path]:
        """The folders that were indexed."""
        return [Path(path) for _, path in self._roots()]

    def _roots(self) -> list[tuple[int, str]]:
        """Their numbers and paths, in the order of the paths."""
        rows = self._checked("SELECT id, path FROM roots ORDER BY path", (), "roots.id", "roots.path")
        for _, path in rows:
            safe_root(path, self.path)
        return rows

    @cached_property
    def known_here(self) -> bool:
        """Whether this person made the library, or agreed to it, so that it may be written to."""
        return agreement(self.path, self.identity) is not None

    @property
    def agreed(self) -> bool:
        """Whether this person made the library, or agreed to it, and to all its folders (``agreed``)."""
        found = agreement(self.path, self.identity)
        return found is not None and all(covers(found, root) for root in self.roots() if root.is_absolute())

    def closes(self, path: Path) -> bool:
        """Whether the library names a file that this person has not agreed to open."""
        try:
            roots = self.roots()
            # Folders of another system, or of a stranger: what they are here depends on where the program was started.
            if any(not root.is_absolute() and absolute(path).is_relative_to(absolute(root)) for root in roots):
                return True
            return not self.agreed and bool(self.find(path)) and not may_open(path)
        except UserError:  # closed meanwhile
            return False

    def check_folders(self, folders: Sequence[Path]) -> None:
        """Refuse folders that only the library itself names: nothing in them is looked at on its behalf.

        Raises:
            UserError: one of them is such a folder, or the library is a stranger's.
        """
        found, roots = agreement(self.path, self.identity), self.roots()
        for folder in map(absolute, folders):
            if found is None or (not covers(found, folder) and any(folder.is_relative_to(root) for root in roots)):
                raise stranger(self.path)

    def agree_to(self, folders: Sequence[Path]) -> None:
        """Agree to folders that a person named to be indexed.

        Raises:
            UserError: as ``check_folders``.
        """
        self.check_folders(folders)
        agree(self.path, self.identity, folders)

    def known(self) -> list[Known]:
        """Every photo file that was looked at, in path order."""
        roots = {number: Path(path) for number, path in self._roots()}
        rows = self._checked(
            "SELECT photos.id, root, name, size, mtime_ns, content, state, reason"
            " FROM photos JOIN roots ON roots.id = root ORDER BY roots.path, name",
            (),
            *("photos.id", "photos.root", "photos.name", *_FILE),
        )
        return [Known(r[0], roots[r[1]] / safe_name(r[2], self.path), *r[3:]) for r in rows]

    def photos(self, missing: bool = False) -> Listing:
        """Every photo, in path order, for showing; with those whose files are gone (``missing``), or without."""
        with self._lock:
            version = self.version()
            if missing not in self._listed or self._listed[missing][0] != version:
                self._listed[missing] = version, self._read_photos(missing)
            return self._listed[missing][1]

    def _read_photos(self, missing: bool) -> Listing:
        try:
            with self._lock:
                columns = read_columns(self._rows, self._roots(), missing)
        except (ValueError, TypeError, AttributeError, OverflowError) as error:
            raise damaged(self.path) from error
        check_names(columns.names, self.path)
        return Listing(columns, self.marks())

    def marks(self) -> dict[int, tuple[str, ...]]:
        """What photos are marked with, by photo."""
        if not self._has("marks"):
            return {}
        marks: dict[str, list[str]] = {}
        rows = self._checked(
            "SELECT content, mark FROM marks WHERE content <> '' ORDER BY mark", (), "marks.content", "marks.mark"
        )
        for content, mark in rows:
            marks.setdefault(content, []).append(mark)
        if max(map(len, marks.values()), default=0) > limits.MARKS_OF_ONE:
            raise damaged(self.path)
        # Photos with the same bytes share one tuple: joined by the database each would have a copy of every mark.
        shared = {content: tuple(own) for content, own in marks.items()}
        marked = "SELECT id, content FROM photos WHERE content IN (SELECT content FROM marks WHERE content <> '')"
        photos = self._checked(marked, (), "photos.id", "photos.content") if shared else []
        return {photo: shared[content] for photo, content in photos}

    def mark(self, photos: Sequence[int], mark: str, on: bool) -> None:
        """Mark photos, or take a mark away."""
        change = (
            "INSERT OR IGNORE INTO marks SELECT content, ? FROM photos WHERE id = ? AND content <> ''"
            if on
            else "DELETE FROM marks WHERE mark = ? AND content = (SELECT content FROM photos WHERE id = ?)"
        )
        with self._transaction() as db:
            db.executemany(change, [(mark, photo) for photo in photos])

    def forget_skipped(self) -> None:
        """Forget when the skipped photos were looked at, so that they count as changed."""
        with self._transaction() as db:
            db.execute("UPDATE photos SET mtime_ns = -1 WHERE state = 'skipped'")

    def excluded(self) -> tuple[str, ...]:
        """Patterns of files and folders that are not indexed (``core.photos.scan``)."""
        return parse_patterns(self._meta("excluded"))

    def exclude(self, patterns: Sequence[str]) -> None:
        """Leave other files and folders out from the next run on."""
        with self._transaction() as db:
            db.execute("INSERT OR REPLACE INTO meta VALUES ('excluded', ?)", ("\n".join(check_patterns(patterns)),))

    def counts(self) -> dict[str, int]:
        """The number of photos by state."""
        # One pass over the table; grouping by texts sorts a million of them.
        sums = ", ".join(f"coalesce(sum(state = '{state}'), 0)" for state in STATES)
        numbers = self._rows(f"SELECT {sums} FROM photos")[0]
        if not all(isinstance(number, int) for number in numbers):
            raise damaged(self.path)
        return {state: number for state, number in zip(STATES, numbers, strict=True) if number}

    def skipped(self) -> tuple[Skipped, ...]:
        """The photos that were skipped, in path order."""
        roots = {number: Path(path) for number, path in self._roots()}
        rows = self._checked(
            "SELECT root, name, reason FROM photos JOIN roots ON roots.id = root WHERE state = 'skipped'"
            " ORDER BY roots.path, name",
            (),
            *("photos.root", "photos.name", "photos.reason"),
        )
        return tuple(Skipped(roots[r[0]] / safe_name(r[1], self.path), r[2]) for r in rows)

    def find(self, path: Path) -> list[Known]:
        """The photo at a path, as a list of one; empty when the library does not hold it."""
        place = absolute(path)
        found = []
        for number, root in self._roots():
            if place.is_relative_to(root):
                name = place.relative_to(root).as_posix()
                rows = self._checked(
                    "SELECT id, size, mtime_ns, content, state, reason FROM photos WHERE root = ? AND name = ?",
                    (number, name),
                    *("photos.id", *_FILE),
                )
                found += [Known(r[0], place, *r[1:]) for r in rows]
        return found

    def is_current(self, path: Path) -> bool:
        """Whether the file at a path still is as it was when it was indexed."""
        try:
            status = path.stat()
        except OSError:
            return False
        return any((known.size, known.mtime_ns) == (status.st_size, status.st_mtime_ns) for known in self.find(path))

    def store(self, entries: Sequence[Entry]) -> None:
        """Add or replace photos, in one transaction."""
        with self._transaction() as db:
            for entry in entries:
                _store_entry(db, entry, self.path)

    def touch(self, photo: int, path: Path, size: int, mtime_ns: int) -> None:
        """Note that a photo with the same bytes has another place or time now."""
        with self._transaction() as db:
            root, name = _place(db, path)
            db.execute(
                "UPDATE photos SET root = ?, name = ?, size = ?, mtime_ns = ?, state = 'indexed' WHERE id = ?",
                (root, name, size, mtime_ns, photo),
            )

    def add_root(self, folder: Path) -> None:
        """Remember an indexed folder, unless it lies in one that is known."""
        with self._transaction() as db:
            known = [Path(path) for (path,) in db.execute("SELECT path FROM roots")]
            if not any(folder.is_relative_to(root) for root in known):
                db.execute("INSERT INTO roots (path) VALUES (?)", (str(folder),))

    def queries(self) -> list[SavedQuery]:
        """The saved queries, in the order of their names; none in a library of the first version.

        Raises:
            UserError: a damaged one.
        """
        if not self._has("queries"):
            return []
        total = self._rows("SELECT count(*), coalesce(sum(length(data)), 0) FROM queries")[0]
        if not _within(total, (limits.ROWS["queries"], limits.QUERIES_BYTES)):
            raise damaged(self.path)
        rows = self._checked("SELECT name, data FROM queries ORDER BY name", (), "queries.name", "queries.data")
        return [parse_query(name, data, self.path) for name, data in rows]

    def save_query(self, name: str, query: Query, ranking: str, only: str = "") -> None:
        """Keep a query under a name; one of that name is replaced."""
        row = check_name(name), dump_query(query, ranking, only)
        with self._transaction() as db:
            db.execute("INSERT OR REPLACE INTO queries VALUES (?, ?)", row)
            total = db.execute("SELECT count(*), coalesce(sum(length(data)), 0) FROM queries").fetchone()
            if len(row[1]) > limits.LIMITS["queries.data"].most or not _within(
                total, (limits.ROWS["queries"], limits.QUERIES_BYTES)
            ):
                raise UserError(
                    "there is no room for another saved query", str(self.path), "Remove some that are not needed."
                )

    def forget_query(self, name: str) -> None:
        """Remove a saved query."""
        with self._transaction() as db:
            db.execute("DELETE FROM queries WHERE name = ?", (name,))

    def miss(self, photos: Sequence[int], missing: bool = True) -> None:
        """Note that the files of indexed photos are gone, or there again; they are not searched meanwhile."""
        state = "missing" if missing else "indexed"
        with self._transaction() as db:
            db.executemany("UPDATE photos SET state = ? WHERE id = ?", [(state, photo) for photo in photos])

    def missing(self) -> list[int]:
        """The photos whose files are gone."""
        rows = self._checked("SELECT id FROM photos WHERE state = 'missing'", (), "photos.id")
        return [photo for (photo,) in rows]

    def forget(self, photos: Sequence[int]) -> None:
        """Remove photos from the library; the files are not touched."""
        with self._transaction() as db:
            db.executemany("DELETE FROM photos WHERE id = ?", [(photo,) for photo in photos])


def create_library(path: Path, config: DescriberConfig, describer: bytes, layout: str = DEFAULT_LAYOUT) -> Library:
    """Make a new library; an existing file is never overwritten.

    Args:
        layout: of the windows, see ``core.chain.subwindows``.

    Raises:
        UserError: the file exists, or cannot be written there, or there is no such layout.
    """
    create_file(path, config, describer, layout)
    agree_to_library(path, ())
    return open_library(path, writable=True)


def open_library(path: Path, writable: bool = False) -> Library:
    """Open an existing library.

    One that nobody here has agreed to (``agreed``) is read without leaving a trace beside it, and not written to.

    Raises:
        UserError: missing, not a library, of a newer version, damaged, or not writable though that was asked for.
    """
    quiet = not agreed_before(path)
    library = _opened(path, quiet=quiet)
    here = library.known_here
    if not writable and (here or quiet):
        return library
    library.close()
    if writable and not here:
        raise stranger(path)
    return _opened(path, writable, quiet=not here)


def adopt(path: Path) -> None:
    """Agree to a library that lies in the program's own folder, made by a version that kept no record.

    Nobody else puts libraries there.

    Raises:
        UserError: as ``open_library``.
    """
    if path.is_relative_to(own_folder("libraries")) and path.is_file() and not agreed_before(path):
        agree_to_library(path, None)


def agree_to_library(path: Path, folders: Sequence[Path] | None) -> None:
    """Note that a person agrees to a library: it may be written to, and photos of it below some folders be opened.

    Args:
        folders: None: all that it names.

    Raises:
        UserError: as ``open_library``, or it cannot be written.
    """
    with contextlib.closing(_opened(path, writable=True)) as library:
        agree(path, library.identity, library.roots() if folders is None else folders)


def _opened(path: Path, writable: bool = False, quiet: bool = False) -> Library:
    connection = open_file(path, writable, quiet)
    try:
        return Library(path, connection)
    except BaseException:
        connection.close()
        raise


def _store_entry(db: sqlite3.Connection, entry: Entry, library: Path) -> None:
    root, name = _place(db, entry.path)
    db.execute("DELETE FROM photos WHERE root = ? AND name = ?", (root, name))
    state = "skipped" if entry.descriptor is None else "indexed"
    file = (root, name, entry.size, entry.mtime_ns, entry.content)
    cursor = db.execute(
        "INSERT INTO photos (root, name, size, mtime_ns, content, width, height, taken, state, reason)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*file, entry.width, entry.height, entry.taken[:MOST_TAKEN], state, entry.reason[:MOST_REASON].replace("\0", "")),
    )
    photo = cursor.lastrowid
    if entry.descriptor is None or entry.code is None:
        return
    db.execute("INSERT INTO vectors VALUES (?, ?, ?)", (photo, entry.descriptor.tobytes(), entry.code.tobytes()))
    db.execute("INSERT INTO thumbnails VALUES (?, ?)", (photo, entry.thumbnail))
    if entry.positions is not None and entry.features is not None and _kept(entry.cells, entry.positions, entry.features):
        cells = (photo, *entry.cells, entry.positions.tobytes(), entry.features.tobytes())
        db.execute("INSERT INTO cells VALUES (?, ?, ?, ?, ?)", cells)
    if entry.windows is not None:
        db.execute("INSERT INTO windows VALUES (?, ?)", (photo, entry.windows.tobytes()))


def _place(db: sqlite3.Connection, path: Path) -> tuple[int, str]:
    """The root that holds a path, and the name below it."""
    for number, root in db.execute("SELECT id, path FROM roots ORDER BY length(path) DESC"):
        if path.is_relative_to(root):
            return number, path.relative_to(root).as_posix()
    raise ValueError(f"{path} lies in no root of the library")


def _kept(shape: tuple[int, int], positions: NDArray[np.uint16], features: NDArray[np.int8]) -> bool:
    """Whether cells are few enough to be kept (``limits``); a photo without them is found by its vectors alone."""
    few = len(positions) <= limits.CELLS and features.size <= limits.CELL_VALUES
    return few and max(shape) <= limits.LIMITS["cells.rows"].most and shape[0] * shape[1] <= limits.CELL_PLACES


def _within(numbers: Sequence[Any], most: Sequence[int]) -> bool:
    return all(isinstance(number, int) and 0 <= number <= high for number, high in zip(numbers, most, strict=True))
