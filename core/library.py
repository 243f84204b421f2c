"""The library file: one SQLite database that holds an indexed collection (DESIGN section 5).

A library may come from a stranger.  It is data: its schema must be exactly ours, sizes are checked before memory is spent
on them, names may not leave their root, and nothing in it is executed.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath

import numpy as np
from numpy.typing import NDArray

from core.collection import absolute
from core.config import DescriberConfig, config_from_dict
from core.errors import UserError
from core.library_schema import APPLICATION_ID, SCHEMA, SCHEMA_VERSION
from core.records import PhotoRecord

MAX_PHOTOS = 20_000_000


@dataclass(frozen=True)
class Known:
    """What the library remembers of a photo file."""

    id: int
    path: Path
    size: int
    mtime_ns: int
    content: str
    state: str
    reason: str


@dataclass(frozen=True)
class Entry:
    """A photo to be stored.  The arrays are None when it is skipped.

    Attributes:
        content: hash of the file's bytes; empty when they could not be read.
        descriptor: (D,) float16; ``code``: (L / 8,) uint8.
        cells: ``(rows, columns)`` of the grid.
        positions: (n, 2) uint16.
        features: (n, d) int8, 127 times the value.
    """

    path: Path
    size: int
    mtime_ns: int
    content: str = ""
    width: int = 0
    height: int = 0
    taken: str = ""
    reason: str = ""
    descriptor: NDArray[np.float16] | None = None
    code: NDArray[np.uint8] | None = None
    cells: tuple[int, int] = (0, 0)
    positions: NDArray[np.uint16] | None = None
    features: NDArray[np.int8] | None = None
    thumbnail: bytes = b""


class Library:
    """An open library.  Safe to share between threads: one connection behind one lock.

    Use ``create_library`` or ``open_library`` to get one, and ``close`` it.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path, self._connection, self._lock = path, connection, threading.RLock()
        self.config = self._read_config()

    def close(self) -> None:
        """Fold the write-ahead log into the file and let go of it."""
        with self._lock:
            self._connection.close()

    def describer_bytes(self) -> bytes:
        """The fitted describer that this library was built with."""
        return bytes(self._rows("SELECT data FROM describer")[0][0])

    def roots(self) -> list[Path]:
        """The folders that were indexed."""
        return [Path(path) for (path,) in self._rows("SELECT path FROM roots ORDER BY path")]

    def known(self) -> list[Known]:
        """Every photo file that was looked at, in path order."""
        rows = self._rows(
            "SELECT photos.id, roots.path, name, size, mtime_ns, content, state, reason"
            " FROM photos JOIN roots ON roots.id = root ORDER BY roots.path, name"
        )
        return [Known(r[0], Path(r[1]) / _safe_name(r[2], self.path), *r[3:]) for r in rows]

    def photos(self) -> list[PhotoRecord]:
        """Every photo, in path order, for showing."""
        rows = self._rows(
            "SELECT photos.id, roots.path, name, width, height, state, reason"
            " FROM photos JOIN roots ON roots.id = root ORDER BY roots.path, name"
        )
        return [PhotoRecord(Path(r[1]) / _safe_name(r[2], self.path), r[0], *r[3:]) for r in rows]

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
        """All photo ids (N,), descriptors (N, D) float16 and packed codes (N, L / 8), in the order of ids.

        Raises:
            UserError: lengths that do not fit the configuration: a damaged or hostile file.
        """
        dimensions, code_bytes = self.config.dimensions, self.config.bits // 8
        with self._lock:
            count, good = self._rows(
                "SELECT count(*), coalesce(sum(length(descriptor) = ? AND length(code) = ?), 0) FROM vectors",
                (2 * dimensions, code_bytes),
            )[0]
            if count != good or count > MAX_PHOTOS:
                raise _damaged(self.path)
            rows = self._rows("SELECT photo, descriptor, code FROM vectors ORDER BY photo")
        ids = np.fromiter((row[0] for row in rows), dtype=np.int64, count=len(rows))
        descriptors = np.frombuffer(b"".join(row[1] for row in rows), dtype=np.float16).reshape(len(rows), dimensions)
        codes = np.frombuffer(b"".join(row[2] for row in rows), dtype=np.uint8).reshape(len(rows), code_bytes)
        return ids, descriptors, codes

    def cells(self, photo: int) -> tuple[tuple[int, int], NDArray[np.uint16], NDArray[np.float32]] | None:
        """Grid shape, positions (n, 2) and reduced features (n, d) of a photo's kept cells; None when not stored."""
        rows = self._rows("SELECT rows, columns, positions, features FROM cells WHERE photo = ?", (photo,))
        if not rows:
            return None
        height, width, positions, features = rows[0]
        count, dimension = len(positions) // 4, self.config.pca_dimension
        if len(positions) != 4 * count or len(features) != count * dimension:
            raise _damaged(self.path)
        values = (np.frombuffer(features, dtype=np.int8).reshape(count, dimension) / 127).astype(np.float32)
        return (height, width), np.frombuffer(positions, dtype=np.uint16).reshape(count, 2), values

    def thumbnail(self, photo: int) -> bytes:
        """The stored JPEG of a photo; empty when there is none."""
        rows = self._rows("SELECT jpeg FROM thumbnails WHERE photo = ?", (photo,))
        return bytes(rows[0][0]) if rows else b""

    def version(self) -> tuple[int, int]:
        """Changes whenever anybody has committed to the file."""
        with self._lock:
            return self._rows("PRAGMA data_version")[0][0], self._connection.total_changes

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
                "UPDATE photos SET root = ?, name = ?, size = ?, mtime_ns = ? WHERE id = ?",
                (root, name, size, mtime_ns, photo),
            )

    def add_root(self, folder: Path) -> None:
        """Remember an indexed folder, unless it lies in one that is known."""
        with self._transaction() as db:
            known = [Path(path) for (path,) in db.execute("SELECT path FROM roots")]
            if not any(folder.is_relative_to(root) for root in known):
                db.execute("INSERT INTO roots (path) VALUES (?)", (str(folder),))

    def forget(self, photos: Sequence[int]) -> None:
        """Remove photos from the library; the files are not touched."""
        with self._transaction() as db:
            db.executemany("DELETE FROM photos WHERE id = ?", [(photo,) for photo in photos])

    def _read_config(self) -> DescriberConfig:
        rows = self._rows("SELECT value FROM meta WHERE key = 'config'")
        try:
            values = json.loads(rows[0][0])
        except (IndexError, ValueError) as error:
            raise _damaged(self.path) from error
        return config_from_dict(values)

    def _rows(self, sql: str, arguments: tuple[object, ...] = ()) -> list[tuple]:  # type: ignore[type-arg]
        with self._lock, _reported(self.path):
            return self._connection.execute(sql, arguments).fetchall()

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock, _reported(self.path), self._connection:
            yield self._connection


def create_library(path: Path, config: DescriberConfig, describer: bytes) -> Library:
    """Make a new library; an existing file is never overwritten.

    Raises:
        UserError: the file exists, or cannot be written there.
    """
    if path.exists():
        raise UserError("there is a file of this name already", str(path), "Choose another name for the library.")
    with _reported(path):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unwritable(path) from error
        # Built under another name and renamed, so that a stop here leaves no half-made library.
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        part.unlink(missing_ok=True)
        connection = sqlite3.connect(part)
        try:
            _initialise(connection, config, describer)
        finally:
            connection.close()
        part.replace(path)
    return open_library(path, writable=True)


def open_library(path: Path, writable: bool = False) -> Library:
    """Open an existing library.

    Raises:
        UserError: missing, not a library, of a newer version, damaged, or not writable though that was asked for.
    """
    if not path.is_file():
        what = "this is a folder, not a library" if path.is_dir() else "the library does not exist"
        raise UserError(what, str(path), "Make one with: main.py index FOLDER --library FILE.")
    with _reported(path):
        connection = _connect(path, writable)
        try:
            _check_schema(connection, path)
            return Library(path, connection)
        except BaseException:
            connection.close()
            raise


def is_library(path: Path) -> bool:
    """Whether the file says of itself that it is one of our libraries (its application id, in the header)."""
    try:
        with path.open("rb") as file:
            head = file.read(72)
    except OSError:
        return False
    return head.startswith(b"SQLite format 3\0") and int.from_bytes(head[68:72], "big") == APPLICATION_ID


def _initialise(connection: sqlite3.Connection, config: DescriberConfig, describer: bytes) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    with connection:
        for name, statement in SCHEMA.items():
            if not name.startswith("sqlite_"):
                connection.execute(statement)
        connection.execute("INSERT INTO describer (id, data) VALUES (1, ?)", (describer,))
        connection.execute("INSERT INTO meta VALUES ('config', ?)", (json.dumps(config.as_dict(), sort_keys=True),))


def _connect(path: Path, writable: bool) -> sqlite3.Connection:
    uri = path.resolve().as_uri()
    if writable:
        connection = sqlite3.connect(f"{uri}?mode=rw", uri=True, check_same_thread=False, timeout=30)
    else:
        # Beside a library on read-only media the write-ahead log's index cannot be made, nor is one needed.
        mode = "mode=ro" if os.access(path.parent, os.W_OK) else "mode=ro&immutable=1"
        connection = sqlite3.connect(f"{uri}?{mode}", uri=True, check_same_thread=False, timeout=30)
    for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "foreign_keys = ON", "synchronous = NORMAL"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _check_schema(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse what is not ours, before any table of it is read."""
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise UserError("this file is not a Cropseek library", str(path))
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > SCHEMA_VERSION:
        raise UserError("the library was made by a newer version of Cropseek", str(path), "Update Cropseek to open it.")
    found = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall())
    if found != SCHEMA:
        raise _damaged(path)


def _store_entry(db: sqlite3.Connection, entry: Entry, library: Path) -> None:
    root, name = _place(db, entry.path)
    db.execute("DELETE FROM photos WHERE root = ? AND name = ?", (root, name))
    state = "skipped" if entry.descriptor is None else "indexed"
    cursor = db.execute(
        "INSERT INTO photos (root, name, size, mtime_ns, content, width, height, taken, state, reason)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            root,
            name,
            entry.size,
            entry.mtime_ns,
            entry.content,
            entry.width,
            entry.height,
            entry.taken,
            state,
            entry.reason,
        ),
    )
    photo = cursor.lastrowid
    if entry.descriptor is None or entry.code is None:
        return
    db.execute("INSERT INTO vectors VALUES (?, ?, ?)", (photo, entry.descriptor.tobytes(), entry.code.tobytes()))
    db.execute("INSERT INTO thumbnails VALUES (?, ?)", (photo, entry.thumbnail))
    if entry.positions is not None and entry.features is not None:
        cells = (photo, *entry.cells, entry.positions.tobytes(), entry.features.tobytes())
        db.execute("INSERT INTO cells VALUES (?, ?, ?, ?, ?)", cells)


def _place(db: sqlite3.Connection, path: Path) -> tuple[int, str]:
    """The root that holds a path, and the name below it."""
    for number, root in db.execute("SELECT id, path FROM roots ORDER BY length(path) DESC"):
        if path.is_relative_to(root):
            return number, path.relative_to(root).as_posix()
    raise ValueError(f"{path} lies in no root of the library")


def _safe_name(name: str, library: Path) -> str:
    """A stored name, refused when it could lead out of its root."""
    posix, windows = PurePosixPath(name), PureWindowsPath(name)
    if posix.is_absolute() or windows.drive or ".." in posix.parts or (os.name == "nt" and ".." in windows.parts):
        raise _damaged(library)
    return name


def _damaged(path: Path) -> UserError:
    return UserError("the library is damaged, or was not made by Cropseek", str(path), "Index the collection again.")


def _unwritable(path: Path) -> UserError:
    return UserError("the library cannot be written here", str(path), "Choose another folder for it with --library.")


@contextlib.contextmanager
def _reported(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into sentences."""
    try:
        yield
    except sqlite3.OperationalError as error:
        text = str(error)
        if "locked" in text:
            raise UserError("the library is in use by another program", str(path), "Close it there first.") from error
        if "full" in text:
            raise UserError("the disk is full", str(path), "Make room and start again; nothing is lost.") from error
        if any(word in text for word in ("unable to open", "readonly", "read-only")):
            raise _unwritable(path) from error
        raise _damaged(path) from error
    except sqlite3.ProgrammingError as error:
        raise UserError("the library was closed meanwhile", str(path)) from error
    except sqlite3.DatabaseError as error:
        if "not a database" in str(error):
            raise UserError("this file is not a Cropseek library", str(path)) from error
        raise _damaged(path) from error
