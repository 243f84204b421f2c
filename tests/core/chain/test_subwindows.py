"""Windows, matching cells, and the region around a box that the network sees."""

from __future__ import annotations

import itertools
import sqlite3
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from core.chain.config import DescriberConfig
from core.chain.describer import Describer, make_mask, prepare
from core.chain.load import shipped_describer
from core.chain.subwindows import LAYOUTS, subwindow_count, subwindows
from core.engine import Engine
from core.geometry import Box
from core.library.opening import agree_to_library
from core.library.vectors import LibraryVectors
from core.photos.images import read_photo
from core.records import PhotoRecord, Query
from core.search.multi_query import Question
from core.search.query_region import SLACK, look
from core.search.ranking.matching import BIN, SCALES, Cells, _hough, agreement
from core.search.ranking.reranking import expansion
from core.search.ranking.searcher import Asked, Searcher
from core.util.errors import UserError
from core.util.progress import Ticket
from tests.conftest import NAMES


@pytest.fixture(scope="module")
def describer() -> Describer:
    return shipped_describer("standard", "cpu", None, Ticket())


@given(st.integers(1, 80), st.integers(1, 80), st.sampled_from(sorted(LAYOUTS)))
def test_windows_lie_on_the_grid(rows: int, columns: int, layout: str) -> None:
    found = subwindows((rows, columns), layout)
    assert len(found) == subwindow_count(layout)
    for row0, row1, column0, column1 in found:
        assert 0 <= row0 < row1 <= rows
        assert 0 <= column0 < column1 <= columns


def test_windows_cover_the_photo() -> None:
    for layout in ("half", "third"):
        seen = np.zeros((30, 40), dtype=bool)
        for row0, row1, column0, column1 in subwindows((30, 40), layout):
            seen[row0:row1, column0:column1] = True
        assert seen.all()
    with pytest.raises(UserError, match="no layout 'tenth'"):
        subwindow_count("tenth")


@pytest.mark.parametrize("mask", ["max", "sum", "none"])
def test_a_window_has_the_code_of_a_grid_of_its_own(describer: Describer, folder: Path, mask: str) -> None:
    config = DescriberConfig(mask=mask)
    own = Describer(config, describer.stages, describer.backbone)
    shown = prepare(read_photo(folder / f"{NAMES[0]}.jpg"), None, config, 16)
    grid = own.backbone.grid(shown)
    codes = own.stages.encode_parts(grid, own.parts(grid, make_mask(config, grid, shown), "third"))
    for (row0, row1, column0, column1), code in zip(subwindows(grid.shape[:2], "third"), codes, strict=True):
        part = grid[row0:row1, column0:column1]
        alone = own.encode(part, make_mask(config, part, shown))
        # A rounding of the last digit may flip a bit on the threshold.
        assert np.bitwise_count(code ^ alone.code).sum() <= 2


def test_the_region_of_a_box(describer: Describer, folder: Path) -> None:
    photo = read_photo(folder / f"{NAMES[0]}.jpg")
    box = Box(100, 80, 260, 240)
    seen = look(photo, box, describer.config, describer.backbone)
    assert seen.region.x0 == pytest.approx(box.x0 - SLACK * box.width, abs=1)
    assert seen.region.y1 == pytest.approx(box.y1 + SLACK * box.height, abs=1)
    ratio = max(seen.shown.shape[:2]) / max(seen.region.width, seen.region.height)
    assert seen.grid.shape[0] == pytest.approx(seen.region.height * ratio / 16, abs=1)
    corner = look(photo, Box(0, 0, 100, 100), describer.config, describer.backbone).region
    assert (corner.x0, corner.y0) == (0, 0)
    with pytest.raises(UserError, match="outside the photo"):
        look(photo, Box(photo.shape[1] + 5, 0, photo.shape[1] + 9, 5), describer.config, describer.backbone)


def test_cells_of_a_box_see_what_lies_around_it(
    describer: Describer, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are nearer to those of the whole photo than those of a crop, for a box that begins on a cell."""
    monkeypatch.setattr("core.search.query_region.SLACK", 0.0)
    photo = read_photo(folder / f"{NAMES[0]}.jpg")
    cell = 16 * max(photo.shape[:2]) / describer.config.longest_side
    row0, row1, column0, column1 = 8, 16, 10, 20
    box = Box(column0 * cell, row0 * cell, column1 * cell, row1 * cell)
    whole = look(photo, None, describer.config, describer.backbone).grid
    seen = look(photo, box, describer.config, describer.backbone)
    top, left = round(seen.region.y0 / cell), round(seen.region.x0 / cell)
    part = whole[top : top + seen.grid.shape[0], left : left + seen.grid.shape[1]]
    alone = describer.backbone.grid(prepare(photo, seen.region, describer.config, 16))
    rows, columns = (min(sizes) for sizes in zip(part.shape[:2], seen.grid.shape[:2], alone.shape[:2], strict=True))
    errors = [np.abs(grid[:rows, :columns] - part[:rows, :columns]).mean() for grid in (seen.grid, alone)]
    assert errors[0] < 0.5 * errors[1]


def random_cells(seed: int, shape: tuple[int, int], number: int) -> Cells:
    rng = np.random.default_rng(seed)
    cells = rng.choice(shape[0] * shape[1], number, replace=False)
    features = rng.standard_normal((number, 32)).astype(np.float32)
    features /= np.linalg.norm(features, axis=1, keepdims=True)
    return Cells(shape, np.stack(np.unravel_index(cells, shape), axis=1), features)


@settings(deadline=None)
@given(st.integers(0, 1000), st.integers(0, 18), st.integers(0, 26), st.sampled_from([1.0, 2.0]))
def test_a_part_of_a_photo_is_found_at_its_place(seed: int, row: int, column: int, scale: float) -> None:
    hit = random_cells(seed, (30, 40), 400)
    inside = ((hit.positions >= (row, column)) & (hit.positions < (row + 12, column + 14))).all(axis=1)
    positions = np.floor((hit.positions[inside] - (row, column)) * scale)
    query = Cells((int(12 * scale), int(14 * scale)), positions.astype(np.intp), hit.features[inside])
    found = agreement(query, hit)
    assert found.likeness == pytest.approx(1, abs=1e-4)
    assert found.placed > 0.95
    assert found.area is not None
    assert found.area == pytest.approx((row, column, row + 12, column + 14), abs=1.5)


def test_strangers_do_not_agree() -> None:
    found = agreement(random_cells(1, (20, 20), 200), random_cells(2, (30, 40), 400))
    assert found.likeness < 0.3
    assert found.placed < 0.1
    nobody = Cells((3, 3), np.zeros((0, 2), dtype=np.intp), np.zeros((0, 32), dtype=np.float32))
    assert agreement(nobody, nobody).area is None


@settings(deadline=None)
@given(st.integers(0, 1000), st.integers(1, 30), st.integers(0, 3))
def test_windows_rank_by_the_least_distance(seed: int, photos: int, left_out: int) -> None:
    rng = np.random.default_rng(seed)
    codes = rng.integers(0, 256, (photos, 8), dtype=np.uint8)
    parts = rng.integers(0, 256, (photos, 4, 8), dtype=np.uint8)
    ids = np.arange(1, photos + 1)
    records = {int(i): PhotoRecord(Path(f"{i}.jpg"), int(i)) for i in ids}
    searcher = Searcher(LibraryVectors(ids, np.zeros((photos, 3), dtype=np.float16), codes, parts), records)
    query = rng.integers(0, 256, 8, dtype=np.uint8)
    distances = np.bitwise_count(np.concatenate([codes[:, None], parts], axis=1) ^ query).sum(axis=2).min(axis=1)
    hits = searcher.rank(Question((Asked(np.zeros(3, np.float32), query),)), photos, "windows", ids[:left_out].tolist())
    expected = [int(i) for i in ids[np.argsort(distances, kind="stable")] if i > left_out]
    assert [distances[hit.photo.id - 1] for hit in hits] == [distances[i - 1] for i in expected]
    assert [hit.score for hit in hits] == pytest.approx([1 - distances[hit.photo.id - 1] / 64 for hit in hits])


def test_expansion_speaks_for_what_resembles_the_verified() -> None:
    query, hits = np.array([1, 0, 0], np.float32), np.array([[0.8, 0.6, 0], [0.5, 0.8, 0], [0.5, 0, 0.8]], np.float32)
    gain = expansion(query, hits, np.array([0]))
    assert gain[1] > 0 > gain[2]


def test_a_library_of_the_first_version_still_works(library: Path, folder: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.cropseek"
    source, target = sqlite3.connect(library), sqlite3.connect(old)
    with source, target:
        source.backup(target)
        target.executescript(
            "DROP TABLE windows; DROP TABLE queries; DROP TABLE marks; DROP TABLE apart;"
            "DROP TABLE edges; DROP TABLE points; DROP TABLE cameras;"
            "DELETE FROM meta WHERE key = 'windows';"
            "PRAGMA user_version = 1"
        )
    source.close()
    target.close()
    engine = Engine()
    query = Query(folder / f"{NAMES[0]}.jpg", Box(40, 30, 400, 300))
    assert engine.open_library(old).windows == "none"
    for kind in ("windows", "cells"):
        assert engine.search(query, ranking=kind).hits[0].photo.path.stem == NAMES[1]
    agree_to_library(old, None)
    # Migrated when opened for writing; without windows, nothing is read from them.
    assert engine.index([folder], old).unchanged == len(NAMES)
    engine.open_library(old)
    assert engine.search(query).hits[0].photo.path.stem == NAMES[1]
    with pytest.raises(UserError, match="built with the windows 'none'"):
        engine.index([folder], old, layout="third")


def test_the_layout_is_chosen_when_indexing(folder: Path, tmp_path: Path) -> None:
    engine = Engine()
    sizes = {}
    for layout in ("none", "third"):
        path = tmp_path / f"{layout}.cropseek"
        engine.index([folder], path, layout=layout)
        info = engine.open_library(path)
        assert info.windows == layout
        sizes[layout] = path.stat().st_size
    assert sizes["third"] > sizes["none"]
    with pytest.raises(UserError, match="no layout"):
        engine.index([folder], tmp_path / "odd.cropseek", layout="odd")


def test_photo_and_windows_at_once_are_as_one_after_the_other(describer: Describer, folder: Path) -> None:
    photo = read_photo(folder / f"{NAMES[0]}.jpg")
    shown = prepare(photo, None, describer.config, describer.backbone.stride)
    grid = describer.backbone.grid(shown)
    mask = make_mask(describer.config, grid, shown)
    together, codes = describer.encode_all(grid, mask, "half")
    alone = describer.encode(grid, mask)
    assert together.descriptor == pytest.approx(alone.descriptor, abs=1e-5)
    assert np.array_equal(together.code, alone.code)
    assert np.array_equal(together.positions, alone.positions)
    assert together.features == pytest.approx(alone.features, abs=1e-5)
    assert np.array_equal(codes, describer.stages.encode_parts(grid, describer.parts(grid, mask, "half")))


@given(
    hnp.arrays(np.uint16, st.tuples(st.integers(1, 12), st.just(2)), elements=st.integers(0, 15)),
    st.integers(0, 2**32 - 1),
)
def test_the_vote_is_that_of_its_definition(positions: NDArray[np.uint16], seed: int) -> None:
    """Against counting in a dictionary, bin by bin."""
    rng = np.random.default_rng(seed)
    target, votes = rng.integers(0, 40, (2, len(positions))).astype(np.float64), rng.random(len(positions))
    cells = Cells((16, 16), positions, np.zeros((len(positions), 2), np.float32))
    found, inside = _hough(cells.rays, target, votes)
    best = 0.0
    for scale in SCALES:
        bins = np.floor(target.T / BIN - scale * positions / BIN).astype(int)
        counts: dict[tuple[int, int], float] = {}
        for (row, column), vote in zip(bins.tolist(), votes.tolist(), strict=True):
            for bin_ in itertools.product((row - 1, row, row + 1), (column - 1, column, column + 1)):
                counts[bin_] = counts.get(bin_, 0.0) + vote
        best = max(best, *counts.values())
    assert found == pytest.approx(best)
    assert votes[inside].sum() == pytest.approx(best)
