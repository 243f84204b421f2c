"""Single cells, surveys of collections, and exports."""

from __future__ import annotations

import csv
import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.cli import build_parser, run
from core.engine import Engine
from core.geometry import Box
from core.inspect.cell_maps import cell_maps, pairs_in_bin, similarity_map
from core.inspect.covariance import covariance_statistics
from core.masks import select
from core.masks.painted import read_cells
from core.photos.scan import sample
from core.records import BINS, EXPORT_KINDS, LensSettings, Query
from core.reduction.moments import l2_normalise
from core.util.errors import UserError
from tests.conftest import NAMES


def random_grid(seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return np.maximum(rng.normal(size=(5, 7, 12)), 0).astype(np.float32)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000))
def test_pairs_in_bins_add_up_to_the_histogram(seed: int) -> None:
    grid = random_grid(seed)
    mask = np.random.default_rng(seed).random((5, 7)) < 0.6
    units = l2_normalise(select(grid, mask))
    units = units[units.any(axis=1)]
    products = (units @ units.T)[np.triu_indices(len(units), k=1)]
    edges = np.linspace(-1, 1, BINS + 1)
    counts = np.array([pairs_in_bin(grid, mask, lo, hi).sum() / 2 for lo, hi in pairwise(edges)])
    histogram, low = covariance_statistics(select(grid, mask))
    expected = histogram * len(products)
    assert low == pytest.approx((np.abs(products) <= 0.15).mean(), abs=1e-6)
    assert np.abs(expected - np.histogram(products, edges)[0]).sum() <= 4
    # Products that rounding puts on an edge may be in either bin.
    assert abs(counts.sum() - expected.sum()) <= 1
    assert np.abs(counts - expected).sum() <= 4


def test_similarity_of_a_cell_with_itself_is_one_and_maps_agree() -> None:
    grid = random_grid(3)
    grid[:, :, 4] = 0
    similar = similarity_map(grid, 2, 3)
    assert similar[2, 3] == pytest.approx(1.0, abs=1e-6)
    assert similar.min() >= 0
    maps = cell_maps(grid, 50.0, 300.0)
    assert maps.winners.sum() == grid.shape[2]
    assert np.flatnonzero(maps.dead).tolist() == [4]
    assert (maps.sums >= maps.threshold).sum() == 18


def test_settings_change_masks_on_the_same_grid(engine: Engine, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    query = Query(folder / f"{NAMES[0]}.jpg")
    plain = engine.inspect.inspect(query)
    from core.backbones.runner import GridRunner

    def refuse(*_: object) -> None:
        pytest.fail("the network ran again")

    monkeypatch.setattr(GridRunner, "grid", refuse)
    strict = engine.inspect.inspect(query, settings=LensSettings(80.0, 8.0, 0, True))
    assert strict.masks["sum"].kept < plain.masks["sum"].kept
    assert strict.masks["sift"].kept < plain.masks["sift"].kept
    assert len(strict.keypoints) < len(plain.keypoints)
    assert plain.maps is not None
    assert plain.maps.winners.sum() == 512
    assert np.array_equal(plain.maps.winners > 0, plain.masks["max"].cells)
    assert plain.maps.receptive_field == pytest.approx(294 * 512 / 650, rel=0.01)


def test_another_size_gives_another_grid(engine: Engine, folder: Path) -> None:
    query = Query(folder / f"{NAMES[0]}.jpg")
    small = engine.inspect.inspect(query, settings=LensSettings(longest_side=320, pool=True))
    assert max(small.grid_shape[:2]) == 10
    channel = engine.inspect.channel(query, 5, small.settings)
    assert channel.shape == small.grid_shape[:2]
    with pytest.raises(UserError, match="no channel 512"):
        engine.inspect.channel(query, 512, small.settings)
    assert engine.inspect.similarity(query, 1, 2, small.settings)[1, 2] == pytest.approx(1, abs=1e-5)


def test_painted_cells_decide_the_ranking(engine: Engine, folder: Path) -> None:
    query = Query(folder / f"{NAMES[0]}.jpg")
    inspection = engine.inspect.inspect(query)
    kept = frozenset(zip(*(axis.tolist() for axis in np.nonzero(inspection.masks["max"].cells)), strict=True))
    same = engine.search(Query(query.path, None, kept))
    plain = engine.search(query)
    assert [hit.photo.path for hit in same.hits] == [hit.photo.path for hit in plain.hits]
    assert same.hits[0].score == pytest.approx(plain.hits[0].score, abs=2e-3)
    few = engine.search(Query(query.path, None, frozenset(list(kept)[:12])))
    assert few.cells == 12
    assert few.hits[0].score != pytest.approx(plain.hits[0].score, abs=2e-3)
    with pytest.raises(UserError, match="nothing in this part"):
        engine.search(Query(query.path, None, frozenset({(999, 999)})))


def test_survey_measures_a_sample_and_skips_what_it_cannot_read(folder: Path, tmp_path: Path) -> None:
    paths = sorted(folder.iterdir())
    (tmp_path / "no.jpg").write_text("no photo")
    survey = Engine().inspect.survey([*paths, tmp_path / "no.jpg"], count=None)
    assert survey.total == 7
    assert [skipped.path.name for skipped in survey.skipped] == ["no.jpg"]
    assert len(survey.photos) == 6
    assert survey.summaries["none"].kept == 1
    assert survey.summaries["sum"].kept == pytest.approx(0.5, abs=0.01)
    assert survey.summaries["max"].kept < 0.5
    assert survey.summaries["max"].low_covariance > survey.summaries["none"].low_covariance
    assert survey.summaries["none"].histogram.sum() == pytest.approx(1, abs=1e-6)
    for name, summary in survey.summaries.items():
        assert summary.kept == pytest.approx(np.mean([photo.kept[name] for photo in survey.photos]))
        assert 0 <= summary.kept_error < 0.2
    assert sample(paths, 3) == sample(paths, 3)
    assert len(sample(paths, 3)) == 3
    with pytest.raises(UserError, match="no photos to measure"):
        Engine().inspect.survey([])


def test_exports_of_several_photos(folder: Path, tmp_path: Path) -> None:
    lens = Engine().inspect
    queries = [Query(folder / f"{NAMES[0]}.jpg"), Query(folder / f"{NAMES[1]}.jpg", Box(20, 30, 300, 280))]
    files = lens.export(queries, tmp_path / "out", EXPORT_KINDS)
    assert len(files) == 2 * (3 + 3 + 3) + 1
    assert all(path.stat().st_size > 50 for path in files)
    rows = list(csv.DictReader((tmp_path / "out" / "masks.csv").read_text().splitlines()))
    assert len(rows) == 8
    first = lens.inspect(queries[0])
    cells = np.load(tmp_path / "out" / f"{NAMES[0]}-max.npy", allow_pickle=False)
    assert np.array_equal(cells, first.masks["max"].cells)
    kept = next(row for row in rows if row["mask"] == "max" and row["box"] == "")
    assert int(kept["kept"]) == cells.sum()
    with pytest.raises(UserError, match="'gif' is not exported"):
        lens.export(queries[:1], tmp_path, ["gif"])


def test_command_line_exports(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    photo = str(folder / f"{NAMES[0]}.jpg")
    arguments = ["inspect", photo, "--export", "masks-npy", "csv", "--folder", str(tmp_path)]
    assert run(build_parser().parse_args(arguments)) == 0
    assert "written:" in capsys.readouterr().out
    assert (tmp_path / "masks.csv").exists()


def test_painted_cells_are_exported_and_searched_from_the_command_line(
    engine: Engine, library: Path, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    query = Query(
        folder / f"{NAMES[0]}.jpg", None, frozenset((row, column) for row in range(8, 20) for column in range(9, 30))
    )
    engine.inspect.export([query], tmp_path, ["masks-npy"])
    file = tmp_path / f"{NAMES[0]}-painted.npy"
    assert read_cells(file) == query.cells
    arguments = ["search", "--library", str(library), "--image", str(query.path), "--ranking", "rerank", "--json"]
    arguments += ["--cells", str(file)]
    assert run(build_parser().parse_args(arguments)) == 0
    hits = json.loads(capsys.readouterr().out)["hits"]
    assert [hit["path"] for hit in hits] == [str(hit.photo.path) for hit in engine.search(query).hits]
    np.save(tmp_path / "numbers.npy", np.zeros(3))
    (tmp_path / "text.npy").write_text("no array")
    for bad in ("numbers.npy", "text.npy", "none.npy"):
        assert run(build_parser().parse_args([*arguments[:-1], str(tmp_path / bad)])) == 1
        assert "cells" in capsys.readouterr().err


def test_survey_from_the_command_line(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "fig3.png"
    assert run(build_parser().parse_args(["survey", str(folder), "--count", "3", "--out", str(out), "--json"])) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["photos"], document["total"]) == (3, 6)
    assert [mask["mask"] for mask in document["masks"]] == ["none", "sift", "sum", "max"]
    assert out.stat().st_size > 5000
