"""SQLite's connection to the file of a library, without what SQLite would do on a file's behalf."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from core.library.limits import LONGEST, STEPS, STEPS_A_BYTE

TICK = 100_000
"""Steps between two looks at how many a statement has taken."""

_SETTINGS = ("trusted_schema = OFF", "cell_size_check = ON", "foreign_keys = ON", "synchronous = NORMAL")

_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: LONGEST,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 2,  # what goes with a photo counts as such
}
# Actions that no statement of ours takes on a library: another file, code from a file, tables that are code.
_NEVER = {sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH, sqlite3.SQLITE_CREATE_TRIGGER, sqlite3.SQLITE_CREATE_VIEW} | {
    sqlite3.SQLITE_CREATE_VTABLE,
    sqlite3.SQLITE_CREATE_TEMP_TRIGGER,
    sqlite3.SQLITE_CREATE_TEMP_VIEW,
}


def connect(path: Path, writable: bool, quiet: bool) -> sqlite3.Connection:
    """A connection on which a file can neither run nor change anything by itself.

    Where Python can say so (3.12) SQLite is told to be defensive, which bars changes of the schema as text; before, an
    authorizer bars what no statement of ours does.  In either case the schema is compared with ours, which has no view,
    trigger, or table of another kind, before a table is read.

    Args:
        quiet: see ``core.library.file.open_file``.
    """
    uri = path.resolve().as_uri()
    connection = sqlite3.connect(f"{uri}?{_mode(path, writable, quiet)}", uri=True, check_same_thread=False, timeout=30)
    try:
        _harden(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _mode(path: Path, writable: bool, quiet: bool) -> str:
    if writable:
        return "mode=rw"
    log = path.resolve().with_name(f"{path.resolve().name}-wal")
    still = quiet and not (log.exists() and log.stat().st_size)
    # Beside a library on read-only media the write-ahead log's index cannot be made, nor is one needed.
    return "mode=ro&immutable=1" if still or not os.access(path.parent, os.W_OK) else "mode=ro"


def _harden(connection: sqlite3.Connection) -> None:
    for limit, most in _LIMITS.items():
        connection.setlimit(limit, most)
    if hasattr(connection, "setconfig"):
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)  # type: ignore[attr-defined]
    connection.set_authorizer(_authorize)
    for setting in _SETTINGS:
        connection.execute(f"PRAGMA {setting}")


def _authorize(action: int, first: str | None, second: str | None, database: str | None, inner: str | None) -> int:
    """Whether a statement may do something."""
    code = action in _NEVER or (action == sqlite3.SQLITE_FUNCTION and second == "load_extension")
    return sqlite3.SQLITE_DENY if code else sqlite3.SQLITE_OK


class Steps:
    """Ends a statement that takes more steps than its file gives reason for.

    Args:
        path: the library's file.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path, self._taken, self._most = path, 0, STEPS
        connection.set_progress_handler(self._tick, TICK)

    def start(self) -> None:
        """A statement begins."""
        self._taken = 0

    def _tick(self) -> int:
        self._taken += TICK
        if self._taken > self._most:
            try:
                self._most = STEPS + STEPS_A_BYTE * self._path.stat().st_size
            except OSError:
                return 1
        return int(self._taken > self._most)
