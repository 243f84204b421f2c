"""Moved folders: a library's photos get their new paths, or are removed."""

from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path

from core.library.names import from_text, to_text
from core.library.storing import root_and_name
from core.util.errors import UserError


def relink(db: sqlite3.Connection, old: Path, new: Path) -> int:
    """Change paths below ``old`` to ``new``, in photos and saved queries; returns the number of photos.

    If a photo with the new path exists already, it stays and the old one is removed.

    Raises:
        UserError: there are no photos below ``old``.
    """
    db.execute("BEGIN IMMEDIATE")
    photos = _below(db, old)
    if not photos:
        raise _unknown(db, old)
    within = {number for number, root in _roots(db) if Path(root).is_relative_to(old)}
    others = [root for number, root in _roots(db) if number not in within]
    if not any(new.is_relative_to(root) for root in others):
        db.execute("INSERT INTO roots (path) VALUES (?)", (to_text(str(new)),))
    for photo, path in photos:
        _move(db, photo, new / path.relative_to(old))
    empty = "DELETE FROM roots WHERE id = ? AND id NOT IN (SELECT root FROM photos)"
    db.executemany(empty, [(number,) for number in within])
    _relink_queries(db, old, new)
    return len(photos)


def forget_root(db: sqlite3.Connection, folder: Path) -> int:
    """Remove an indexed folder and its photos; returns their number.  Marks are kept in case the photos come back.

    Raises:
        UserError: the library does not have this folder.
    """
    db.execute("BEGIN IMMEDIATE")
    number = next((number for number, root in _roots(db) if Path(root) == folder), None)
    if number is None:
        raise _unknown(db, folder)
    count = db.execute("DELETE FROM photos WHERE root = ?", (number,)).rowcount
    db.execute("DELETE FROM roots WHERE id = ?", (number,))
    return int(count)


def _roots(db: sqlite3.Connection) -> list[tuple[int, str]]:
    return [(number, from_text(text)) for number, text in db.execute("SELECT id, path FROM roots ORDER BY path")]


def _below(db: sqlite3.Connection, folder: Path) -> list[tuple[int, Path]]:
    """The photos below a folder, which may be a root or not."""
    found = []
    for number, root in _roots(db):
        if Path(root).is_relative_to(folder) or folder.is_relative_to(root):
            rows = db.execute("SELECT id, name FROM photos WHERE root = ?", (number,))
            paths = [(photo, Path(root) / from_text(name)) for photo, name in rows]
            found += [(photo, path) for photo, path in paths if path.is_relative_to(folder)]
    return found


def _move(db: sqlite3.Connection, photo: int, path: Path) -> None:
    root, name = root_and_name(db, path)
    if db.execute("SELECT 1 FROM photos WHERE root = ? AND name = ? AND id <> ?", (root, name, photo)).fetchone():
        db.execute("DELETE FROM photos WHERE id = ?", (photo,))
        return
    db.execute("UPDATE photos SET root = ?, name = ? WHERE id = ?", (root, name, photo))
    if os.path.lexists(path):
        db.execute("UPDATE photos SET state = 'indexed' WHERE id = ? AND state = 'missing'", (photo,))


def _relink_queries(db: sqlite3.Connection, old: Path, new: Path) -> None:
    """Change the paths of photos in saved queries."""
    for name, text in db.execute("SELECT name, data FROM queries").fetchall():
        try:
            document = json.loads(text)
            examples = [document, *document.get("more", [])]
            for example in examples:
                if (path := Path(example["photo"])).is_relative_to(old):
                    example["photo"] = str(new / path.relative_to(old))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            continue  # damaged; reported when it is read
        db.execute("UPDATE queries SET data = ? WHERE name = ?", (json.dumps(document), name))


def _unknown(db: sqlite3.Connection, folder: Path) -> UserError:
    there = ", ".join(root for _, root in _roots(db)) or "none"
    return UserError("the library has no photos below this folder", str(folder), f"Its folders are: {there}.")
