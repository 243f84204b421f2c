"""A filter as SQL passes exactly the photos that it passes in Python."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.library.filter_sql import compile_filter, searchable
from core.library.filters import parse_filter
from core.library.listing import STATES
from core.records import STAR, PhotoRecord
from core.util.errors import UserError
from tests.core.remote.conftest import ADMIN, PASSWORDS, PostgresServer

LETTERS = st.sampled_from([*"aAbZ/. -%_:'\"\\*", "é", "e", "\u0301", "ß", "İ", "\u0338", "日", "\udc80", "\U0001f600"])
NAMES = st.text(LETTERS, min_size=1, max_size=8).filter(lambda name: name.strip("/.") != "")
DATES = st.sampled_from(["", "2024-05-01 10:00:00", "2024-12-31 23:59:59", "1999-01-01 00:00:00"])
SIDES = st.sampled_from([0, 1, 800, 1000, 2000, 200_000_000])
MARKS = st.lists(st.one_of(st.just(STAR), st.text(LETTERS, min_size=1, max_size=4)), max_size=3, unique=True).map(tuple)
TEXT_MARKS = MARKS.map(lambda marks: tuple(mark for mark in marks if mark.isprintable()))
CAMERAS = st.text(LETTERS, max_size=4).filter(str.isprintable)
PHOTOS = st.builds(
    lambda name, width, height, state, taken, marks, camera: PhotoRecord(
        Path("/photos") / name, 1, width, height, state, "", taken, marks, camera
    ),
    *(NAMES, SIDES, SIDES, st.sampled_from(STATES), DATES, TEXT_MARKS, CAMERAS),
)
VALUES = st.one_of(
    st.sampled_from(["2024", "2024-05..", "..2024-05", "2024-05..2024-12", ">2mp", "<800", "1000", ">", "1.6mp", ""]),
    st.sampled_from(["miss", "new", "starred", "s"]),
    st.text(LETTERS, max_size=3),
)
TERMS = st.one_of(
    st.text(LETTERS, max_size=4),
    st.builds(
        "{}{}:{}".format,
        st.sampled_from(["", "-", "--"]),
        st.sampled_from(["folder", "date", "size", "state", "is", "tag", "camera", "no"]),
        VALUES,
    ),
)
FILTERS = st.lists(TERMS, max_size=3).map(" ".join)

_PHOTO = """
WITH marks (content, mark, folded) AS (SELECT 'c', * FROM unnest(%s::text[], %s::bytea[])),
cameras (photo, folded) AS (SELECT 1, given FROM (VALUES (%s::bytea)) AS one (given) WHERE given <> ''),
photos (id, content, folded, folder, width, height, taken, state) AS (
    VALUES (1, 'c', %s::bytea, %s::bytea, %s::bigint, %s::bigint, %s::text, %s::text))
SELECT count(*) FROM photos WHERE
"""


@pytest.fixture(scope="module")
def connection(server: PostgresServer) -> Iterator[Any]:
    import psycopg

    place = f"host=127.0.0.1 port={server.port} user={ADMIN} dbname=postgres"
    with psycopg.connect(place, password=PASSWORDS[ADMIN], autocommit=True) as opened:
        yield opened


def refusal(parse: Callable[[str], object], text: str) -> str:
    """The sentence with which a filter is refused; empty if it is valid."""
    try:
        parse(text)
    except UserError as error:
        return str(error)
    return ""


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(FILTERS, st.lists(PHOTOS, min_size=1, max_size=4))
def test_both_pass_the_same(connection: Any, text: str, photos: list[PhotoRecord]) -> None:
    told = [refusal(parse, text) for parse in (parse_filter, compile_filter)]
    assert told[0] == told[1]
    if told[0]:
        return
    passes, (condition, values) = parse_filter(text), compile_filter(text)
    for photo in photos:
        marks = [mark.encode("utf-8", "replace").decode() for mark in photo.marks]
        places = searchable(str(photo.path)), searchable(str(photo.path.parent))
        row = (marks, [searchable(mark) for mark in marks], searchable(photo.camera), *places)
        rest = photo.width, photo.height, photo.taken, photo.state
        found = connection.execute(_PHOTO + condition, (*row, *rest, *values)).fetchone()[0]
        shown = PhotoRecord(
            photo.path, 1, photo.width, photo.height, photo.state, "", photo.taken, tuple(marks), photo.camera
        )
        assert bool(found) == passes(shown), (text, shown)
