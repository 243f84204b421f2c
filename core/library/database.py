"""A library as a database: statements whose values are checked, and the library's metadata."""

from __future__ import annotations

import contextlib
import itertools
import threading
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from core.chain.config import DescriberConfig, config_from_dict, most_bytes
from core.chain.fits import fit_key
from core.chain.subwindows import LAYOUTS
from core.library import limits
from core.library.anew import TURN
from core.library.causes import damaged, reported
from core.library.connection import LibraryConnection
from core.library.open_file import OpenFile
from core.util.plain_json import parse_json

MAX_PHOTOS = limits.ROWS["photos"]
_OPENED = itertools.count(1)  # a unique number for each opening of a file


class Database:
    """The database of a library; safe to share between threads: one connection with one lock."""

    def __init__(self, path: Path, file: OpenFile) -> None:
        self.path, self._file, self._lock = path, file, threading.RLock()
        self._opened = next(_OPENED)
        self._key: tuple[str, str] | None = None
        self.config = self._read_config()
        self.layout = self._read_layout()

    def close(self) -> None:
        """Merge the write-ahead log into the file, and close it."""
        with self._lock:
            self._file.close()

    def version(self) -> tuple[int, int, int]:
        """Changes with every commit to the file by any process; unlike SQLite's number it is unique to each opening."""
        with self._lock:
            if self._file.renew():
                self._opened = next(_OPENED)
            return self._opened, self._rows("PRAGMA data_version")[0][0], self._file.connection.total_changes

    def describer_bytes(self) -> bytes:
        """The fitted describer that this library was built with.

        Raises:
            UserError: it has no describer, or one that is too large for its settings.
        """
        # Read as a stream, as a large one would be in memory twice.
        stream = self._file.connection.blobopen
        with self._lock, reported(self.path), stream("describer", "data", 1, readonly=True) as blob:
            if len(blob) > most_bytes(self.config):
                raise damaged(self.path)
            return blob.read()

    @property
    def describer_key(self) -> str:
        """A key that is equal for equal describers; it changes when all photos are described anew (``anew``)."""
        turn = self._meta(TURN)
        with self._lock:
            if self._key is None or self._key[0] != turn:
                self._key = turn, fit_key(self.describer_bytes())
            return self._key[1]

    @cached_property
    def identity(self) -> str:
        """A unique identity, shared only by copies; empty for an old library that was only read since."""
        return self._meta("identity")

    def _read_config(self) -> DescriberConfig:
        try:
            values = parse_json(self._meta("config"), limits.LIMITS["meta.value"].most)
        except ValueError as error:
            raise damaged(self.path) from error
        return config_from_dict(values)

    def _read_layout(self) -> str:
        """The layout of the windows; ``"none"`` in libraries of the first version."""
        layout = self._meta("windows") or "none"
        if layout not in LAYOUTS:
            raise damaged(self.path)
        return layout

    def _has(self, table: str) -> bool:
        """Whether the table exists: libraries of earlier versions lack some, and may be read-only."""
        return bool(self._rows("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)))

    def _meta(self, key: str) -> str:
        """A text from the table ``meta``; empty if it is missing."""
        rows = self._checked("SELECT value FROM meta WHERE key = ?", (key,), "meta.value")
        return str(rows[0][0]) if rows else ""

    def _rows(
        self, sql: str, arguments: tuple[object, ...] = (), most: int = MAX_PHOTOS, longest: int = limits.LONGEST
    ) -> list[tuple[Any, ...]]:
        """The rows of a statement: at most ``most``, with values of at most ``longest`` bytes.

        Raises:
            UserError: there are more rows, a value is longer, or the file is damaged.
        """
        with self._lock, reported(self.path):
            rows = self._file.connection.rows(sql, arguments, most, longest)
        if len(rows) > most:
            raise damaged(self.path)
        return rows

    def _checked(self, sql: str, arguments: tuple[object, ...], *columns: str) -> list[tuple[Any, ...]]:
        """The same; also checks the type and limits of each value by its column (``table.column``, see ``limits``)."""
        rows = self._rows(sql, arguments, limits.ROWS[columns[0].partition(".")[0]])
        if not limits.rows_fit(columns, rows):
            raise damaged(self.path)
        return rows

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read the library as it is at the first statement of the block, whatever others write meanwhile.

        In a transaction of the same thread nothing changes.
        """
        with self._lock, reported(self.path):
            if self._file.connection.in_transaction:
                yield
                return
            self._file.connection.execute("BEGIN")
            try:
                yield
            finally:
                self._file.connection.rollback()

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[LibraryConnection]:
        with self._lock, reported(self.path):
            self._file.check()
            with self._file.connection as connection:
                connection.start()
                yield connection
            self._file.check()  # else the changes would go to a file that was moved or deleted
