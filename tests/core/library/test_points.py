"""The keypoints in a library: round trip, libraries without them, and hostile ones."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import numpy as np
import pytest

from core.engine import Engine
from core.geometry import Box
from core.library import open_library
from core.library.opening import agree_to_library
from core.library.points import packed, unpacked
from core.library.schema import SCHEMA_VERSION, schema_of
from core.photos.images import read_photo
from core.photos.points import find_points
from core.records import Query
from core.util.errors import UserError
from tests.conftest import NAMES, own_copy

BOX = Box(100, 50, 420, 320)


@pytest.fixture
def copy(library: Path, tmp_path: Path) -> Path:
    """A library open for writing."""
    return own_copy(library, tmp_path / "copy.cropseek")


def test_what_is_stored_comes_back(folder: Path) -> None:
    points = find_points(read_photo(folder / f"{NAMES[0]}.jpg"))
    width, height = int(points.region.width), int(points.region.height)
    again = unpacked(width, height, packed(points), points.descriptors.tobytes())
    np.testing.assert_allclose(again.xy, points.xy, atol=0.05)
    np.testing.assert_allclose(again.size, points.size, atol=0.05)
    np.testing.assert_allclose(np.exp(1j * again.angle), np.exp(1j * points.angle), atol=1e-3)
    assert (again.descriptors == points.descriptors).all()
    assert (again.region, again.scale) == (points.region, points.scale)


def test_hits_are_verified_without_their_files(engine: Engine, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = folder / f"{NAMES[0]}.jpg"

    def read(path: Path) -> object:
        assert path == asked
        return read_photo(path)

    monkeypatch.setattr("core.search.ranking.reranking.read_photo", read)
    assert engine.search(Query(asked, BOX), ranking="verified").hits[0].inliers > 0


def test_a_library_of_an_earlier_version_falls_back_to_the_files(copy: Path, folder: Path) -> None:
    with contextlib.closing(sqlite3.connect(copy)) as db, db:
        db.execute("DROP TABLE points")
        db.execute("PRAGMA user_version = 5")
    engine = Engine()
    engine.open_library(copy)
    assert engine.search(Query(folder / f"{NAMES[0]}.jpg", BOX), ranking="verified").hits[0].inliers > 0
    engine.close_library()
    agree_to_library(copy, ())
    open_library(copy, writable=True).close()
    with contextlib.closing(sqlite3.connect(copy)) as db:
        assert dict(db.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")) == schema_of(SCHEMA_VERSION)


@pytest.mark.parametrize(
    "change", ["places = x'00'", "rows = x'00'", "places = zeroblob(160000), rows = zeroblob(1280000)"]
)
def test_lengths_that_do_not_fit_are_refused(copy: Path, change: str) -> None:
    with contextlib.closing(sqlite3.connect(copy)) as db, db:
        db.execute(f"UPDATE points SET {change}")
    with contextlib.closing(open_library(copy)) as library, pytest.raises(UserError, match="damaged"):
        library.points.of(library.photos()[0].id)
