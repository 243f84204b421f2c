"""Each person of a shared library keeps marks, rejections and queries that nobody else sees, and changes nothing else."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from core.engine import Engine
from core.library import LibraryFile
from core.library.protocol import Library
from core.records import STAR, Query
from core.remote.opening import open_any, publish_library
from core.util.errors import UserError
from core.util.progress import Ticket
from tests.core.remote.conftest import OTHER, PHOTOS, PUBLISHER, READER, PostgresServer


@pytest.fixture
def two(server: PostgresServer, made_up: LibraryFile) -> Iterator[tuple[Library, Library]]:
    """A published library with a mark, a query and a rejection, opened by two people."""
    first = made_up.photos()[0]
    made_up.mark([first.id], "published", True)
    made_up.save_query("towers", Query(first.path), "cells")
    made_up.rejections.reject("f" * 32, "", [first.id])
    database = server.database()
    publish_library(made_up.path, server.address(database, PUBLISHER), Ticket())
    publish_library(made_up.path, server.address(database, PUBLISHER), Ticket())
    with contextlib.ExitStack() as stack:
        opened = [open_any(Path(server.address(database, user))) for user in (READER, OTHER)]
        for library in opened:
            stack.callback(library.close)
        yield opened[0], opened[1]


def test_marks_are_a_persons_own(two: tuple[Library, Library]) -> None:
    mine, others = two
    first, second = (photo.id for photo in mine.photos()[:2])
    before = mine.version(), others.version()
    with mine.writer() as writer:
        writer.mark([first, second], STAR, True)
        writer.mark([first], "published", False)
        writer.mark([second], "roof", True)
        writer.mark([second], "roof", False)
    assert mine.version() != before[0]
    assert mine.marks() == {first: (STAR,), second: (STAR,)} == mine.photos().marks
    assert others.version() == before[1]
    assert others.marks() == {first: ("published",)}
    assert mine.passing("is:starred", Ticket()).tolist() == [first, second]
    assert mine.passing("tag:publ", Ticket()).tolist() == []
    assert others.passing("tag:publ", Ticket()).tolist() == [first]
    with mine.writer() as writer:
        writer.mark([first], "published", True)
    assert mine.marks()[first] == (STAR, "published")


def test_rejections_are_a_persons_own(two: tuple[Library, Library]) -> None:
    mine, others = two
    first, second = (photo.id for photo in mine.photos()[:2])
    asking = "f" * 32
    assert mine.rejections.rejected(asking) == others.rejections.rejected(asking) == [(first, "")]
    with mine.writer() as writer:
        writer.rejections.take_back(asking, [""], [first])
        writer.rejections.reject(asking, "1,2,3,4", [second])
    assert mine.rejections.rejected(asking) == [(second, "1,2,3,4")]
    assert others.rejections.rejected(asking) == [(first, "")]


def test_queries_are_a_persons_own(two: tuple[Library, Library]) -> None:
    mine, others = two
    photo = mine.photos()[1].path
    with mine.writer() as writer:
        writer.save_query("roofs", Query(photo), "rerank", "roma")
        writer.forget_query("towers")
    assert [kept.name for kept in mine.queries()] == ["roofs"]
    assert [kept.name for kept in others.queries()] == ["towers"]


def test_a_reader_can_change_nothing_else(server: PostgresServer, two: tuple[Library, Library]) -> None:
    forbidden = (
        "UPDATE cropseek_2.codes SET code = ~code",
        "DELETE FROM cropseek_2.photos",
        "UPDATE cropseek.current SET version = 7",
        "CREATE TABLE cropseek.mine ()",
        "INSERT INTO cropseek.marks VALUES ('admin', 'c', 'm', 'm', true)",
    )
    for statement in forbidden:
        with pytest.raises(psycopg.Error, match=r"permission denied|row-level security|must be owner"):
            server.rows(statement, database=PHOTOS, user=READER)
    mine, _ = two
    with mine.writer() as writer:
        writer.mark([1], STAR, True)
        for refused in (lambda: writer.forget([1]), lambda: writer.exclude(["raw"]), writer.forget_skipped):
            with pytest.raises(UserError, match="changed only where it is published"):
                refused()
    assert server.rows("SELECT count(*) FROM cropseek.marks", database=PHOTOS, user=OTHER) == [(0,)]
    assert server.rows("SELECT count(*) FROM cropseek.marks", database=PHOTOS, user=READER) == [(1,)]


def test_the_engine_writes_to_what_is_open(server: PostgresServer, made_up: LibraryFile) -> None:
    database = server.database()
    publish_library(made_up.path, server.address(database), Ticket())
    engine = Engine()
    info = engine.open_library(Path(server.address(database, READER)))
    assert (info.photos, info.agreed) == (400, False)
    photo = engine.photos()[0]
    assert engine.browse.mark([photo.id], "roof", True)[photo.id] == ("roof",)
    assert engine.photos()[0].marks == ("roof",)
    assert engine.save_query("q", Query(photo.path), into=info.path)[0].name == "q"
    engine.folders.agree()
    assert engine.info().agreed
    with pytest.raises(UserError, match="changed only where it is published"):
        engine.browse.exclude(["raw"])
    engine.close_library()
