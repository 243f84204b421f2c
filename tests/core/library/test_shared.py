"""The open library is shared: it stays open for its readers, and what is written goes where it was meant."""

from __future__ import annotations

import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from core.engine import Engine
from core.library import open_library
from core.library.opening import agree_to_library
from core.records import Query
from core.util.errors import UserError


def test_fifty_searches_through_ten_openings_all_answer(library: Path, folder: Path) -> None:
    engine = Engine()
    engine.open_library(library)
    query = Query(folder / "loggia-03.jpg")
    expected = [hit.photo.path for hit in engine.search(query, k=5).hits]
    over = threading.Event()

    def reopen() -> None:
        for _ in range(10):
            engine.open_library(library)
            over.wait(0.02)

    with ThreadPoolExecutor(5) as pool:
        opening = pool.submit(reopen)
        found = list(pool.map(lambda _: engine.search(query, k=5), range(50)))
        over.set()
        opening.result()
    assert [[hit.photo.path for hit in ranking.hits] for ranking in found] == [expected] * 50


def test_a_library_is_closed_when_its_last_reader_is_done(library: Path) -> None:
    engine = Engine()
    engine.open_library(library)
    with engine._open.reading() as reading:
        engine.close_library()
        assert reading.photos()  # a reader can finish
        with pytest.raises(UserError, match="no library is open"):
            engine.photos()
    with pytest.raises(UserError, match="closed meanwhile"):
        reading.counts()


def test_another_library_at_the_same_path_is_not_taken_for_the_open_one(library: Path, tmp_path: Path) -> None:
    path = shutil.copyfile(library, tmp_path / "a.cropseek")
    engine = Engine()
    engine.open_library(path)
    again = engine.prepare(path, anew=False)
    assert again.library is engine.prepare(path, anew=False).library
    other = shutil.copyfile(library, tmp_path / "b.cropseek")
    other.replace(path)
    assert engine.prepare(path, anew=False).library is not again.library
    engine.close_library()


def test_what_is_written_goes_where_it_was_meant(library: Path, tmp_path: Path) -> None:
    first, second = (shutil.copyfile(library, tmp_path / name) for name in ("a.cropseek", "b.cropseek"))
    agree_to_library(first, None)
    engine = Engine()
    engine.open_library(second)
    photo = engine.photos()[0].id
    engine.browse.mark([photo], "meant", True, into=first)
    assert not engine.photos()[0].marks
    engine.open_library(first)
    assert engine.photos()[0].marks == ("meant",)
    engine.close_library()


def test_a_mark_that_cannot_be_set_is_told(library: Path, tmp_path: Path) -> None:
    engine = Engine()
    own = shutil.copyfile(library, tmp_path / "a.cropseek")
    agree_to_library(own, None)
    engine.open_library(own)
    with pytest.raises(UserError, match="indexed again"):
        engine.browse.mark([987_654], "lost", True)
    engine.close_library()


def test_two_openings_of_a_file_never_have_the_same_version(library: Path) -> None:
    first, second = open_library(library), open_library(library)
    assert first.version() != second.version()
    first.close()
    second.close()
