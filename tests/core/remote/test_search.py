"""A shared library is searched as its file is: the same hits, scores and distances, on the command line too."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.engine import Engine
from core.exports.hits import record
from core.geometry import Box
from core.records import RANKINGS, STAR, Example, Query, Ranking
from core.remote.opening import publish_library
from core.remote.postgres import Server
from core.util.progress import Ticket
from main import main
from tests.conftest import own_copy
from tests.core.remote.conftest import READER, PostgresServer


@pytest.fixture(scope="module")
def published(
    server: PostgresServer, library: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Callable[..., Path]]:
    """A library with marks, and what gives its address on the server."""
    path = own_copy(library, tmp_path_factory.mktemp("published") / "six.cropseek")
    engine = Engine()
    engine.open_library(path)
    photos = engine.photos()
    engine.browse.mark([photo.id for photo in photos[::2]], STAR, True)
    engine.rejections.reject(Query(photos[0].path), [photos[3].id], True)
    engine.close_library()
    database = server.database()
    publish_library(path, server.address(database), Ticket())
    return path, lambda **options: Path(server.address(database, READER, **options))


@pytest.fixture(scope="module")
def engines(published: tuple[Path, Callable[..., Path]]) -> Iterator[dict[str, Engine]]:
    """The file, and the server with either source of candidates."""
    path, address = published
    found = {"file": Engine(), "mirror": Engine(), "sql": Engine()}
    for name, engine in found.items():
        engine.open_library(path if name == "file" else address(candidates=name))
        # They share the describer and the grids, as only what comes after them differs.
        engine._describers, engine._view_cache = found["file"]._describers, found["file"]._views()
        engine._search._describer_of = found["file"]._describers.of
    yield found
    for engine in found.values():
        engine.close_library()


@pytest.mark.parametrize("ranking", RANKINGS)
def test_hits_are_the_files(engines: dict[str, Engine], folder: Path, ranking: str) -> None:
    photo, other = folder / "loggia-03.jpg", folder / "field-01.jpg"
    asked: list[tuple[Query, str]] = [
        (Query(photo), ""),
        (Query(photo, Box(100, 100, 300, 260)), ""),
        (Query(photo, Box(100, 100, 300, 260), more=(Example(other, None, False),)), "is:starred"),
        (Query(other), "loggia -06"),
    ]
    for query, only in asked:
        told = {name: engine.search(query, k=10, ranking=ranking, only=only) for name, engine in engines.items()}
        expected = exact(told["file"])
        assert expected or only
        for name in ("mirror", "sql"):
            assert exact(told[name]) == expected, (name, query)
            assert told[name].rejected == told["file"].rejected


def exact(ranking: Ranking) -> list[dict[str, object]]:
    """The hits with every digit of their scores."""
    return [record(hit) | {"like": hit.like, "score": hit.score} for hit in ranking.hits]


def test_a_verification_asks_for_all_hits_at_once(
    engines: dict[str, Engine], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    rows = Server.rows
    monkeypatch.setattr(Server, "rows", lambda self, sql, *rest: (asked.append(sql), rows(self, sql, *rest))[1])
    for name in ("sql", "mirror"):
        asked.clear()
        engines[name].search(Query(folder / "gothic-tower-01.jpg", Box(20, 20, 300, 300)), k=10, ranking="verified")
        for table in ("points", "cells"):
            assert sum(f".{table} " in sql for sql in asked) <= 1 + (table == "points"), (name, table)


def test_the_command_line_takes_an_address(
    published: tuple[Path, Callable[..., Path]], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, address = published
    photo = sorted(folder.iterdir())[0]

    def told(*words: str) -> dict[str, Any]:
        assert main([*words, "--json"]) == 0
        document: dict[str, Any] = json.loads(capsys.readouterr().out)
        return document

    asked = ("--image", str(photo), "--only", "is:starred")
    near, far = (told("search", "--library", str(place), *asked) for place in (path, address()))
    assert near["hits"]
    assert {**near, "seconds": 0} == {**far, "seconds": 0}
    near, far = told("info", str(path)), told("info", str(address()))
    differ = {"library", "bytes_per_photo"}
    assert {key: near[key] for key in near.keys() - differ} == {key: far[key] for key in far.keys() - differ}


def test_the_window_s_other_questions(engines: dict[str, Engine], folder: Path) -> None:
    photo = folder / "loggia-03.jpg"
    near, far = engines["file"], engines["sql"]
    assert far.photos() == near.photos()
    assert far.browse.likeness(photo) == near.browse.likeness(photo)
    assert far.browse.duplicates(Ticket()) == near.browse.duplicates(Ticket())
    assert far.browse.notes() == near.browse.notes()
    evidence = [engine.explain(Query(photo), folder / "loggia-06.jpg") for engine in (near, far)]
    told = [(one.cosine, one.decided_by, one.lines.tolist()) for one in evidence]
    assert told[0] == told[1]
    assert np.array_equal(far._open.thumbnail(photo, True), near._open.thumbnail(photo, True))
