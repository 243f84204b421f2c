"""A hardened SQLite connection to a library's file, which may be untrusted."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from core.library import limits

TICK = 100_000
"""Steps of SQLite's machine between two checks of the step limit."""

_SETTINGS = ("trusted_schema = OFF", "cell_size_check = ON", "foreign_keys = ON", "synchronous = NORMAL")

_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: limits.LONGEST,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 2,  # cascading deletes count as triggers
}
# Actions that this program never uses on a library: other files, code from a file, virtual tables.
_NEVER = {sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH, sqlite3.SQLITE_CREATE_TRIGGER, sqlite3.SQLITE_CREATE_VIEW} | {
    sqlite3.SQLITE_CREATE_VTABLE,
    sqlite3.SQLITE_CREATE_TEMP_TRIGGER,
    sqlite3.SQLITE_CREATE_TEMP_VIEW,
}


class LibraryConnection(sqlite3.Connection):
    """A connection with which a file can neither run code, nor change anything, nor make a statement run without end.

    On Python 3.12 SQLite's defensive mode forbids changing the schema as text; before, an authorizer forbids all actions
    that this program does not use.  In both cases the schema must equal ours, which has no views, triggers or virtual
    tables, before any table is read.
    """

    _path: Path
    _taken, _most = 0, limits.STEPS

    def harden(self, path: Path) -> None:
        """Disable features that an untrusted file could abuse.

        Args:
            path: of the file.
        """
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
        """Reset the step counter for a new statement or transaction; its limit is proportional to the file's size."""
        self._taken, self._most = 0, limits.STEPS

    def rows(self, sql: str, arguments: tuple[object, ...], most: int, longest: int) -> list[tuple[Any, ...]]:
        """At most ``most`` rows of a statement, and one extra row if there are more.

        Raises:
            sqlite3.Error: a value has more than ``longest`` bytes, the statement takes too many steps, or it fails.
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
    """Open a file.

    Args:
        mode: query string of SQLite's file URI.

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
    """SQLite's authorizer callback: whether an action is allowed."""
    code = action in _NEVER or (action == sqlite3.SQLITE_FUNCTION and second == "load_extension")
    return sqlite3.SQLITE_DENY if code else sqlite3.SQLITE_OK
