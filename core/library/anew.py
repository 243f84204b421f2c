"""Replace what a library's photos were described by: photos, vectors and cells of another library of the same folders.

All in one transaction of the caller, so a library is searched either by its old codes or by its new ones.
"""

from __future__ import annotations

import sqlite3
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.library import limits
from core.library.connection import LibraryConnection
from core.library.entries import OUTDATED
from core.library.names import from_text
from core.library.storing import root_and_name

if TYPE_CHECKING:
    from core.library.library_file import LibraryFile

TURN = "described"
"""Key in the table ``meta`` of a text that changes whenever all photos are described anew."""

BATCH = 1000
"""Number of photos that are listed at a time."""

HEADER = 1024
"""Bytes of a row beside its value."""

DESCRIBED = ("vectors", "cells", "windows")
"""Tables whose rows belong to a fit."""

TABLES = (*DESCRIBED, "points", "thumbnails", "edges", "cameras")

_COLUMNS = "root, name, size, mtime_ns, content, width, height, taken, state, reason"


def replace_descriptions(db: LibraryConnection, made: LibraryFile, describer: bytes) -> None:
    """Take the photos of ``made`` and its describer; whatever belongs to contents or queries stays as it is.

    A photo that ``made`` could not describe becomes a missing one that the next indexing run describes.
    """
    last = db.execute("SELECT coalesce(max(id), 0) FROM photos").fetchone()[0]
    roots = dict(made.rows_after("roots", 0, limits.ROWS["roots"]))
    at = 0
    while rows := made.rows_after("photos", at, BATCH):
        db.start()  # the limit of steps is for so many photos
        for photo, root, name, *rest in rows:
            _take(db, made, photo, Path(from_text(roots[root])) / from_text(name), rest)
        at = rows[-1][0]
    db.execute("UPDATE photos SET state = 'missing', reason = ? WHERE id <= ? AND state <> 'skipped'", (OUTDATED, last))
    for table in DESCRIBED:
        db.execute(f"DELETE FROM {table} WHERE photo IN (SELECT id FROM photos WHERE id <= ?)", (last,))
    db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, len(describer) + HEADER)
    db.execute("UPDATE describer SET data = ?", (describer,))
    db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, limits.LONGEST)
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (TURN, uuid.uuid4().hex))


def _take(db: LibraryConnection, made: LibraryFile, photo: int, path: Path, rest: list[Any]) -> None:
    """Put one photo in the place of that with its path; not one that could not be read for the moment."""
    mtime_ns, state = rest[1], rest[-2]
    root, name = root_and_name(db, path)
    there = db.execute("SELECT 1 FROM photos WHERE root = ? AND name = ?", (root, name)).fetchone()
    if state == "missing" or (state == "skipped" and mtime_ns == -1 and there):
        return
    db.execute("DELETE FROM photos WHERE root = ? AND name = ?", (root, name))
    row = (root, name, *rest)
    number = db.execute(f"INSERT INTO photos ({_COLUMNS}) VALUES ({_places(row)})", row).lastrowid
    for table in TABLES:
        for values in made.rows_of(table, photo):
            db.execute(f"INSERT INTO {table} VALUES ({_places(values)})", (number, *values[1:]))


def _places(values: tuple[Any, ...]) -> str:
    return ", ".join("?" * len(values))
