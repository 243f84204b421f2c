"""What a library holds: one SQLite database with an indexed collection (docs/architecture.md).

A library may come from a stranger.  It is data: sizes are checked before memory is spent on them, names may not leave their
root, and nothing in it is executed (the file itself: ``library_file``).
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import json
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.chain.config import DescriberConfig, config_from_dict
from core.chain.subwindows import DEFAULT_LAYOUT, LAYOUTS, subwindow_count
from core.library.entries import Entry, Known
from core.library.file import check_names, create_file, damaged, open_file, reported, safe_name
from core.library.listing import STATES, Listing
from core.library.listing_file import read_columns
from core.library.points import PointsTable, store_points
from core.library.rejections import ApartTable
from core.library.saved_queries import check_name, dump_query, parse_query
from core.photos.scan import absolute, check_patterns, parse_patterns
from core.records import Query, SavedQuery, Skipped

MAX_PHOTOS = 20_000_000

_OPENED = itertools.count(1)  # tells one opening of a file from another

_THERE = "WHERE vectors.photo NOT IN (SELECT id FROM photos WHERE state = 'missing')"


class Library:
    """An open library.  Safe to share between threads: one connection behind one lock.

    Use ``create_library`` or ``open_library`` to get one, and ``close`` it.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path, self._connection, self._lock = path, connection, threading.RLock()
        self._opened = next(_OPENED)
        self.config = self._read_config()
        self.layout = self._read_layout()
        self.apart = ApartTable(self._rows, self._transaction, self._has)
        self.points = PointsTable(self._rows, self._has, path)
        self._listed: dict[bool, tuple[tuple[int, ...], Listing]] = {}

    def close(self) -> None:
        """Fold the write-ahead log into the file and let go of it."""
        with self._lock:
            self._connection.close()

    def describer_bytes(self) -> bytes:
        """The fitted describer that this library was built with."""
        return bytes(self._rows("SELECT data FROM describer")[0][0])

    @cached_property
    def describer_key(self) -> str:
        """Tells equal describers from others; a library keeps its own for good."""
        return hashlib.sha256(self.describer_bytes()).hexdigest()

    def roots(self) -> list[Path]:
        """The folders that were indexed."""
        return [Path(path) for (path,) in self._rows("SELECT path FROM roots ORDER BY path")]

    def known(self) -> list[Known]:
        """Every photo file that was looked at, in path order."""
        rows = self._rows(
            "SELECT photos.id, roots.path, name, size, mtime_ns, content, state, reason"
            " FROM photos JOIN roots ON roots.id = root ORDER BY roots.path, name"
        )
        return [Known(r[0], Path(r[1]) / safe_name(r[2], self.path), *r[3:]) for r in rows]

    def photos(self, missing: bool = False) -> Listing:
        """Every photo, in path order, for showing; with those whose files are gone (``missing``), or without."""
        with self._lock:
            version = self.version()
            if missing not in self._listed or self._listed[missing][0] != version:
                self._listed[missing] = version, self._read_photos(missing)
            return self._listed[missing][1]

    def _read_photos(self, missing: bool) -> Listing:
        try:
            columns = read_columns(self._rows, missing)
        except (ValueError, TypeError, AttributeError, OverflowError) as error:
            raise damaged(self.path) from error
        check_names(columns.names, self.path)
        return Listing(columns, self.marks())

    def marks(self) -> dict[int, tuple[str, ...]]:
        """What photos are marked with, by photo."""
        found: dict[int, tuple[str, ...]] = {}
        if self._has("marks"):
            for photo, mark in self._rows(
                "SELECT id, mark FROM marks JOIN photos USING (content) WHERE content <> '' ORDER BY mark"
            ):
                found[photo] = (*found.get(photo, ()), mark)
        return found

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
        rows = self._rows("SELECT value FROM meta WHERE key = 'excluded'")
        return parse_patterns(rows[0][0]) if rows else ()

    def exclude(self, patterns: Sequence[str]) -> None:
        """Leave other files and folders out from the next run on."""
        with self._transaction() as db:
            db.execute("INSERT OR REPLACE INTO meta VALUES ('excluded', ?)", ("\n".join(check_patterns(patterns)),))

    def counts(self) -> dict[str, int]:
        """The number of photos by state."""
        # One pass over the table; grouping by texts sorts a million of them.
        sums = ", ".join(f"coalesce(sum(state = '{state}'), 0)" for state in STATES)
        numbers = self._rows(f"SELECT {sums} FROM photos")[0]
        return {state: number for state, number in zip(STATES, numbers, strict=True) if number}

    def skipped(self) -> tuple[Skipped, ...]:
        """The photos that were skipped, in path order."""
        rows = self._rows(
            "SELECT roots.path, name, reason FROM photos JOIN roots ON roots.id = root WHERE state = 'skipped'"
            " ORDER BY roots.path, name"
        )
        return tuple(Skipped(Path(r[0]) / safe_name(r[1], self.path), r[2]) for r in rows)

    def find(self, path: Path) -> list[Known]:
        """The photo at a path, as a list of one; empty when the library does not hold it."""
        place = absolute(path)
        found = []
        for number, root in self._rows("SELECT id, path FROM roots"):
            if place.is_relative_to(root):
                name = place.relative_to(root).as_posix()
                rows = self._rows(
                    "SELECT id, size, mtime_ns, content, state, reason FROM photos WHERE root = ? AND name = ?",
                    (number, name),
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

    def vectors(self) -> tuple[NDArray[np.int64], NDArray[np.float16], NDArray[np.uint8]]:
        """Ids (N,), descriptors (N, D) float16 and packed codes (N, L / 8) of photos that are not missing, by id.

        Raises:
            UserError: lengths that do not fit the configuration: a damaged or hostile file.
        """
        dimensions, code_bytes = self.config.dimensions, self.config.bits // 8
        with self._lock:
            count, good = self._rows(
                f"SELECT count(*), coalesce(sum(length(descriptor) = ? AND length(code) = ?), 0) FROM vectors {_THERE}",
                (2 * dimensions, code_bytes),
            )[0]
            if count != good or count > MAX_PHOTOS:
                raise damaged(self.path)
            rows = self._rows(f"SELECT photo, descriptor, code FROM vectors {_THERE} ORDER BY photo")
        ids = np.fromiter((row[0] for row in rows), dtype=np.int64, count=len(rows))
        descriptors = np.frombuffer(b"".join(row[1] for row in rows), dtype=np.float16).reshape(len(rows), dimensions)
        codes = np.frombuffer(b"".join(row[2] for row in rows), dtype=np.uint8).reshape(len(rows), code_bytes)
        return ids, descriptors, codes

    @cached_property
    def identity(self) -> str:
        """Tells this library from all others, copies aside; empty for one of an earlier time that was only read since."""
        rows = self._rows("SELECT value FROM meta WHERE key = 'identity'")
        return str(rows[0][0]) if rows else ""

    def largest_photo(self) -> int:
        """The largest id of a photo with vectors: about as many there are."""
        return int(self._rows("SELECT coalesce(max(photo), 0) FROM vectors")[0][0])

    def vectors_after(self, photo: int, limit: int) -> list[tuple[int, bytes, bytes, bytes]]:
        """Id, descriptor, code, and windows' codes of the next photos behind one, by id, at most ``limit``.

        Raises:
            UserError: lengths that do not fit the configuration: a damaged or hostile file.
        """
        windows = subwindow_count(self.layout)
        source = "LEFT JOIN windows USING (photo)" if windows else ""
        rows = self._rows(
            f"SELECT vectors.photo, descriptor, code, {'codes' if windows else 'zeroblob(0)'} FROM vectors {source}"
            " WHERE vectors.photo > ? ORDER BY vectors.photo LIMIT ?",
            (photo, limit),
        )
        code_bytes = self.config.bits // 8
        wanted = 2 * self.config.dimensions, code_bytes, windows * code_bytes
        if any(tuple(len(part or b"") for part in row[1:]) != wanted for row in rows):
            raise damaged(self.path)
        return rows

    def window_codes(self) -> NDArray[np.uint8] | None:
        """The windows' codes, (N, W, L / 8), in the order of ``vectors``; None when the library has no windows.

        Raises:
            UserError: lengths that do not fit: a damaged or hostile file.
        """
        number, code_bytes = subwindow_count(self.layout), self.config.bits // 8
        if not number:
            return None
        wanted = number * code_bytes
        source = f"FROM vectors LEFT JOIN windows ON windows.photo = vectors.photo {_THERE}"
        with self._lock:
            total, good = self._rows(f"SELECT count(*), coalesce(sum(length(codes) = ?), 0) {source}", (wanted,))[0]
            if total != good or total > MAX_PHOTOS:
                raise damaged(self.path)
            rows = self._rows(f"SELECT codes {source} ORDER BY vectors.photo")
        return np.frombuffer(b"".join(row[0] for row in rows), dtype=np.uint8).reshape(total, number, code_bytes)

    def cells(self, photo: int) -> tuple[tuple[int, int], NDArray[np.uint16], NDArray[np.float32]] | None:
        """Grid shape, positions (n, 2) and reduced features (n, d) of a photo's kept cells; None when not stored."""
        rows = self._rows("SELECT rows, columns, positions, features FROM cells WHERE photo = ?", (photo,))
        if not rows:
            return None
        height, width, positions, features = rows[0]
        count, dimension = len(positions) // 4, self.config.pca_dimension
        if len(positions) != 4 * count or len(features) != count * dimension:
            raise damaged(self.path)
        values = (np.frombuffer(features, dtype=np.int8).reshape(count, dimension) / 127).astype(np.float32)
        return (height, width), np.frombuffer(positions, dtype=np.uint16).reshape(count, 2), values

    def thumbnail(self, photo: int) -> bytes:
        """The stored JPEG of a photo; empty when there is none."""
        rows = self._rows("SELECT jpeg FROM thumbnails WHERE photo = ?", (photo,))
        return bytes(rows[0][0]) if rows else b""

    def version(self) -> tuple[int, int, int]:
        """Changes whenever anybody has committed to the file; never that of another opening, as SQLite's own may be."""
        with self._lock:
            return self._opened, self._rows("PRAGMA data_version")[0][0], self._connection.total_changes

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
        rows = self._rows("SELECT name, data FROM queries ORDER BY name")
        return [parse_query(name, data, self.path) for name, data in rows]

    def save_query(self, name: str, query: Query, ranking: str, only: str = "") -> None:
        """Keep a query under a name; one of that name is replaced."""
        with self._transaction() as db:
            db.execute("INSERT OR REPLACE INTO queries VALUES (?, ?)", (check_name(name), dump_query(query, ranking, only)))

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
        return [photo for (photo,) in self._rows("SELECT id FROM photos WHERE state = 'missing'")]

    def forget(self, photos: Sequence[int]) -> None:
        """Remove photos from the library; the files are not touched."""
        with self._transaction() as db:
            db.executemany("DELETE FROM photos WHERE id = ?", [(photo,) for photo in photos])

    def _has(self, table: str) -> bool:
        """Whether there is this table: libraries of earlier versions lack some, and may not be writable."""
        return bool(self._rows("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)))

    def _read_config(self) -> DescriberConfig:
        rows = self._rows("SELECT value FROM meta WHERE key = 'config'")
        try:
            values = json.loads(rows[0][0])
        except (IndexError, ValueError) as error:
            raise damaged(self.path) from error
        return config_from_dict(values)

    def _read_layout(self) -> str:
        """The layout of the windows; libraries of the first version have none."""
        rows = self._rows("SELECT value FROM meta WHERE key = 'windows'")
        layout = str(rows[0][0]) if rows else "none"
        if layout not in LAYOUTS:
            raise damaged(self.path)
        return layout

    def _rows(self, sql: str, arguments: tuple[object, ...] = ()) -> list[tuple]:  # type: ignore[type-arg]
        with self._lock, reported(self.path):
            return self._connection.execute(sql, arguments).fetchall()

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock, reported(self.path), self._connection:
            yield self._connection


def create_library(path: Path, config: DescriberConfig, describer: bytes, layout: str = DEFAULT_LAYOUT) -> Library:
    """Make a new library; an existing file is never overwritten.

    Args:
        layout: of the windows, see ``core.chain.subwindows``.

    Raises:
        UserError: the file exists, or cannot be written there, or there is no such layout.
    """
    create_file(path, config, describer, layout)
    return open_library(path, writable=True)


def open_library(path: Path, writable: bool = False) -> Library:
    """Open an existing library.

    Raises:
        UserError: missing, not a library, of a newer version, damaged, or not writable though that was asked for.
    """
    connection = open_file(path, writable)
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
        (*file, entry.width, entry.height, entry.taken, state, entry.reason),
    )
    photo = cursor.lastrowid
    if entry.descriptor is None or entry.code is None:
        return
    db.execute("INSERT INTO vectors VALUES (?, ?, ?)", (photo, entry.descriptor.tobytes(), entry.code.tobytes()))
    db.execute("INSERT INTO thumbnails VALUES (?, ?)", (photo, entry.thumbnail))
    if entry.positions is not None and entry.features is not None:
        cells = *entry.cells, entry.positions.tobytes(), entry.features.tobytes()
        db.execute("INSERT INTO cells VALUES (?, ?, ?, ?, ?)", (photo, *cells))
    store_points(db, photo, entry.points)
    if entry.windows is not None:
        db.execute("INSERT INTO windows VALUES (?, ?)", (photo, entry.windows.tobytes()))


def _place(db: sqlite3.Connection, path: Path) -> tuple[int, str]:
    """The root that holds a path, and the name below it."""
    for number, root in db.execute("SELECT id, path FROM roots ORDER BY length(path) DESC"):
        if path.is_relative_to(root):
            return number, path.relative_to(root).as_posix()
    raise ValueError(f"{path} lies in no root of the library")
