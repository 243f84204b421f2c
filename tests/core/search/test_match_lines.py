"""The lines of Why are those of what decided: keypoints, cells that voted for the place, or pairs of cells."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

import main
from core.engine import Engine
from core.geometry import Box
from core.records import DECIDED_BY, Query
from core.search.match_lines import of_cells
from core.search.ranking.matching import Cells, agreement, voters
from tests.conftest import NAMES

BOX = Box(100, 50, 420, 320)


@pytest.mark.parametrize(
    ("ranking", "decided"),
    [("verified", "verified"), ("cells", "cells"), ("rerank", "descriptor"), ("hamming", "descriptor")],
)
def test_the_ranking_decides_whose_lines_are_told(engine: Engine, folder: Path, ranking: str, decided: str) -> None:
    hit = folder / f"{NAMES[1]}.jpg"
    told = engine.explain(Query(folder / f"{NAMES[0]}.jpg", BOX), hit, ranking)
    assert told.decided_by == decided
    assert told.decided_by in DECIDED_BY
    assert len(told.lines) > 4
    assert (np.diff(told.lines[:, 4]) <= 0).all()
    assert told.lines[:, 4].sum() <= 1 + 1e-9
    if decided != "descriptor":
        x, y = told.lines[:, :2].T
        assert ((x >= BOX.x0 - 1) & (x <= BOX.x1 + 1) & (y >= BOX.y0 - 1) & (y <= BOX.y1 + 1)).all()
    if decided == "verified":
        assert told.lines[:, 4].sum() == pytest.approx(1)
        assert len(told.lines) == len(told.matches)


def test_what_is_not_verified_is_decided_by_its_cells(engine: Engine, folder: Path) -> None:
    told = engine.explain(Query(folder / f"{NAMES[0]}.jpg", BOX), folder / f"{NAMES[-1]}.jpg")
    assert (told.quadrilateral, told.decided_by) == (None, "cells")


def test_json_tells_what_decided(library: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked, hit = folder / f"{NAMES[0]}.jpg", folder / f"{NAMES[1]}.jpg"
    arguments = ["explain", "--library", library, "--image", asked, "--box", BOX, "--hit", hit, "--json"]
    assert main.main([str(argument) for argument in arguments]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["decided_by"] == "verified"
    assert {"query", "hit", "share"} == told["lines"][0].keys()
    shares = [line["share"] for line in told["lines"]]
    assert shares == sorted(shares, reverse=True)


def test_the_shares_of_the_voters_are_those_of_the_score() -> None:
    rng = np.random.default_rng(0)
    features = rng.normal(size=(30, 16)).astype(np.float32)
    features /= np.linalg.norm(features, axis=1, keepdims=True)
    places = np.stack([np.arange(30) // 6, np.arange(30) % 6], axis=1)
    query, hit = Cells((5, 6), places, features), Cells((12, 14), places + np.array([4, 5]), features)
    votes = voters(query, hit)
    assert (votes.pairs[:, 0] == votes.pairs[:, 1]).all()
    found = agreement(query, hit)
    assert found.placed == pytest.approx(1, abs=1e-5)
    assert votes.shares.sum() == pytest.approx(1, abs=1e-5)
    lines = of_cells(query, Box(0, 0, 60, 50), hit, (140, 120))
    np.testing.assert_allclose(lines[:, 2:4] - lines[:, :2], np.tile([50, 40], (len(lines), 1)), atol=1e-6)
    assert not len(voters(Cells((1, 1), places[:0], features[:0]), hit).pairs)
