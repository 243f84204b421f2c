"""Which camera took a photo: read when it is indexed, kept in the library, filtered by."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import ExifTags, Image

from core.engine import Engine
from core.library.cameras import Cameras
from core.library.opening import open_library
from core.library.schema import SCHEMA_VERSION
from core.photos.exif import camera_of
from core.util.progress import Ticket
from tests.conftest import NAMES, own_copy

TAKEN_BY = [("Canon", "Canon EOS 5D"), ("Canon", "Canon EOS 5D Mark II"), ("Apple", "iPhone 12"), ("", "")]


@pytest.fixture(scope="module")
def indexed(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of four photos, the last of no known camera."""
    photos = tmp_path_factory.mktemp("taken")
    for name, (maker, model) in zip(NAMES, TAKEN_BY, strict=False):
        exif = Image.Exif()
        if model:
            exif.update({ExifTags.Base.Make: maker, ExifTags.Base.Model: model})
        Image.open(folder / f"{name}.jpg").save(photos / f"{name}.jpg", exif=exif)
    path = tmp_path_factory.mktemp("library") / "taken.cropseek"
    Engine().index([photos], path)
    return path


@pytest.mark.parametrize(
    ("maker", "model", "name"),
    [
        ("Canon", "Canon EOS 5D", "Canon EOS 5D"),
        ("NIKON CORPORATION", "NIKON D90", "NIKON D90"),
        ("Apple", "iPhone 12", "Apple iPhone 12"),
        ("Apple", "", "Apple"),
        ("", "iPhone 12", "iPhone 12"),
        ("", "", ""),
    ],
)
def test_maker_and_model_are_one_name(maker: str, model: str, name: str) -> None:
    assert camera_of([("Taken", "2024"), ("Maker", maker), ("Camera", model)]) == name


def cameras(library: Path) -> list[str]:
    with contextlib.closing(open_library(library)) as opened:
        by_name = {photo.path.stem: photo.camera for photo in opened.photos()}
    return [by_name[name] for name in NAMES if name in by_name]


def passing(library: Path, text: str) -> int:
    with contextlib.closing(open_library(library)) as opened:
        return len(opened.passing(text, Ticket()))


def test_a_library_tells_cameras(indexed: Path) -> None:
    assert cameras(indexed) == ["Canon EOS 5D", "Canon EOS 5D Mark II", "Apple iPhone 12", ""]
    found = {
        text: passing(indexed, text)
        for text in ("camera:canon", "camera:IPHONE", 'camera:"5d mark"', "camera:nikon", "camera:", "-camera:")
    }
    assert list(found.values()) == [2, 1, 1, 0, 3, 1]


def test_a_library_of_an_earlier_version_knows_none(indexed: Path, tmp_path: Path) -> None:
    """It is read as it is, and has room for cameras once it is written to."""
    copy = own_copy(indexed, tmp_path / "old.cropseek")
    with contextlib.closing(sqlite3.connect(copy)) as db, db:
        db.execute("DROP TABLE cameras")
        db.execute("PRAGMA user_version = 7")
    assert cameras(copy) == [""] * 4
    assert passing(copy, "camera:") == 0
    with contextlib.closing(open_library(copy, writable=True)) as library:
        first = library.photos()[0]
        library.mark([first.id], "kept", True)
        assert len(library.photos()) == 4
    with contextlib.closing(sqlite3.connect(copy)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    engine = Engine()
    engine.open_library(copy)
    folder = first.path.parent
    shutil.copyfile(folder / f"{NAMES[2]}.jpg", folder / "again.jpg")
    engine.index([folder], copy)
    assert {photo.path.stem: photo.camera for photo in engine.photos()}["again"] == "Apple iPhone 12"
    assert engine.photos().marks[first.id] == ("kept",)
    engine.close_library()
    (folder / "again.jpg").unlink()


@pytest.mark.parametrize("value", ["two\nlines", "x" * 300])
def test_names_that_no_camera_has_are_left_out(indexed: Path, tmp_path: Path, value: str) -> None:
    copy = own_copy(indexed, tmp_path / "bad.cropseek")
    with contextlib.closing(sqlite3.connect(copy)) as db, db:
        db.execute("UPDATE cameras SET camera = ? WHERE camera LIKE '%iPhone%'", (value,))
    assert cameras(copy) == ["Canon EOS 5D", "Canon EOS 5D Mark II", "", ""]


def groups(*pairs: tuple[str, Sequence[int]]) -> Cameras:
    return Cameras.of_groups([(name, np.array(ids, dtype=np.int64)) for name, ids in pairs])


def test_cameras_by_photo() -> None:
    found = groups(("a", [5, 2]), ("b", [9]))
    assert [found.of(photo) for photo in (1, 2, 5, 9, 10)] == ["", "a", "a", "b", ""]
    assert found.counts(np.array([2, 3, 9])) == {"a": 1, "b": 1}
    assert found.counts(np.array([2, 5])) == {"a": 2}
    assert groups().of(1) == ""
