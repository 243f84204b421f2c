"""The database that a library is: its statements, checked where they give values, and what it says of itself."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import sqlite3
import threading
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from core.chain.config import DescriberConfig, config_from_dict, most_bytes
from core.chain.subwindows import LAYOUTS
from core.library import limits
from core.library.connection import Steps
from core.library.file import damaged, reported
from core.util.plain_json import parse_json

MAX_PHOTOS = limits.ROWS["photos"]
_OPENED = itertools.count(1)  # tells one opening of a file from another


class Database:
    """Safe to share between threads: one connection behind one lock."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path, self._connection, self._lock = path, connection, threading.RLock()
        self._steps, self._opened = Steps(path, connection), next(_OPENED)
        self.config = self._read_config()
        self.layout = self._read_layout()

    def close(self) -> None:
        """Fold the write-ahead log into the file and let go of it."""
        with self._lock:
            self._connection.close()

    def version(self) -> tuple[int, int, int]:
        """Changes whenever anybody has committed to the file; never that of another opening, as SQLite's own may be."""
        with self._lock:
            return self._opened, self._rows("PRAGMA data_version")[0][0], self._connection.total_changes

    def describer_bytes(self) -> bytes:
        """The fitted describer that this library was built with.

        Raises:
            UserError: it has none, or one too large for its settings.
        """
        # Read as a stream, as a large one would lie in memory twice.
        with self._lock, reported(self.path), self._connection.blobopen("describer", "data", 1, readonly=True) as blob:
            if len(blob) > most_bytes(self.config):
                raise damaged(self.path)
            return blob.read()

    @cached_property
    def describer_key(self) -> str:
        """Tells equal describers from others; a library keeps its own for good."""
        return hashlib.sha256(self.describer_bytes()).hexdigest()

    @cached_property
    def identity(self) -> str:
        """Tells this library from all others, copies aside; empty for one of an earlier time that was only read since."""
        return self._meta("identity")

    def _read_config(self) -> DescriberConfig:
        try:
            values = parse_json(self._meta("config"), limits.LIMITS["meta.value"].most)
        except ValueError as error:
            raise damaged(self.path) from error
        return config_from_dict(values)

    def _read_layout(self) -> str:
        """The layout of the windows; libraries of the first version have none."""
        layout = self._meta("windows") or "none"
        if layout not in LAYOUTS:
            raise damaged(self.path)
        return layout

    def _has(self, table: str) -> bool:
        """Whether there is this table: libraries of earlier versions lack some, and may not be writable."""
        return bool(self._rows("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)))

    def _meta(self, key: str) -> str:
        """A text that the library keeps of itself; empty when there is none."""
        rows = self._checked("SELECT value FROM meta WHERE key = ?", (key,), "meta.value")
        return str(rows[0][0]) if rows else ""

    def _rows(
        self, sql: str, arguments: tuple[object, ...] = (), most: int = MAX_PHOTOS, longest: int = limits.LONGEST
    ) -> list[tuple[Any, ...]]:
        """The rows of a statement, ``most`` at most, whose values have at most ``longest`` bytes each.

        Raises:
            UserError: there are more, a longer one, or the file is damaged.
        """
        with self._lock, reported(self.path):
            self._steps.start()
            self._connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, longest)
            try:
                rows = self._connection.execute(sql, arguments).fetchmany(most + 1)
            finally:
                self._connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, limits.LONGEST)
        if len(rows) > most:
            raise damaged(self.path)
        return rows

    def _checked(self, sql: str, arguments: tuple[object, ...], *columns: str) -> list[tuple[Any, ...]]:
        """The same, each value of the type and within the limits of its column (``table.column``, see ``limits``)."""
        rows = self._rows(sql, arguments, limits.ROWS[columns[0].partition(".")[0]])
        if not limits.rows_fit(columns, rows):
            raise damaged(self.path)
        return rows

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock, reported(self.path), self._connection:
            self._steps.start()
            yield self._connection
