"""The file that a library lies in: making it, opening it with suspicion, and errors as sentences.

A library may come from a stranger: its schema must be exactly one of ours before a table of it is read, and nothing in it
is executed.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath, PureWindowsPath

from core.chain.config import DescriberConfig
from core.chain.subwindows import DEFAULT_LAYOUT, subwindow_count
from core.library.schema import APPLICATION_ID, SCHEMA, SCHEMA_VERSION, schema_of
from core.util.errors import UserError


def create_file(path: Path, config: DescriberConfig, describer: bytes, layout: str = DEFAULT_LAYOUT) -> None:
    """Make the file of a new library; an existing one is never overwritten.

    Raises:
        UserError: the file exists, or cannot be written there, or there is no such layout of windows.
    """
    subwindow_count(layout)
    if path.exists():
        raise UserError("there is a file of this name already", str(path), "Choose another name for the library.")
    with reported(path):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise unwritable(path) from error
        # Built under another name and renamed, so that a stop here leaves no half-made library.
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        part.unlink(missing_ok=True)
        connection = sqlite3.connect(part)
        try:
            _initialise(connection, config, describer, layout)
        finally:
            connection.close()
        part.replace(path)


def open_file(path: Path, writable: bool = False) -> sqlite3.Connection:
    """Open the file of a library; an earlier version's is brought up to date when it may be written to.

    Raises:
        UserError: missing, not a library, of a newer version, damaged, or not writable though that was asked for.
    """
    if not path.is_file():
        what = "this is a folder, not a library" if path.is_dir() else "the library does not exist"
        raise UserError(what, str(path), "Make one with: main.py index FOLDER --library FILE.")
    with reported(path):
        connection = _connect(path, writable)
        try:
            version = _check_schema(connection, path)
            if writable and version < SCHEMA_VERSION:
                _migrate(connection, version)
            if writable:
                _identify(connection)
        except BaseException:
            connection.close()
            raise
        return connection


def is_library(path: Path) -> bool:
    """Whether the file says of itself that it is one of our libraries (its application id, in the header)."""
    try:
        with path.open("rb") as file:
            head = file.read(72)
    except OSError:
        return False
    return head.startswith(b"SQLite format 3\0") and int.from_bytes(head[68:72], "big") == APPLICATION_ID


def _initialise(connection: sqlite3.Connection, config: DescriberConfig, describer: bytes, layout: str) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    with connection:
        for name, statement in SCHEMA.items():
            if not name.startswith("sqlite_"):
                connection.execute(statement)
        connection.execute("INSERT INTO describer (id, data) VALUES (1, ?)", (describer,))
        connection.execute("INSERT INTO meta VALUES ('config', ?)", (json.dumps(config.as_dict(), sort_keys=True),))
        connection.execute("INSERT INTO meta VALUES ('windows', ?)", (layout,))
    _identify(connection)


def _migrate(connection: sqlite3.Connection, version: int) -> None:
    """Add the tables that a library of an earlier version lacks; what it holds stays as it is."""
    with connection:
        for name in SCHEMA.keys() - schema_of(version).keys():
            connection.execute(SCHEMA[name])
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _identify(connection: sqlite3.Connection) -> None:
    """Give a library of an earlier time what tells it from all others."""
    with connection:
        connection.execute("INSERT OR IGNORE INTO meta VALUES ('identity', ?)", (uuid.uuid4().hex,))


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


def _check_schema(connection: sqlite3.Connection, path: Path) -> int:
    """The file's version; what is not ours is refused before any table of it is read."""
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise UserError("this file is not a Cropseek library", str(path))
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > SCHEMA_VERSION:
        raise UserError("the library was made by a newer version of Cropseek", str(path), "Update Cropseek to open it.")
    found = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall())
    if found != schema_of(version):
        raise damaged(path)
    return version


def damaged(path: Path) -> UserError:
    return UserError("the library is damaged, or was not made by Cropseek", str(path), "Index the collection again.")


def unwritable(path: Path) -> UserError:
    return UserError("the library cannot be written here", str(path), "Choose another folder for it with --library.")


@contextlib.contextmanager
def reported(path: Path) -> Iterator[None]:
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
            raise unwritable(path) from error
        raise damaged(path) from error
    except sqlite3.ProgrammingError as error:
        raise UserError("the library was closed meanwhile", str(path)) from error
    except sqlite3.DatabaseError as error:
        if "not a database" in str(error):
            raise UserError("this file is not a Cropseek library", str(path)) from error
        raise damaged(path) from error


def safe_name(name: str, library: Path) -> str:
    """A stored name, refused when it could lead out of its root."""
    posix, windows = PurePosixPath(name), PureWindowsPath(name)
    if posix.is_absolute() or windows.drive or ".." in posix.parts or (os.name == "nt" and ".." in windows.parts):
        raise damaged(library)
    return name


def check_names(names: Sequence[str], library: Path) -> None:
    """Refuse a library with a name that could lead out of its root; a million harmless ones are passed at a glance."""
    together = "\n" + "\n".join(names)
    if any(sign in together for sign in ("\n/", "..", "\\", ":")):
        for name in names:
            safe_name(name, library)
