"""Changes of a library's rows: store, move and remove photos, within a transaction of the caller."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.library import limits
from core.library.dates import valid_date
from core.library.entries import POINTS_TO_COME, QUICK, Edges, Entry, stamp
from core.library.keypoints import store_points
from core.library.listing import STATES
from core.library.names import from_text, to_text
from core.photos.keypoints import Points

LONGEST_REASON = 500

_TO_DO = ("", POINTS_TO_COME, QUICK)
"""Stored reasons of indexed photos, in the order of how much is left to do."""

_NO_PHOTO = f"instr(name, char(0)) OR state NOT IN ({', '.join(repr(state) for state in STATES)})"


def root_and_name(db: sqlite3.Connection, path: Path) -> tuple[int, str]:
    """The id of the root that contains a path, and the stored name of the path below it."""
    for number, text in db.execute("SELECT id, path FROM roots ORDER BY length(path) DESC"):
        root = from_text(text)
        if path.is_relative_to(root):
            return number, to_text(path.relative_to(root).as_posix())
    raise ValueError(f"{path} lies in no root of the library")


def add_roots(db: sqlite3.Connection, folders: Sequence[Path]) -> None:
    """Store indexed folders, except those inside a known one."""
    db.execute("BEGIN IMMEDIATE")  # no other process may write between our reading and writing
    for folder in folders:
        known = [from_text(path) for (path,) in db.execute("SELECT path FROM roots")]
        if not any(folder.is_relative_to(root) for root in known):
            db.execute("INSERT INTO roots (path) VALUES (?)", (to_text(str(folder)),))


def mend(db: sqlite3.Connection) -> None:
    """Remove unreadable rows, so that their files are indexed again."""
    db.execute(f"DELETE FROM photos WHERE {_NO_PHOTO}")


def store_entry(db: sqlite3.Connection, entry: Entry) -> None:
    """Add or replace a photo; if another process has stored the same one meanwhile, that stays."""
    root, name = root_and_name(db, entry.path)
    if _is_there(db, root, name, entry):
        return
    db.execute("DELETE FROM photos WHERE root = ? AND name = ?", (root, name))
    state = "skipped" if entry.descriptor is None else "indexed"
    file = (root, name, entry.size, stamp(entry.mtime_ns), entry.content)
    cursor = db.execute(
        "INSERT INTO photos (root, name, size, mtime_ns, content, width, height, taken, state, reason)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*file, entry.width, entry.height, valid_date(entry.taken), state, entry.remaining or _line(entry.reason)),
    )
    photo = int(cursor.lastrowid or 0)
    store_edges(db, photo, entry.edges)
    if entry.camera and limits.fits("cameras.camera", [entry.camera]):
        db.execute("INSERT INTO cameras VALUES (?, ?)", (photo, entry.camera))
    if entry.descriptor is None or entry.code is None:
        return
    db.execute("INSERT INTO vectors VALUES (?, ?, ?)", (photo, entry.descriptor.tobytes(), entry.code.tobytes()))
    db.execute("INSERT INTO thumbnails VALUES (?, ?)", (photo, entry.thumbnail))
    if entry.positions is not None and entry.features is not None and _are_kept(entry.cells, entry.features):
        cells = (photo, *entry.cells, entry.positions.tobytes(), entry.features.tobytes())
        db.execute("INSERT INTO cells VALUES (?, ?, ?, ?, ?)", cells)
    if entry.points is not None:
        store_points(db, photo, entry.points)
    if entry.windows is not None:
        db.execute("INSERT INTO windows VALUES (?, ?)", (photo, entry.windows.tobytes()))


def add_points(db: sqlite3.Connection, photo: int, points: Points) -> None:
    """Store the keypoints of a photo that lacked only them; not of one that was described again meanwhile."""
    sql = "UPDATE photos SET reason = '' WHERE id = ? AND reason = ?"
    if db.execute(sql, (photo, POINTS_TO_COME)).rowcount:
        store_points(db, photo, points)


def store_edges(db: sqlite3.Connection, photo: int, edges: Edges) -> None:
    """Store the ``Edges`` of a photo's file."""
    db.execute("INSERT OR REPLACE INTO edges VALUES (?, ?, ?)", (photo, edges.changed_ns, edges.hash))


def move_photo(db: sqlite3.Connection, photo: int, entry: Entry) -> bool:
    """Give a photo the path and time of a file with the same content; returns whether the photo exists.

    Another photo with that path is removed, as its file was overwritten.
    """
    root, name = root_and_name(db, entry.path)
    if not db.execute("SELECT 1 FROM photos WHERE id = ?", (photo,)).fetchone():
        return False
    db.execute("DELETE FROM photos WHERE root = ? AND name = ? AND id <> ?", (root, name, photo))
    db.execute(
        "UPDATE photos SET root = ?, name = ?, size = ?, mtime_ns = ?, state = 'indexed' WHERE id = ?",
        (root, name, entry.size, stamp(entry.mtime_ns), photo),
    )
    store_edges(db, photo, entry.edges)
    return True


def drop_empty_roots(db: sqlite3.Connection) -> None:
    """Remove roots that are missing on disk and have no photos."""
    for number, text in db.execute("SELECT id, path FROM roots WHERE id NOT IN (SELECT root FROM photos)").fetchall():
        if not os.path.lexists(from_text(text)):
            db.execute("DELETE FROM roots WHERE id = ?", (number,))


def _is_there(db: sqlite3.Connection, root: int, name: str, entry: Entry) -> bool:
    row = db.execute(
        "SELECT size, mtime_ns, content, state, reason FROM photos WHERE root = ? AND name = ?", (root, name)
    ).fetchone()
    if entry.descriptor is None or row is None or _left(row[4]) > _left(entry.remaining):
        return False
    return bool(row[:4] == (entry.size, stamp(entry.mtime_ns), entry.content, "indexed"))


def _left(reason: str) -> int:
    return _TO_DO.index(reason) if reason in _TO_DO else 0


def _are_kept(shape: tuple[int, int], features: NDArray[np.int8]) -> bool:
    """Whether the cells are within the limits to be stored; a photo without cells is found only by its vectors."""
    few = len(features) <= limits.CELLS and features.size <= limits.CELL_VALUES
    return few and max(shape) <= limits.LIMITS["cells.rows"].most and shape[0] * shape[1] <= limits.GRID_CELLS


def _line(text: str) -> str:
    """A decoder's reason as one line of text."""
    plain = text.encode("utf-8", "replace").decode("utf-8")
    return "".join(sign if sign.isprintable() else " " for sign in plain)[:LONGEST_REASON]
