"""Shared between threads: the open library stays open for its readers, and caches neither break nor compute twice."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from core.engine import Engine
from core.geometry import Box
from core.library import open_library
from core.library.opening import agree_to_library
from core.photos.images import read_photo
from core.photos.points import no_points
from core.records import Query
from core.search.ranking import reranking
from core.search.ranking.reranking import Verifier
from core.util.caches import Kept
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


def test_a_value_is_made_once_and_nobody_else_waits_for_it() -> None:
    kept: Kept[str, int] = Kept(4)
    gate, made = threading.Event(), list[str]()

    def slow() -> int:
        made.append("slow")
        assert gate.wait(5)
        return 1

    with ThreadPoolExecutor(4) as pool:
        waiting = [pool.submit(kept.get, "a", slow) for _ in range(3)]
        assert kept.get("b", lambda: 2) == 2  # while the other is still computed
        gate.set()
        assert [one.result() for one in waiting] == [1, 1, 1]
    assert made == ["slow"]


def test_who_fails_lets_the_next_one_try() -> None:
    kept: Kept[str, int] = Kept(4)

    def fail() -> int:
        raise UserError("no")

    with pytest.raises(UserError):
        kept.get("a", fail)
    assert kept.get("a", lambda: 3) == 3


def test_a_cache_keeps_its_limit_under_many_threads() -> None:
    kept: Kept[int, bytes] = Kept(100, len)
    rng = np.random.default_rng(0)
    keys = rng.integers(0, 30, 4000).tolist()
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda key: kept.get(key, lambda: bytes([key]) * 10), keys))
    assert [data[0] for data in found] == keys
    assert len(kept) == 10
    assert kept.get(99, lambda: b"x" * 200) == b"x" * 200  # too large to be cached, but returned
    assert len(kept) == 10


def test_the_keypoints_of_few_photos_serve_many_threads(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Raised KeyError once: one thread removed what another had just found."""
    empty = no_points(Box(0, 0, 2, 2))
    monkeypatch.setattr(reranking, "find_points", lambda photo, box: empty)
    monkeypatch.setattr(reranking, "read_photo", lambda path: read_photo(folder / "field-01.jpg")[:2, :2])
    verifier = Verifier(limit=2)
    ask: Callable[[int], object] = lambda number: verifier.points(Path(f"{number % 7}.jpg"))  # noqa: E731
    with ThreadPoolExecutor(8) as pool:
        assert len(list(pool.map(ask, range(2000)))) == 2000
