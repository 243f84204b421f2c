"""A rejected hit is left out for that query alone, wherever the files lie, and rejections can be taken back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.engine import Engine
from core.geometry import Box
from core.records import Query
from core.search.rejections import overlap
from core.util.errors import UserError
from tests.conftest import NAMES, own_copy

BOX = Box(100, 50, 420, 320)


@pytest.fixture
def engine(library: Path, tmp_path: Path) -> Engine:
    own = tmp_path / "own.cropseek"
    own_copy(library, own)
    engine = Engine()
    engine.open_library(own)
    return engine


def found(engine: Engine, query: Query, ranking: str = "hamming") -> list[str]:
    return [hit.photo.path.name for hit in engine.search(query, ranking=ranking).hits]


def test_a_rejected_hit_does_not_come_again(engine: Engine, folder: Path, tmp_path: Path) -> None:
    query = Query(folder / f"{NAMES[0]}.jpg", BOX)
    hits = engine.search(query, ranking="hamming").hits
    engine.rejections.reject(query, [hits[0].photo.id], True)
    left = [hit.photo.path.name for hit in hits[1:]]
    for ranking in ("hamming", "cells", "verified"):
        assert set(found(engine, query, ranking)) == set(left)
    assert engine.search(query, ranking="hamming").rejected == 1
    assert len(engine.search(query, ranking="hamming", live=True).hits) == len(left)
    assert len(found(engine, Query(query.path, Box(110, 60, 425, 318)))) == len(left)  # nearly the same box
    assert len(found(engine, Query(query.path, Box(400, 300, 600, 440)))) == len(hits)
    assert len(found(engine, Query(query.path))) == len(hits)
    copy = Path(shutil.copy(query.path, tmp_path / "elsewhere.jpg"))  # the same picture from outside the collection
    assert hits[0].photo.path.name not in found(engine, Query(copy, BOX))
    assert engine.rejections.rejected(query) == [hits[0].photo.id]
    engine.rejections.reject(query, [hits[0].photo.id], False)
    assert len(found(engine, query)) == len(hits)


def test_whole_photos_are_rejected_both_ways_and_a_third_stays(engine: Engine, folder: Path) -> None:
    first, second, third = (folder / f"{name}.jpg" for name in NAMES[:3])
    hit = next(hit for hit in engine.search(Query(first)).hits if hit.photo.path == second)
    engine.rejections.reject(Query(first), [hit.photo.id], True)
    assert second.name not in found(engine, Query(first))
    assert first.name not in found(engine, Query(second))
    assert {first.name, second.name} <= set(found(engine, Query(third)))
    assert second.name in found(engine, Query(first, BOX))


def test_what_nearly_the_same_box_or_the_other_side_was_told_is_taken_back(engine: Engine, folder: Path) -> None:
    first, second = (folder / f"{name}.jpg" for name in NAMES[:2])
    photo = next(hit.photo.id for hit in engine.search(Query(first)).hits if hit.photo.path == second)
    engine.rejections.reject(Query(first, BOX), [photo], True)
    nearly = Query(first, Box(110, 60, 425, 318))
    assert engine.rejections.rejected(nearly) == [photo]
    engine.rejections.reject(nearly, [photo], False)
    assert engine.rejections.rejected(Query(first, BOX)) == engine.rejections.rejected(nearly) == []
    engine.rejections.reject(Query(first), [photo], True)
    (other,) = engine.rejections.rejected(Query(second))
    engine.rejections.reject(Query(second), [other], False)
    assert engine.rejections.rejected(Query(first)) == engine.rejections.rejected(Query(second)) == []


def test_a_file_that_is_gone_is_told_and_does_no_harm(engine: Engine, folder: Path, tmp_path: Path) -> None:
    gone = Query(tmp_path / "gone.jpg")
    engine.rejections.reject(Query(folder / f"{NAMES[0]}.jpg"), [1], True)
    assert engine.rejections.rejected(gone) == []
    with pytest.raises(UserError, match="cannot be read"):
        engine.rejections.reject(gone, [1], True)


SIDES = st.integers(0, 200)


@given(SIDES, SIDES, SIDES, SIDES)
def test_overlap_is_a_share(x: int, y: int, width: int, height: int) -> None:
    first, second = Box(50, 50, 150, 150), Box(x, y, x + width, y + height)
    assert 0 <= overlap(first, second) <= 1
    assert overlap(first, second) == overlap(second, first)
    assert (overlap(first, second) == 1) == (first == second)
