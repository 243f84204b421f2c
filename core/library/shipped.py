"""A collection that travels with the program comes described: the rows of its library, for the first person who opens it.

The file holds what describing made of each photo, known by the bytes of the photo's file, and the fingerprint of the fit
that made it.  Folders, times and the describer itself are those of the machine that it is unpacked on.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from core.chain.fits import fit_key
from core.chain.model_file import read_config
from core.library.causes import reported
from core.library.creating import TakenError
from core.library.entries import Edges, content_of, edges_of, stamp
from core.library.opening import agree_to_library, create_library
from core.library.schema import SCHEMA, SCHEMA_VERSION
from core.library.storing import store_edges
from core.photos.disk import state_of
from core.util.errors import UserError
from core.util.regular_files import read_regular

ROWS = ("vectors", "cells", "windows", "points", "thumbnails")
"""Tables that are keyed by photo and shipped as they are."""

SINCE = 7
"""The version from which on these tables are what they are now; what was packed then can be unpacked."""

_PHOTO = "id, name, content, width, height, taken, state, reason"


def pack(library: Path, out: Path) -> None:
    """Write the rows of a library into a file to be shipped; its photos lie in one folder.

    Raises:
        UserError: the library cannot be read, or the file cannot be written.
    """
    out.unlink(missing_ok=True)
    with reported(library), contextlib.closing(sqlite3.connect(out)) as db:
        db.execute("ATTACH ? AS library", (str(library),))
        describer, layout = db.execute(
            "SELECT data, value FROM library.describer, library.meta WHERE meta.key = 'windows'"
        ).fetchone()
        with db:
            for table in ROWS:
                db.execute(SCHEMA[table])
                db.execute(f"INSERT INTO {table} SELECT * FROM library.{table} ORDER BY photo")
            db.execute(f"CREATE TABLE photos AS SELECT {_PHOTO} FROM library.photos ORDER BY id")
            db.execute("CREATE TABLE made (fit TEXT, layout TEXT, version INTEGER)")
            db.execute("INSERT INTO made VALUES (?, ?, ?)", (fit_key(describer), layout, SCHEMA_VERSION))
        db.execute("DETACH library")
        db.execute("VACUUM")


def unpack(packed: Path, folder: Path, library: Path, describer: Path) -> bool:
    """Make the library of a shipped collection.

    A photo whose file is not the one that was described is left out, and described like any other when it is indexed.

    Args:
        describer: the file of the fit in use.

    Returns:
        whether it was made: not where the shipped rows are of another fit or version, nor where there is a library already.

    Raises:
        UserError: the library cannot be written there.
    """
    data = read_regular(describer, describer.stat().st_size)
    with reported(packed), _reading(packed) as source:
        fit, layout, version = source.execute("SELECT fit, layout, version FROM made").fetchone()
        if fit != fit_key(data) or not SINCE <= version <= SCHEMA_VERSION:
            return False
        try:
            create_library(library, read_config(describer), data, layout).close()
        except TakenError:  # by another program at the same moment
            return False
        agree_to_library(library, (folder,))
        with reported(library), contextlib.closing(sqlite3.connect(library)) as target, target:
            _copy(source, target, folder)
    return True


@contextlib.contextmanager
def _reading(packed: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(f"{packed.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as source:
        yield source


def _copy(source: sqlite3.Connection, target: sqlite3.Connection, folder: Path) -> None:
    """Copy the photos whose files are what they were, within the target's transaction."""
    target.execute("BEGIN IMMEDIATE")
    root = target.execute("INSERT INTO roots (path) VALUES (?)", (str(folder),)).lastrowid
    for photo, name, content, *rest in source.execute(f"SELECT {_PHOTO} FROM photos").fetchall():
        found = _state(folder / name, content)
        if found is None:
            continue
        (size, mtime_ns), edges = found
        row = (photo, root, name, size, stamp(mtime_ns), content, *rest)
        target.execute(f"INSERT INTO photos VALUES ({', '.join('?' * len(row))})", row)
        store_edges(target, photo, edges)
        for table in ROWS:
            for values in source.execute(f"SELECT * FROM {table} WHERE photo = ?", (photo,)).fetchall():
                target.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values))})", values)


def _state(path: Path, content: str) -> tuple[tuple[int, int], Edges] | None:
    """Size and time of a file with a content, and its edges; None when it is gone or another one."""
    try:
        state, edges = state_of(path), edges_of(path)
        return (state, edges) if content_of(path) == content else None
    except UserError:
        return None
