"""Create a library's file atomically, and never overwrite one."""

from __future__ import annotations

import contextlib
import json
import os
import re
import sqlite3
import uuid
from pathlib import Path

from core.chain.config import DescriberConfig
from core.chain.subwindows import DEFAULT_LAYOUT, subwindow_count
from core.library.causes import reported, unwritable
from core.library.schema import APPLICATION_ID, SCHEMA, SCHEMA_VERSION
from core.util.errors import UserError

SIDES = ("-wal", "-shm", "-journal")
"""Suffixes of the files that SQLite creates beside a database."""

STEM = 60
"""Number of characters of the library's name in the temporary name, so that disks allow it."""


class TakenError(UserError):
    """The file exists already: another process created it first."""


def create_file(
    path: Path, config: DescriberConfig, describer: bytes, layout: str = DEFAULT_LAYOUT, identity: str = ""
) -> None:
    """Create the file of a new library; never overwrites a file, even if another process creates it at the same moment.

    Args:
        identity: its unique identity; empty: a new one.

    Raises:
        TakenError: the file exists.
        UserError: it cannot be written there, or there is no such layout of windows.
    """
    subwindow_count(layout)
    check_free(path)
    with reported(path):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, FileNotFoundError, NotADirectoryError) as error:
            raise unwritable(path) from error
        remove_leftovers(path)
        # Built under a temporary name, so that an interruption leaves no incomplete library.
        part = path.with_name(f".{path.name[:STEM]}.{os.getpid()}-{uuid.uuid4().hex[:8]}.part")
        try:
            with contextlib.closing(sqlite3.connect(part)) as connection:
                _initialise(connection, config, describer, layout, identity)
            _publish(part, path)
        finally:
            remove_library(part)


def check_free(path: Path) -> None:
    """Refuse a name that is taken.

    Raises:
        TakenError: there is a file of this name.
    """
    if os.path.lexists(path):
        raise _taken(path)


def remove_leftovers(path: Path) -> None:
    """Remove temporary files of killed creations of a library, and the logs of a deleted file."""
    pattern = re.compile(rf"\.{re.escape(path.name[:STEM])}\.(\d+)(-\w+)?\.part")
    with contextlib.suppress(OSError):
        for entry in list(os.scandir(path.parent)):
            name = next((entry.name.removesuffix(side) for side in SIDES if entry.name.endswith(side)), entry.name)
            if (found := pattern.fullmatch(name)) and not _runs(int(found[1])):
                remove_library(path.with_name(name))
    if not os.path.lexists(path):
        # SQLite would apply the log of the old file to a new one.
        for side in SIDES:
            path.with_name(path.name + side).unlink(missing_ok=True)


def _publish(part: Path, path: Path) -> None:
    """Rename the finished file, unless the name is taken."""
    try:
        if os.name == "nt":
            part.rename(path)
        else:
            os.link(part, path)
    except FileExistsError as error:
        raise _taken(path) from error
    except OSError:  # a disk without links: reserve the name with an empty file
        try:
            path.touch(exist_ok=False)
        except FileExistsError as error:
            raise _taken(path) from error
        part.replace(path)


def _taken(path: Path) -> TakenError:
    return TakenError("there is a file of this name already", str(path), "Choose another name for the library.")


def remove_library(path: Path) -> None:
    """Remove a library's file with what SQLite keeps beside it, as far as that is possible."""
    for side in ("", *SIDES):
        with contextlib.suppress(OSError):
            path.with_name(path.name + side).unlink(missing_ok=True)


def _runs(process: int) -> bool:
    """Whether a process exists; not checked on Windows, where the check would end it and files in use cannot be removed."""
    if os.name == "nt":
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _initialise(
    connection: sqlite3.Connection, config: DescriberConfig, describer: bytes, layout: str, identity: str
) -> None:
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
    identify(connection, identity)


def identify(connection: sqlite3.Connection, identity: str = "") -> None:
    """Give a library a unique identity, if it has none yet; a new one if none is given."""
    with connection:
        connection.execute("INSERT OR IGNORE INTO meta VALUES ('identity', ?)", (identity or new_identity(),))


def new_identity() -> str:
    """A unique identity for a library."""
    return uuid.uuid4().hex
