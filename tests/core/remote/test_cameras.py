"""Cameras of a shared library, and of one that was published by a program that did not know them."""

from __future__ import annotations

import contextlib
from pathlib import Path

from core.library import LibraryFile
from core.remote.opening import open_any, publish_library
from core.util.progress import Ticket
from tests.core.remote.conftest import PUBLISHER, READER, PostgresServer


def test_cameras_are_published(server: PostgresServer, made_up: LibraryFile) -> None:
    first, second = (photo.id for photo in made_up.photos()[:2])
    with made_up._transaction() as db:
        db.executemany("INSERT OR REPLACE INTO cameras VALUES (?, ?)", [(first, "Canon EOS 5D"), (second, "iPhone 12")])
    database = server.database()
    publish_library(made_up.path, server.address(database, PUBLISHER), Ticket())
    with contextlib.closing(open_any(Path(server.address(database, READER)))) as shared:
        photos = shared.photos()
        assert [photos.by_id[photo].camera for photo in (first, second)] == ["Canon EOS 5D", "iPhone 12"]
        assert photos.cameras.counts(photos.ids) == {"Canon EOS 5D": 1, "iPhone 12": 1}
        for text in ("camera:canon", "camera:", "-camera:", "camera:nikon"):
            assert shared.passing(text, Ticket()).tolist() == sorted(made_up.passing(text, Ticket()).tolist()), text
    server.sql("DROP TABLE cropseek_1.cameras", database=database)
    with contextlib.closing(open_any(Path(server.address(database, READER)))) as shared:
        assert {photo.camera for photo in shared.photos()} == {""}
        assert shared.passing("camera:", Ticket()).tolist() == []
