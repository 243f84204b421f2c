"""Everything that a library accepts when writing is read back unchanged.

``pytest --hypothesis-profile long tests/core/library/test_written_is_read.py`` tries ten thousand examples of each test.
"""

from __future__ import annotations

import contextlib
import math
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from core.geometry import Box
from core.library import LibraryFile, open_library
from core.library.dates import valid_date
from core.library.names import from_text, to_text
from core.photos.scan import check_patterns
from core.records import RANKINGS, Example, Query
from core.util.errors import UserError
from core.util.text import is_line
from tests.core.library.plain import entry, plain_library

ROOT = Path("/photos")
USUAL, FEW = 100, 25
lasting = settings(
    max_examples=FEW if settings.default.max_examples == USUAL else settings.default.max_examples,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

# Python decodes bytes of names that are not UTF-8 as lone surrogates.
letters = st.characters(exclude_characters="/\0", exclude_categories=()).filter(
    lambda sign: not "\ud800" <= sign <= "\udc7f" and not "\udd00" <= sign <= "\udfff"
)
parts = st.text(letters, min_size=1, max_size=12).filter(lambda part: part not in (".", ".."))
names = st.lists(parts, min_size=1, max_size=3).map("/".join)
dates = st.one_of(
    st.text(max_size=24),
    st.datetimes().map(lambda date: date.strftime("%Y-%m-%d %H:%M:%S")),
    st.sampled_from(
        ["AAAA", "9999-99-99 00:00:00", "2024/05/06 07:08:09", "2024-05-06T07:08:09", "2024-05-06 07:08:09\0x"]
    ),
)
boxes = st.none() | st.builds(Box, st.floats(), st.floats(), st.floats(), st.floats())
examples = st.builds(Example, names.map(Path), boxes, st.booleans())
cells = st.none() | st.frozensets(st.tuples(st.integers(0, 99), st.integers(0, 99)), max_size=5)
queries = st.builds(Query, names.map(Path), boxes, cells, st.lists(examples, max_size=3).map(tuple), st.just("best"))


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One library for all examples, as creating one takes longest."""
    path = tmp_path_factory.mktemp("written") / "l.cropseek"
    plain_library(path, ROOT).close()
    yield path
    with contextlib.closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@contextlib.contextmanager
def emptied(path: Path) -> Iterator[LibraryFile]:
    """The library, open for writing and without photos."""
    with contextlib.closing(open_library(path, writable=True)) as library:
        library.forget([known.id for known in library.known()])
        yield library


@lasting
@given(st.lists(st.tuples(names, dates, st.text(max_size=40)), min_size=1, max_size=4, unique_by=lambda photo: photo[0]))
@example([("a:b.jpg", "2024-05-06 07:08:09", ""), ("A: best/1.jpg", "AAAA", ""), ("M\udcfcnchen.jpg", "", "x\0y\udcff")])
@example([("\udcff/\udcfe", "2024-02-30 07:08:09", ""), ("C:\\x.jpg", "", ""), ("a\n/\x1c..b", "", "")])
def test_photos_come_back_as_they_were_stored(path: Path, photos: list[tuple[str, str, str]]) -> None:
    with emptied(path) as library:
        library.store([entry(ROOT / name, str(at), taken=date) for at, (name, date, _) in enumerate(photos)])
        skipped = [entry(ROOT / f"{name}.skipped", "", reason=reason) for name, _, reason in photos]
        library.store([type(one)(one.path, 1, 1, reason=one.reason) for one in skipped])
    with contextlib.closing(open_library(path)) as library:
        listing = library.photos()
        shown = {photo.path: photo for photo in listing if photo.state == "indexed"}
        assert set(shown) == {ROOT / name for name, _, _ in photos}
        assert not listing.notes
        for name, date, _ in photos:
            path = ROOT / name
            assert shown[path].taken in ("", date)
            assert shown[path].taken == valid_date(date)
            assert listing.index_of(path) == [photo.path for photo in listing].index(path)
            assert [known.path for known in library.find(path)] == [path]
        assert {known.path for known in library.known()} == {photo.path for photo in listing}
        assert len(library.skipped()) == len({f"{name}.skipped" for name, _, _ in photos} - {n for n, _, _ in photos})
        assert len(library.vectors()[0]) == len(photos)


@lasting
@given(names)
def test_names_survive_being_text(name: str) -> None:
    text = to_text(name)
    assert from_text(text) == name
    text.encode()
    assert "\0" not in text


@lasting
@given(st.text(max_size=90), queries, st.sampled_from(RANKINGS), st.text(max_size=30))
@example("a", Query(Path("a.jpg"), Box(0, 0, math.inf, 5)), "cells", "")
@example("a", Query(Path("a.jpg")), "cells", "\0")
def test_saved_queries_come_back_or_are_refused(path: Path, name: str, query: Query, ranking: str, only: str) -> None:
    with emptied(path) as library:
        for saved in library.queries():
            library.forget_query(saved.name)
        try:
            library.save_query(name, query, ranking, only)
        except UserError:
            return
    with contextlib.closing(open_library(path)) as library:
        [saved] = library.queries()
        assert library.damaged_queries() == []
    assert (saved.name, saved.ranking, saved.only) == (name.strip(), ranking, only)
    assert saved.query.parts() == query.parts()


@lasting
@given(st.text(max_size=61).map(str.strip).filter(lambda mark: mark and is_line(mark)))
def test_marks_come_back(path: Path, mark: str) -> None:
    with emptied(path) as library:
        library.store([entry(ROOT / "a.jpg", "content")])
        [known] = library.known()
        library.mark([known.id], mark, True)
    with contextlib.closing(open_library(path, writable=True)) as library:
        assert library.marks() == {known.id: (mark,)}
        library.mark([known.id], mark, False)


@lasting
@given(st.lists(st.text(max_size=20), max_size=5))
@example(["a\u2028b", "x\x1cy"])
def test_patterns_come_back_or_are_refused(path: Path, patterns: list[str]) -> None:
    try:
        wanted = check_patterns(patterns)
    except UserError:
        return
    with contextlib.closing(open_library(path, writable=True)) as library:
        library.exclude(patterns)
    with contextlib.closing(open_library(path)) as library:
        assert library.excluded() == wanted
