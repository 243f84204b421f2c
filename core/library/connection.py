"""SQLite's connection to the file of a library, without what SQLite would do on a file's behalf."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from core.library import limits

TICK = 100_000
"""Steps between two looks at how many a statement has taken."""

_SETTINGS = ("trusted_schema = OFF", "cell_size_check = ON", "foreign_keys = ON", "synchronous = NORMAL")

_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: limits.LONGEST,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 2,  # what goes with a photo counts as such
}
# Actions that no statement of ours takes on a library: another file, code from a file, tables that are code.
_NEVER = {sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH, sqlite3.SQLITE_CREATE_TRIGGER, sqlite3.SQLITE_CREATE_VIEW} | {
    sqlite3.SQLITE_CREATE_VTABLE,
    sqlite3.SQLITE_CREATE_TEMP_TRIGGER,
    sqlite3.SQLITE_CREATE_TEMP_VIEW,
}


class LibraryConnection(sqlite3.Connection):
    """On which a file can neither run nor change anything by itself, nor have a statement go on without end.

    Where Python can say so (3.12) SQLite is told to be defensive, which bars changes of the schema as text; before, an
    authorizer bars what no statement of ours does.  In either case the schema is compared with ours, which has no view,
    trigger, or table of another kind, before a table is read.
    """

    _path: Path
    _taken, _most = 0, limits.STEPS

    def harden(self, path: Path) -> None:
        """Take away what a file of a stranger could use; ``path``: the file."""
        self._path = path
        for limit, most in _LIMITS.items():
            self.setlimit(limit, most)
        if hasattr(self, "setconfig"):
            self.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)  # type: ignore[attr-defined]
        self.set_authorizer(_authorize)
        self.set_progress_handler(self._tick, TICK)
        for setting in _SETTINGS:
            self.execute(f"PRAGMA {setting}")

    def start(self) -> None:
        """A statement, or a transaction, begins: it may take steps in proportion to the file."""
        self._taken, self._most = 0, limits.STEPS

    def rows(self, sql: str, arguments: tuple[object, ...], most: int, longest: int) -> list[tuple[Any, ...]]:
        """At most ``most`` rows of a statement, and one more where there are more.

        Raises:
            sqlite3.Error: a value has more than ``longest`` bytes, the statement goes on without end, or as always.
        """
        self.start()
        self.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, longest)
        try:
            return self.execute(sql, arguments).fetchmany(most + 1)
        finally:
            self.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, limits.LONGEST)

    def _tick(self) -> int:
        self._taken += TICK
        if self._taken > self._most:
            try:
                self._most = limits.STEPS + limits.STEPS_A_BYTE * self._path.stat().st_size
            except OSError:
                return 1
        return int(self._taken > self._most)


def connect(path: Path, mode: str) -> LibraryConnection:
    """Open a file; ``mode``: as in SQLite's addresses of files.

    Raises:
        sqlite3.Error: it cannot be opened.
    """
    address = f"{path.as_uri()}?{mode}"
    connection = sqlite3.connect(address, uri=True, check_same_thread=False, timeout=30, factory=LibraryConnection)
    try:
        connection.harden(path)
    except BaseException:
        connection.close()
        raise
    return connection


def _authorize(action: int, first: str | None, second: str | None, database: str | None, inner: str | None) -> int:
    """Whether a statement may do something."""
    code = action in _NEVER or (action == sqlite3.SQLITE_FUNCTION and second == "load_extension")
    return sqlite3.SQLITE_DENY if code else sqlite3.SQLITE_OK
