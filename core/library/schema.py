"""The tables of a library file.

Changing them needs a new ``SCHEMA_VERSION``, and a migration in ``core.library.open_file``.
"""

from __future__ import annotations

APPLICATION_ID = 0x43525053  # "CRPS"
SCHEMA_VERSION = 8

SCHEMA: dict[str, str] = {
    "meta": "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "describer": "CREATE TABLE describer (id INTEGER PRIMARY KEY CHECK (id = 1), data BLOB NOT NULL) STRICT",
    "roots": "CREATE TABLE roots (id INTEGER PRIMARY KEY, path TEXT NOT NULL) STRICT",
    "photos": """CREATE TABLE photos (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    root INTEGER NOT NULL REFERENCES roots (id),
    name TEXT NOT NULL,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    content TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    taken TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT""",
    "photos_place": "CREATE UNIQUE INDEX photos_place ON photos (root, name)",
    "vectors": """CREATE TABLE vectors (
    photo INTEGER PRIMARY KEY REFERENCES photos (id) ON DELETE CASCADE,
    descriptor BLOB NOT NULL,
    code BLOB NOT NULL
) STRICT""",
    "cells": """CREATE TABLE cells (
    photo INTEGER PRIMARY KEY REFERENCES photos (id) ON DELETE CASCADE,
    rows INTEGER NOT NULL,
    columns INTEGER NOT NULL,
    positions BLOB NOT NULL,
    features BLOB NOT NULL
) STRICT""",
    "windows": """CREATE TABLE windows (
    photo INTEGER PRIMARY KEY REFERENCES photos (id) ON DELETE CASCADE,
    codes BLOB NOT NULL
) STRICT""",
    "queries": "CREATE TABLE queries (name TEXT PRIMARY KEY, data TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "marks": """CREATE TABLE marks (
    content TEXT NOT NULL,
    mark TEXT NOT NULL,
    PRIMARY KEY (content, mark)
) STRICT, WITHOUT ROWID""",
    "apart": """CREATE TABLE apart (
    asking TEXT NOT NULL,
    box TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (asking, box, content)
) STRICT, WITHOUT ROWID""",
    "points": """CREATE TABLE points (
    photo INTEGER PRIMARY KEY REFERENCES photos (id) ON DELETE CASCADE,
    places BLOB NOT NULL,
    rows BLOB NOT NULL
) STRICT""",
    "thumbnails": """CREATE TABLE thumbnails (
    photo INTEGER PRIMARY KEY REFERENCES photos (id) ON DELETE CASCADE,
    jpeg BLOB NOT NULL
) STRICT""",
    "edges": """CREATE TABLE edges (
    photo INTEGER PRIMARY KEY REFERENCES photos (id) ON DELETE CASCADE,
    changed_ns INTEGER NOT NULL,
    hash TEXT NOT NULL
) STRICT""",
    "cameras": """CREATE TABLE cameras (
    photo INTEGER PRIMARY KEY REFERENCES photos (id) ON DELETE CASCADE,
    camera TEXT NOT NULL
) STRICT""",
    # In its order the photos of each camera are read at once.
    "cameras_names": "CREATE INDEX cameras_names ON cameras (camera)",
    # SQLite creates this table for AUTOINCREMENT, so that the id of a removed photo is never used again.
    "sqlite_sequence": "CREATE TABLE sqlite_sequence(name,seq)",
}

ADDED: dict[int, tuple[str, ...]] = {
    2: ("windows", "queries"), 3: ("marks",), 4: ("apart",), 5: ("edges",), 6: ("points",),
    8: ("cameras", "cameras_names"),
}  # fmt: skip
"""What came with each version.  Version 7 stores keypoints in fewer bytes (``core.library.keypoints``)."""


def schema_of(version: int) -> dict[str, str]:
    """The tables of a library of an earlier version."""
    later = {name for added, names in ADDED.items() if added > version for name in names}
    return {name: statement for name, statement in SCHEMA.items() if name not in later}
