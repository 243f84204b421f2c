"""The sample comes described: its library is there at once, and is what indexing would have made."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from pathlib import Path

import numpy as np
import pytest

from core.chain.presets import shipped_file
from core.engine import DEFAULT_PRESET, Engine
from core.library.opening import open_library
from core.library.shipped import SINCE, pack, unpack
from core.util.resources import DESCRIBED_SAMPLE

SOME = 3
"""Photos that are described afresh."""


@pytest.fixture
def brought(tmp_path: Path) -> tuple[Engine, Path]:
    """The sample's library as a newcomer gets it."""
    engine, target = Engine(), tmp_path / "sample.cropseek"
    assert engine.folders.bring_sample((engine.sample_folder(),), target)
    return engine, target


def test_every_photo_of_the_sample_is_described(brought: tuple[Engine, Path]) -> None:
    engine, target = brought
    info = engine.open_library(target)
    assert info.photos == len(list(engine.sample_folder().glob("*.jpg")))
    assert info.preset == DEFAULT_PRESET
    assert info.agreed
    assert {photo.state for photo in engine.photos()} == {"indexed"}
    # A hint for whoever sees this fail: python -m resources.tools.describe_sample
    with contextlib.closing(sqlite3.connect(DESCRIBED_SAMPLE)) as db:
        assert db.execute("SELECT version FROM made").fetchone()[0] >= SINCE


def test_indexing_it_finds_nothing_to_do(brought: tuple[Engine, Path]) -> None:
    engine, target = brought
    report = engine.index([engine.sample_folder()], target)
    assert (report.indexed, report.removed, report.skipped) == (0, 0, ())


def test_what_is_shipped_equals_what_describing_makes(brought: tuple[Engine, Path], tmp_path: Path) -> None:
    engine, target = brought
    folder = tmp_path / "some"
    folder.mkdir()
    names = [path.name for path in sorted(engine.sample_folder().glob("*.jpg"))[:: 160 // SOME]]
    for name in names:
        shutil.copyfile(engine.sample_folder() / name, folder / name)
    engine.index([folder], tmp_path / "fresh.cropseek")
    with (
        contextlib.closing(open_library(target)) as mine,
        contextlib.closing(open_library(tmp_path / "fresh.cropseek")) as theirs,
    ):
        for name in names:
            (a,), (b,) = mine.find(engine.sample_folder() / name), theirs.find(folder / name)
            rows = [library.vectors_after(photo.id - 1, 1)[0][1:] for library, photo in ((mine, a), (theirs, b))]
            descriptors = [np.frombuffer(row[0], np.float16).astype(np.float32) for row in rows]
            assert float(descriptors[0] @ descriptors[1]) > 0.999  # processors round in different ways
            bits = np.unpackbits(np.frombuffer(rows[0][1], np.uint8) ^ np.frombuffer(rows[1][1], np.uint8))
            assert bits.mean() < 0.02
            assert (mine.points.of(a.id) is None) == (theirs.points.of(b.id) is None)


def test_a_picture_that_was_changed_is_left_out(tmp_path: Path) -> None:
    engine = Engine()
    folder = tmp_path / "photos"
    shutil.copytree(engine.sample_folder(), folder)
    first, second, *_ = sorted(folder.glob("*.jpg"))
    first.write_bytes(second.read_bytes())
    second.unlink()
    describer = shipped_file(DEFAULT_PRESET)
    assert describer is not None
    assert unpack(DESCRIBED_SAMPLE, folder, tmp_path / "l.cropseek", describer)
    with contextlib.closing(open_library(tmp_path / "l.cropseek")) as library:
        assert not library.find(first)
        assert not library.find(second)
        assert len(library.known()) == len(list(folder.glob("*.jpg"))) - 1


def test_an_existing_library_and_another_fit_are_left_alone(brought: tuple[Engine, Path], tmp_path: Path) -> None:
    engine, target = brought
    before = target.read_bytes()
    assert not engine.folders.bring_sample((engine.sample_folder(),), target)
    assert not engine.folders.bring_sample((tmp_path,), tmp_path / "other.cropseek")
    other = shipped_file("sift")
    assert other is not None
    assert not unpack(DESCRIBED_SAMPLE, engine.sample_folder(), tmp_path / "sift.cropseek", other)
    assert not (tmp_path / "sift.cropseek").exists()
    assert target.read_bytes() == before


def test_what_is_packed_is_unpacked(brought: tuple[Engine, Path], tmp_path: Path) -> None:
    engine, target = brought
    pack(target, tmp_path / "again.sqlite")
    describer = shipped_file(DEFAULT_PRESET)
    assert describer is not None
    assert unpack(tmp_path / "again.sqlite", engine.sample_folder(), tmp_path / "again.cropseek", describer)
    with (
        contextlib.closing(open_library(target)) as mine,
        contextlib.closing(open_library(tmp_path / "again.cropseek")) as theirs,
    ):
        assert mine.vectors_after(0, 1000) == theirs.vectors_after(0, 1000)
