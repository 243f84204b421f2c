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
from core.library.keypoints import packed_positions, packed_rows, unpacked
from core.library.opening import agree_to_library
from core.library.schema import SCHEMA_VERSION, schema_of
from core.photos.images import read_photo
from core.photos.keypoints import find_points
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
    places, rows = packed_positions(points), packed_rows(points)
    assert (len(places), len(rows)) == (1 + 5 * len(points), 40 * len(points))
    again = unpacked(width, height, places, rows)
    np.testing.assert_allclose(again.xy, points.xy, atol=max(width, height) / 4095 / 2 + 1e-3)
    np.testing.assert_allclose(again.size, points.size, rtol=0.02)
    np.testing.assert_allclose(np.exp(1j * again.angle), np.exp(1j * points.angle), atol=np.pi / 256 + 1e-4)
    assert (again.region, again.scale) == (points.region, points.scale)
    true, kept = points.descriptors.astype(float), again.descriptors.astype(float)
    assert ((kept - true) ** 2).sum() < 0.01 * (true**2).sum()
    assert packed_rows(again) == rows


def test_keypoints_of_the_first_form_are_read(copy: Path, folder: Path) -> None:
    points = find_points(read_photo(folder / f"{NAMES[0]}.jpg"))
    longest = max(points.region.width, points.region.height)
    numbers = [points.xy[:, 0], points.xy[:, 1], points.size, points.angle]
    units = [65535 / longest, 65535 / longest, 64 * points.scale, 65536 / (2 * np.pi)]
    places = np.rint(np.stack([column * unit for column, unit in zip(numbers, units, strict=True)], axis=1))
    stored = (np.clip(places, 0, 65535).astype("<u2").tobytes(), points.descriptors.tobytes())
    with contextlib.closing(sqlite3.connect(copy)) as db, db:
        db.execute("UPDATE points SET places = ?, rows = ?", stored)
        db.execute("DROP TABLE cameras")
        db.execute("PRAGMA user_version = 6")
    with contextlib.closing(open_library(copy)) as library:
        again = library.points.of(library.find(folder / f"{NAMES[0]}.jpg")[0].id)
    assert again is not None
    np.testing.assert_allclose(again.xy, points.xy, atol=0.05)
    np.testing.assert_allclose(again.size, points.size, atol=0.05)
    assert (again.descriptors == points.descriptors).all()


def test_hits_are_verified_without_their_files(engine: Engine, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = folder / f"{NAMES[0]}.jpg"

    def read(path: Path) -> object:
        assert path == asked
        return read_photo(path)

    monkeypatch.setattr("core.search.ranking.reranking.read_photo", read)
    assert engine.search(Query(asked, BOX), ranking="verified").hits[0].inliers > 0


def test_a_library_of_an_earlier_version_falls_back_to_the_files(copy: Path, folder: Path) -> None:
    with contextlib.closing(sqlite3.connect(copy)) as db, db:
        db.execute("DROP TABLE cameras")
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
