"""Saved queries are read back unchanged, and hostile ones are refused."""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import main
from core.engine import Engine
from core.geometry import Box
from core.library.saved_queries import dump_query, parse_query
from core.library.schema import ADDED, SCHEMA
from core.records import RANKINGS, Query, SavedQuery
from core.util.errors import UserError
from tests.conftest import NAMES, own_copy

NUMBERS = st.floats(0, 1e5, allow_nan=False)
CELLS = st.none() | st.frozensets(st.tuples(st.integers(0, 99), st.integers(0, 99)), max_size=30)


@given(st.none() | st.tuples(NUMBERS, NUMBERS, NUMBERS, NUMBERS), CELLS, st.sampled_from(RANKINGS))
def test_a_query_is_read_as_it_was_written(
    corners: tuple[float, float, float, float] | None, cells: frozenset[tuple[int, int]] | None, ranking: str
) -> None:
    query = Query(Path("a b.jpg"), Box(*corners) if corners else None, cells)
    saved = parse_query("it", dump_query(query, ranking, "-night date:2024"), Path("x.cropseek"))
    assert saved == SavedQuery("it", query, ranking, "-night date:2024")


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"photo": 3, "ranking": "cells"}', '{"photo": "a", "ranking": "best"}', "[" * 5000]
)
def test_damaged_queries_are_refused(text: str) -> None:
    with pytest.raises(UserError, match="saved query 'it' is damaged"):
        parse_query("it", text, Path("x.cropseek"))


def test_saved_queries_are_asked_again_with_the_same_ranking(
    library: Path, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "own.cropseek"
    own_copy(library, own)
    image = ["--image", str(folder / f"{NAMES[0]}.jpg"), "--box", "60,40,300,200"]
    arguments = ["search", "--library", str(own), "--json"]
    assert main.main([*arguments, *image, "--ranking", "cells", "--save", "the house"]) == 0
    first = json.loads(capsys.readouterr().out)
    assert main.main([*arguments, "--query", "the house"]) == 0
    again = json.loads(capsys.readouterr().out)
    assert first["ranking"] == again["ranking"] == "cells"
    assert [hit["path"] for hit in first["hits"]] == [hit["path"] for hit in again["hits"]]
    assert main.main([*arguments, "--query", "the tower"]) == 1
    assert "There are: the house" in capsys.readouterr().err
    assert main.main(arguments) == 1
    engine = Engine()
    engine.open_library(own)
    assert [saved.name for saved in engine.saved_queries()] == ["the house"]
    with pytest.raises(UserError, match="cannot be the name"):
        engine.save_query(" \n", Query(folder / f"{NAMES[0]}.jpg"))
    assert engine.save_query("the house", None) == []


def test_a_library_of_the_first_version_has_none(library: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.cropseek"
    shutil.copy(library, old)
    with contextlib.closing(sqlite3.connect(old)) as db:
        db.executescript(
            "".join(f"DROP TABLE {name};" for names in ADDED.values() for name in names if "TABLE" in SCHEMA[name])
            + "DELETE FROM meta WHERE key = 'windows'; PRAGMA user_version = 1"
        )
    engine = Engine()
    engine.open_library(old)
    assert engine.saved_queries() == []
