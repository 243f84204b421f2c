"""Opening a library's file, which may be untrusted.

It is opened with a hardened connection.  Its schema must be exactly one of ours before any table is read, and nothing in it
is executed.
"""

from __future__ import annotations

import os
import sqlite3
from copy import copy
from pathlib import Path

from core.library.causes import damaged, denied, gone, reported
from core.library.connecting import Reached, reach, state_of
from core.library.connection import LibraryConnection
from core.library.creating import identify
from core.library.held_files import file_of, head_of, hold, let_go
from core.library.schema import APPLICATION_ID, SCHEMA, SCHEMA_VERSION, schema_of
from core.photos.disk import Kind, look
from core.util.errors import UserError


class OpenFile:
    """The open file of a library; a file of an earlier version is migrated if it may be written to.

    Args:
        quiet: create no files beside it, not even the index of its write-ahead log: for untrusted libraries.

    Attributes:
        connection: to the file; replaced by ``renew``.

    Raises:
        UserError: missing, not a library, of a newer version, damaged, or not writable although ``writable``.
    """

    def __init__(self, path: Path, writable: bool = False, quiet: bool = False) -> None:
        self._path, self._writable, self._quiet = path, writable, quiet
        with reported(path):
            seen = look(path).kind
            if seen is Kind.FOLDER:
                raise UserError("this is a folder, not a library", str(path), "Give the library's file.")
            if seen is Kind.DENIED:
                raise denied(path)
            if seen is not Kind.FILE:
                hint = "Make one with: main.py index FOLDER --library FILE."
                raise UserError("the library does not exist", str(path), hint)
            if not head_of(path, 16).startswith(b"SQLite format 3\0"):
                raise UserError("this file is not a Cropseek library", str(path))
            _check_beside(path)
            self._reached = self._reach()
            self._file = file_of(path)
        hold(self._file)

    @property
    def connection(self) -> LibraryConnection:
        """The connection to the file."""
        return self._reached.connection

    def again(self) -> OpenFile:
        """The same file through another connection, which only reads.

        Raises:
            UserError: the file was moved, removed or replaced, or cannot be opened again.
        """
        self.check()
        other = copy(self)
        other._writable = False
        with reported(self._path):
            _check_beside(self._path)
            other._reached = _checked(self._reached.again(), self._path)[0]
        hold(self._file)
        try:
            self.check()
        except BaseException:
            other.close()
            raise
        return other

    def close(self) -> None:
        """Close the file."""
        self._reached.close()
        let_go(self._file)

    def renew(self) -> bool:
        """Open the file again if it has changed and the connection does not notice this; returns whether it did."""
        if self._reached.still is None or self._reached.still == state_of(self._path):
            return False
        with reported(self._path):
            before, self._reached = self._reached, self._reach()
            before.close()
        return True

    def check(self) -> None:
        """Check that the open file is still the one at its path.

        Raises:
            PassingError: the file was moved, removed or replaced.
        """
        try:
            there = file_of(self._path)
        except OSError as error:
            raise gone(self._path) from error
        if there != self._file:
            raise gone(self._path)

    def _reach(self) -> Reached:
        reached, version = _checked(reach(self._path, self._writable, self._quiet), self._path)
        try:
            if self._writable and version < SCHEMA_VERSION:
                _migrate(reached.connection)
            if self._writable:
                identify(reached.connection)
        except BaseException:
            reached.close()
            raise
        return reached


def is_library(path: Path) -> bool:
    """Whether the file's header has the application id of our libraries."""
    try:
        head = head_of(path, 72)
    except (OSError, ValueError):
        return False
    return head.startswith(b"SQLite format 3\0") and int.from_bytes(head[68:72], "big") == APPLICATION_ID


def _checked(reached: Reached, path: Path) -> tuple[Reached, int]:
    """A file with a schema of ours, and its version; closes another one."""
    try:
        return reached, _check_schema(reached.connection, path)
    except BaseException:
        reached.close()
        raise


def _check_beside(path: Path) -> None:
    """Refuse a file that has a journal other than a write-ahead log, before SQLite opens it.

    SQLite applies a rollback journal before it reads the file, and the journal may name another file, which is then
    deleted.  Libraries never have one, as they are always in WAL mode.

    Raises:
        UserError: there is such a journal.
    """
    whole = path.resolve()
    for suffix, own in (("-journal", False), ("-wal", True), ("-shm", True)):
        beside = whole.with_name(whole.name + suffix)
        if os.path.lexists(beside) and not (own and beside.is_file() and not beside.is_symlink()):
            raise UserError(
                "a file that does not belong to the library lies beside it",
                str(beside),
                "Move it away, then open it again.",
            )


def _migrate(connection: sqlite3.Connection) -> None:
    """Add the tables that a library of an earlier version lacks; its data stays unchanged."""
    with connection:
        # Another process may have done the same while this one waited for the lock.
        connection.execute("BEGIN IMMEDIATE")
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        earlier = schema_of(version)
        for name, statement in SCHEMA.items():
            if name not in earlier:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _check_schema(connection: sqlite3.Connection, path: Path) -> int:
    """The file's version; refuses another schema before any table is read."""
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise UserError("this file is not a Cropseek library", str(path))
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > SCHEMA_VERSION:
        raise UserError("the library was made by a newer version of Cropseek", str(path), "Update Cropseek to open it.")
    wanted = schema_of(version)
    cursor = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    found = cursor.fetchmany(len(wanted) + 1)
    if len(found) != len(wanted) or dict(found) != wanted:
        raise damaged(path)
    return version
