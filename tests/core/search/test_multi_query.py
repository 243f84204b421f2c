"""Several boxes and photos as one query, what is not wanted, filters, and near-duplicates."""

from __future__ import annotations

import contextlib
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.engine import Engine
from core.geometry import Box
from core.library.filters import parse_filter
from core.library.saved_queries import dump_query, parse_query
from core.masks.painted import cut_out
from core.records import RANKINGS, Example, PhotoRecord, Query
from core.search.multi_query import GAMMA, joined
from core.search.ranking.diffusion import ALONE, diffused
from core.search.ranking.groups import groups
from core.util.errors import UserError
from tests.conftest import NAMES

FIRST, SECOND = Box(40, 30, 400, 300), Box(60, 60, 380, 320)


def photo(folder: Path, place: int) -> Path:
    return folder / f"{NAMES[place]}.jpg"


@given(st.integers(0, 1000), st.integers(1, 4), st.integers(0, 3))
def test_one_example_is_itself_and_order_does_not_matter(seed: int, wanted: int, unwanted: int) -> None:
    rng = np.random.default_rng(seed)
    good = [rng.normal(size=5).astype(np.float32) for _ in range(wanted)]
    bad = [rng.normal(size=5).astype(np.float32) for _ in range(unwanted)]
    assert np.array_equal(joined(good[:1], []), good[0])
    for how in ("mean", "best"):
        np.testing.assert_allclose(joined(good, bad, how), joined(good[::-1], bad[::-1], how), atol=1e-6)
        assert np.all(joined(good, bad, how) <= joined(good, [], how))
    assert np.all(joined(good, [], "mean") <= joined(good, [], "best") + 1e-6)


def test_what_is_not_wanted_costs_its_likeness() -> None:
    scores = joined([np.array([0.8, 0.8, 0.8], np.float32)], [np.array([-0.2, 0.4, 0.1], np.float32)])
    np.testing.assert_allclose(scores, [0.8, 0.8 - GAMMA * 0.4, 0.8 - GAMMA * 0.1], rtol=1e-6)


@pytest.mark.parametrize("ranking", RANKINGS)
def test_an_example_of_another_thing_brings_it_in(engine: Engine, folder: Path, ranking: str) -> None:
    alone = Query(photo(folder, 0), FIRST)
    both = replace(alone, more=(Example(photo(folder, 3)),), how="best")
    without = engine.search(alone, ranking=ranking).hits
    hits = engine.search(both, ranking=ranking).hits
    assert hits[0].photo.path == photo(folder, 3)  # it is in the library itself
    place = {hit.photo.path: hit.rank for hit in without}
    assert place[photo(folder, 3)] > 1


@pytest.mark.parametrize("ranking", ["rerank", "cells", "verified"])
def test_a_bad_hit_is_left_out_and_what_resembles_it_sinks(engine: Engine, folder: Path, ranking: str) -> None:
    query = Query(photo(folder, 0), FIRST)
    scores = {hit.photo.path: hit.score for hit in engine.search(query, ranking=ranking).hits}
    worse = replace(query, more=(Example(photo(folder, 1), good=False),))
    found = {hit.photo.path: hit.score for hit in engine.search(worse, ranking=ranking).hits}
    assert set(found) == set(scores) - {photo(folder, 1)}
    assert all(found[path] <= scores[path] + 1e-6 for path in found)
    assert min(found[path] - scores[path] for path in found) < -0.01


def test_an_unwanted_part_is_cut_out_of_the_box(engine: Engine, folder: Path) -> None:
    query = Query(photo(folder, 0), FIRST)
    part = Example(query.path, Box(40, 30, 220, 300), good=False)
    whole, rest = engine.search(query), engine.search(replace(query, more=(part,)))
    assert 0 < rest.cells < whole.cells
    live = engine.search(replace(query, more=(part,)), live=True)
    assert 0 < live.cells < whole.cells
    with pytest.raises(UserError, match="covers all"):
        engine.search(replace(query, more=(Example(query.path, Box(0, 0, 512, 512), good=False),)))


def test_cells_are_cut_out_where_their_middles_lie() -> None:
    left = cut_out(np.ones((4, 8), bool), Box(100, 50, 180, 90), [Box(100, 50, 125, 90)])
    assert left[:, :2].sum() == 0
    assert left[:, 2:].all()


def test_a_query_of_several_is_kept_and_read_again(tmp_path: Path) -> None:
    more = (Example(tmp_path / "b.jpg", SECOND), Example(tmp_path / "c.jpg", None, False))
    query = Query(tmp_path / "a.jpg", FIRST, more=more, how="best")
    assert parse_query("x", dump_query(query, "cells"), tmp_path).query == query
    with pytest.raises(UserError, match="damaged"):
        parse_query("x", dump_query(query, "cells").replace('"best"', '"worst"'), tmp_path)


RECORDS = (
    PhotoRecord(Path("/photos/Rome/tower.jpg"), 1, 4000, 3000, "indexed", "", "2024-05-03 10:00:00"),
    PhotoRecord(Path("/photos/Rome/night/tower 2.jpg"), 2, 640, 480, "indexed", "", "2023-12-31 23:59:59"),
    PhotoRecord(Path("/photos/Oslo/ship.png"), 3, 0, 0, "skipped", "damaged"),
)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("", [1, 2, 3]),
        ("TOWER", [1, 2]),
        ("tower -night", [1]),
        ('"tower 2"', [2]),
        ('"tower', [1, 2]),
        ("folder:rome", [1, 2]),
        ("folder:tower", []),
        ("date:2024", [1]),
        ("date:2023-12..2024-05", [1, 2]),
        ("date:2024-01..", [1]),
        ("date:..2023", [2]),
        ("-date:2024", [2, 3]),
        ("size:>2MP", [1]),
        ("size:<800", [2]),
        ("size:640", [1, 2]),
        ("state:skipped", [3]),
        ("size:", [1, 2, 3]),
        ("http://x", []),
    ],
)
def test_filters(text: str, ids: list[int]) -> None:
    assert [record.id for record in filter(parse_filter(text), RECORDS)] == ids


@pytest.mark.parametrize("text", ["date:May", "size:big", "state:lost"])
def test_a_bad_filter_says_so(text: str) -> None:
    with pytest.raises(UserError):
        parse_filter(text)


@given(st.text())
def test_any_text_is_a_filter_or_a_sentence(text: str) -> None:
    with contextlib.suppress(UserError):
        list(filter(parse_filter(text), RECORDS))


def test_only_filtered_photos_are_ranked(engine: Engine, folder: Path) -> None:
    query = Query(photo(folder, 0), FIRST)
    for ranking in ("hamming", "cells", "verified"):
        hits = engine.search(query, ranking=ranking, only="loggia").hits
        assert {hit.photo.path.name for hit in hits} == {p.name for p in folder.glob("*loggia*")} - {query.path.name}
    assert engine.search(query, only="nothing-of-this-name").hits == ()


@pytest.mark.parametrize("ranking", RANKINGS)
def test_the_number_asked_for_does_not_change_the_order(engine: Engine, folder: Path, ranking: str) -> None:
    query = Query(photo(folder, 0), Box(60, 40, 300, 200))
    few, many = (engine.search(query, k=number, ranking=ranking).hits for number in (2, 200))
    assert few == many[:2]


def test_near_duplicates_follow_the_first_of_them() -> None:
    rng = np.random.default_rng(0)
    codes = rng.integers(0, 256, (5, 64), dtype=np.uint8)
    codes[3] = codes[1]
    codes[3, 0] ^= 1
    codes[4] = codes[1]
    assert groups(codes) == [0, 1, 2, 1, 1]
    assert Counter(groups(codes)) == {0: 1, 1: 3, 2: 1}
    assert groups(codes[:0]) == []


def test_a_copy_is_marked_as_a_near_duplicate(folder: Path, tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    photos.mkdir()
    for name in NAMES:
        (photos / f"{name}.jpg").write_bytes((folder / f"{name}.jpg").read_bytes())
    (photos / "copy.jpg").write_bytes(photo(folder, 1).read_bytes() + b"\0")
    engine = Engine()
    engine.index([photos], tmp_path / "l.cropseek")
    engine.open_library(tmp_path / "l.cropseek")
    hits = engine.search(Query(photo(photos, 0))).hits
    same = [hit for hit in hits if hit.photo.path.stem in (NAMES[1], "copy")]
    assert same[0].like == same[1].like == same[0].photo.id
    assert all(hit.like == hit.photo.id for hit in hits if hit not in same)


@given(st.integers(0, 1000), st.integers(2, 30))
def test_diffusion_keeps_the_range_and_lifts_what_stands_near_good_hits(seed: int, count: int) -> None:
    rng = np.random.default_rng(seed)
    rows = rng.normal(size=(count, 16)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    scores = rng.uniform(-0.2, 1, count)
    found = diffused(scores, rows)
    assert found.min() >= 0
    assert np.isfinite(found).all()
    lonely = diffused(np.array([0.9, 0.5, 0.5]), np.eye(3, dtype=np.float32))
    np.testing.assert_allclose(lonely, ALONE * np.array([0.9, 0.5, 0.5]), rtol=1e-5)
    pair = np.eye(3, dtype=np.float32)
    pair[1] = pair[0]
    near = diffused(np.array([0.9, 0.5, 0.5]), pair)
    assert near[1] > near[2]
