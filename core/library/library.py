"""What a library holds: one SQLite database with an indexed collection (docs/architecture.md).

A library may come from a stranger.  It is data: sizes are checked before memory is spent on them, names may not leave their
root, and nothing in it is executed (the file itself: ``library_file``).
"""

from __future__ import annotations

import contextlib
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
from core.chain.fits import fit_key, fit_name
from core.chain.subwindows import LAYOUTS, subwindow_count
from core.library import relinking, storing
from core.library.causes import damaged, reported
from core.library.entries import Edges, Entry, Known, stamp
from core.library.file import OpenFile
from core.library.listing import STATES, Listing
from core.library.listing_file import Reading
from core.library.names import from_text, may_be_here, to_text
from core.library.points import PointsTable
from core.library.rejections import ApartTable
from core.library.saved_queries import check_name, dump_query, parse_queries
from core.photos.scan import absolute, check_patterns, parse_patterns
from core.records import Query, SavedQuery, Skipped

MAX_PHOTOS = 20_000_000

_OPENED = itertools.count(1)  # tells one opening of a file from another

_THERE = "WHERE vectors.photo NOT IN (SELECT id FROM photos WHERE state = 'missing')"


class Library:
    """An open library.  Safe to share between threads: one connection behind one lock.

    Use ``create_library`` or ``open_library`` to get one, and ``close`` it.
    """

    def __init__(self, path: Path, file: OpenFile) -> None:
        self.path, self._file, self._lock = path, file, threading.RLock()
        self._opened = next(_OPENED)
        self.config = self._read_config()
        self.layout = self._read_layout()
        self.apart = ApartTable(self._rows, self._transaction, self._has)
        self.points = PointsTable(self._rows, self._has, path)
        self._listed: dict[bool, tuple[tuple[int, ...], Listing]] = {}

    def close(self) -> None:
        """Fold the write-ahead log into the file and let go of it."""
        with self._lock:
            self._file.close()

    def describer_bytes(self) -> bytes:
        """The fitted describer that this library was built with."""
        return bytes(self._rows("SELECT data FROM describer")[0][0])

    @cached_property
    def describer_key(self) -> str:
        """Tells equal describers from others; a library keeps its own for good."""
        return fit_key(self.describer_bytes())

    @property
    def preset(self) -> str:
        """The name of the preset whose fit it was built with."""
        return fit_name(self.config, self.describer_key)

    def roots(self) -> list[Path]:
        """The folders that were indexed."""
        return [Path(from_text(path)) for (path,) in self._rows("SELECT path FROM roots ORDER BY path")]

    def known(self) -> list[Known]:
        """Every photo file that was looked at, in path order."""
        edges = "changed_ns, hash" if self._has("edges") else "NULL, NULL"
        rows = self._rows(
            f"SELECT photos.id, roots.path, name, size, mtime_ns, content, state, reason, {edges} FROM photos"
            f" JOIN roots ON roots.id = root {'LEFT JOIN edges ON photo = photos.id' if self._has('edges') else ''}"
            " ORDER BY roots.path, name"
        )
        return [
            Known(
                r[0],
                Path(from_text(r[1])) / from_text(r[2]),
                r[3],
                r[4],
                r[5],
                r[6],
                r[7],
                None if r[8] is None else Edges(*r[8:]),
            )
            for r in rows
            if may_be_here(r[2], self.path)
        ]

    def photos(self, missing: bool = False) -> Listing:
        """Every photo, in path order, for showing; with those whose files are gone (``missing``), or without."""
        with self._lock:
            version = self.version()
            if missing not in self._listed or self._listed[missing][0] != version:
                self._listed[missing] = version, self._read_photos(missing)
            return self._listed[missing][1]

    def _read_photos(self, missing: bool) -> Listing:
        reading = Reading(self._rows, self.path)
        return Listing(reading.columns(missing), self.marks(), reading.notes)

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
        return tuple(Skipped(Path(from_text(r[0])) / from_text(r[1]), r[2]) for r in rows if may_be_here(r[1], self.path))

    def find(self, path: Path) -> list[Known]:
        """The photo at a path, as a list of one; empty when the library does not hold it."""
        place = absolute(path)
        found = []
        for number, text in self._rows("SELECT id, path FROM roots"):
            if place.is_relative_to(root := from_text(text)):
                name = to_text(place.relative_to(root).as_posix())
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
        return any((known.size, known.mtime_ns) == (status.st_size, stamp(status.st_mtime_ns)) for known in self.find(path))

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
            if self._file.renew():
                self._opened = next(_OPENED)
            return self._opened, self._rows("PRAGMA data_version")[0][0], self._file.connection.total_changes

    def store(self, entries: Sequence[Entry]) -> None:
        """Add or replace photos, in one transaction."""
        with self._transaction() as db:
            for entry in entries:
                storing.store_entry(db, entry)

    def move(self, photo: int, entry: Entry) -> bool:
        """Note that a photo with the same bytes has another place or time now; False when there is no such photo."""
        with self._transaction() as db:
            return storing.move_photo(db, photo, entry)

    def note_edges(self, found: Sequence[tuple[int, Edges]]) -> None:
        """Remember what the files of photos begin and end with."""
        with self._transaction() as db:
            for photo, edges in found:
                storing.store_edges(db, photo, edges)

    def begin(self, folders: Sequence[Path]) -> None:
        """Remember folders that are to be indexed, unless they lie in one that is known; and mend what cannot be read."""
        with self._transaction() as db:
            storing.add_roots(db, folders)
            storing.mend(db)

    def tidy_roots(self) -> None:
        """Forget the folders that are gone and have no photos."""
        with self._transaction() as db:
            storing.drop_empty_roots(db)

    def relink(self, old: Path, new: Path) -> int:
        """See ``relinking.relink``."""
        with self._transaction() as db:
            return relinking.relink(db, absolute(old), absolute(new))

    def forget_root(self, folder: Path) -> int:
        """See ``relinking.forget_root``."""
        with self._transaction() as db:
            return relinking.forget_root(db, absolute(folder))

    def queries(self) -> list[SavedQuery]:
        """The saved queries, in the order of their names, but for damaged ones; none in a library of the first version."""
        rows = self._rows("SELECT name, data FROM queries ORDER BY name") if self._has("queries") else []
        return parse_queries(rows, self.path)[0]

    def damaged_queries(self) -> list[str]:
        """The names of the saved queries that cannot be read."""
        rows = self._rows("SELECT name, data FROM queries ORDER BY name") if self._has("queries") else []
        return parse_queries(rows, self.path)[1]

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
            return self._file.connection.execute(sql, arguments).fetchall()

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock, reported(self.path):
            self._file.check()
            with self._file.connection as connection:
                yield connection
            self._file.check()  # or it was written to a file that nobody can find any more
