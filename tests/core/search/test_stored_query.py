"""A box is searched by what the library keeps of its photo while the network is still to be loaded."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.chain.load import shipped_stages
from core.engine import DEFAULT_PRESET, Engine
from core.geometry import Box
from core.library.describers import Describers
from core.records import Query
from core.search.describe_query import describe_live, describe_stored
from core.search.ranking.matching import Cells
from tests.conftest import NAMES

BOX = Box(40, 40, 470, 340)


@pytest.fixture
def query(folder: Path) -> Query:
    return Query(folder / f"{NAMES[0]}.jpg", BOX)


def test_no_network_is_loaded(engine: Engine, query: Query, monkeypatch: pytest.MonkeyPatch) -> None:
    exact = Engine()
    exact.open_library(engine.info().path)
    monkeypatch.setattr(Describers, "of", lambda *_: pytest.fail("the network is loaded"))
    early = engine.search(query, live=True)
    assert (early.ranking, early.query) == ("cells", query)
    monkeypatch.undo()
    found = exact.search(query)
    assert early.hits[0].photo.path == found.hits[0].photo.path
    assert {hit.photo.path for hit in early.hits} == {hit.photo.path for hit in found.hits}
    again = exact.search(query, live=True)  # now that the network is there
    assert again.hits[0].photo.path == found.hits[0].photo.path


def test_it_is_near_the_live_description(engine: Engine, query: Query) -> None:
    with engine._open.reading() as library:
        (known,) = library.find(query.path)
        stored = library.cells(known.id)
        assert stored is not None
        photo = library.photos().by_id[known.id]
        stages = shipped_stages(DEFAULT_PRESET)
        size, cells = (photo.width, photo.height), Cells(*stored)
        found = describe_stored(query, stages, cells, size)  # type: ignore[arg-type]
        live = describe_live(query, engine._describers.of(library), engine._views())
        assert found is not None
        assert float(found[0].descriptor @ live[0].descriptor) > 0.8
        assert np.bitwise_count(found[0].code ^ live[0].code).sum() < 120
        assert found[1].shape == live[1].shape
        whole = describe_stored(Query(query.path, Box(0, 0, *map(float, size))), stages, cells, size)  # type: ignore[arg-type]
        assert whole is not None
        assert len(whole[0].positions) == len(cells.features)
        nothing = Cells(cells.shape, cells.positions[:1] * 0, cells.features[:1])
        assert describe_stored(Query(query.path, Box(400, 300, 470, 340)), stages, nothing, size) is None  # type: ignore[arg-type]
