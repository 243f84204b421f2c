"""Evidence adds up: the shares of cells are the descriptor, and those of pairs the cosine."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import main
from core.chain.config import DescriberConfig
from core.chain.describer import make_mask, prepare
from core.chain.load import shipped_describer
from core.chain.stages import SelectiveStages
from core.engine import Engine
from core.geometry import Box
from core.photos.images import read_photo
from core.records import Example, Query
from core.search.explanation import shares
from core.util.errors import UserError
from core.util.progress import Ticket
from tests.conftest import NAMES

BOX = Box(60, 40, 300, 200)


@pytest.mark.parametrize("aggregation", ["sum", "average", "max", "democratic", "gmp"])
@pytest.mark.parametrize("power", [0.5, 1.0, 0.2])
def test_the_shares_of_the_cells_are_the_descriptor(folder: Path, aggregation: str, power: float) -> None:
    describer = shipped_describer("standard", "cpu", None, Ticket())
    stages = describer.stages
    assert isinstance(stages, SelectiveStages)
    config = DescriberConfig(aggregation=aggregation, power=power)
    changed = replace(stages, config=config)
    shown = prepare(read_photo(folder / f"{NAMES[0]}.jpg"), None, config, 16)
    grid = describer.backbone.grid(shown)
    mask = make_mask(config, grid, shown)
    positions, parts = shares(changed, grid, mask)
    assert len(positions) == len(parts) == mask.sum()
    # The slope of |y|^0.2 has no bound at 0, so that the last bit of a small y in single precision is seen.
    tolerance = 2e-5 if power >= 0.5 else 1e-4
    np.testing.assert_allclose(parts.sum(axis=0), changed.encode(grid, mask).descriptor, atol=tolerance)


def test_the_shares_of_the_pairs_are_the_cosine(engine: Engine, folder: Path) -> None:
    query = Query(folder / f"{NAMES[0]}.jpg", BOX)
    hit = next(hit for hit in engine.search(query, ranking="cosine").hits if hit.photo.path.stem == NAMES[1])
    found = engine.explain(query, hit.photo.path)
    for side in (found.query, found.hit):
        assert side.values.sum() == pytest.approx(found.cosine, abs=1e-5)
        assert side.heat.sum() == pytest.approx(found.cosine, abs=1e-5)
        assert len(side.centres) == len(side.positions) == np.count_nonzero(side.heat)
    # The library keeps descriptors with three digits.
    assert found.cosine == pytest.approx(hit.score, abs=2e-3)
    assert (np.diff(found.values) <= 0).all()
    assert found.bits.agree.sum() == pytest.approx(512 - hit.distance, abs=2)
    assert (found.bits.query_margin >= 0).all()
    assert len(found.matches) > 10


def test_painted_cells_alone_are_explained(engine: Engine, folder: Path) -> None:
    query = Query(folder / f"{NAMES[0]}.jpg", None, frozenset({(3, 4), (10, 11), (12, 20)}))
    found = engine.explain(query, folder / f"{NAMES[1]}.jpg")
    assert {tuple(place) for place in found.query.positions.tolist()} == {(3, 4), (10, 11), (12, 20)}


def test_what_is_not_wanted_is_not_explained(engine: Engine, folder: Path) -> None:
    query = Query(folder / f"{NAMES[0]}.jpg", BOX)
    against = replace(query, more=(Example(query.path, Box(60, 40, 180, 200), good=False),))
    hit = folder / f"{NAMES[1]}.jpg"
    whole, less = (len(engine.explain(asked, hit).query.positions) for asked in (query, against))
    assert less < whole
    assert less == engine.search(against).cells


def test_the_example_that_is_nearest_is_explained(engine: Engine, folder: Path) -> None:
    tower, hit = Query(folder / f"{NAMES[2]}.jpg", Box(100, 40, 400, 380)), folder / f"{NAMES[3]}.jpg"
    other, against = Example(folder / f"{NAMES[0]}.jpg", BOX), Example(folder / f"{NAMES[5]}.jpg", good=False)
    alone = engine.explain(tower, hit)
    assert alone.example == 0
    second = Query(other.path, other.box, more=(against, Example(tower.path, tower.box)))
    found = engine.explain(second, hit)
    assert second.parts()[found.example][0] == tower
    assert (found.cosine, found.quadrilateral) == (alone.cosine, alone.quadrilateral)
    assert engine.explain(replace(tower, more=(other,)), hit).example == 0
    unwanted = engine.explain(Query(other.path, other.box, more=(Example(tower.path, tower.box, good=False),)), hit)
    assert unwanted.example == 0
    assert unwanted.cosine == pytest.approx(engine.explain(Query(other.path, other.box), hit).cosine)


def test_a_pipeline_without_cells_says_so(folder: Path, tmp_path: Path) -> None:
    engine, library = Engine(), tmp_path / "sift.cropseek"
    engine.index([folder], library, preset="sift")
    engine.open_library(library)
    with pytest.raises(UserError, match="keeps no cells"):
        engine.explain(Query(folder / f"{NAMES[0]}.jpg", BOX), folder / f"{NAMES[1]}.jpg")


def test_explain_on_the_command_line(
    folder: Path, library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    images = ["--image", str(folder / f"{NAMES[0]}.jpg"), "--hit", str(folder / f"{NAMES[1]}.jpg")]
    out = tmp_path / "why.png"
    arguments = ["explain", "--library", str(library), *images, "--box", "60,40,300,200", "--out", str(out)]
    assert main.main([*arguments, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert sum(cell["share"] for cell in told["query_cells"]) == pytest.approx(told["cosine"], abs=1e-5)
    assert sum(cell["share"] for cell in told["hit_cells"]) == pytest.approx(told["cosine"], abs=1e-5)
    assert out.stat().st_size > 10_000
    assert main.main(arguments) == 0
    assert "bits agree" in capsys.readouterr().out
    nearer = folder / f"{NAMES[1]}.jpg"
    assert main.main([*arguments, "--also", f"{nearer}@40,40,300,200", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["image"], told["box"]) == (str(nearer), [40, 40, 300, 200])
    assert main.main([*arguments, "--also", str(nearer)]) == 0
    assert f"nearest to {nearer}" in capsys.readouterr().out
