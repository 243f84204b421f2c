"""The passes over many photos: all can soon be searched, and in the end nothing tells that there was more than one."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import pytest

from core.backbones.compact import CompactBackbone
from core.engine import Engine
from core.geometry import Box
from core.indexing import keypoints, passes
from core.indexing.keypoints import WHAT
from core.indexing.passes import CLOSELY, QUICKLY
from core.records import Query
from core.util.errors import PassingError, UserError
from core.util.progress import Cancelled, Ticket
from core.util.threads import NETWORK_THREADS
from tests.conftest import NAMES


@pytest.fixture
def always(monkeypatch: pytest.MonkeyPatch) -> None:
    """A quick pass for six photos too."""
    monkeypatch.setattr(passes, "FEW", 0)


def content(library: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every column of every photo but the numbers of its rows, by name."""
    found = {}
    with contextlib.closing(sqlite3.connect(library)) as db:
        for table, columns in {
            "photos": "size, mtime_ns, content, width, height, taken, state, reason",
            "vectors": "descriptor, vectors.code",
            "windows": "codes",
            "cells": "rows, columns, positions, features",
            "points": "places, points.rows",
            "thumbnails": "jpeg",
            "edges": "changed_ns, hash",
        }.items():
            joined = "" if table == "photos" else "JOIN photos ON photos.id = photo"
            found[table] = db.execute(f"SELECT name, {columns} FROM {table} {joined} ORDER BY name").fetchall()
    return found


def stopped(engine: Engine, folder: Path, library: Path, what: str, done: int) -> None:
    """An indexing run that is stopped after some photos of a pass."""

    def stop(now: int, total: int, of: str) -> None:
        if (of, now) == (what, done):
            ticket.cancel()

    ticket = Ticket(on_progress=stop)
    with pytest.raises(Cancelled):
        engine.index([folder], library, ticket)


@pytest.mark.usefixtures("always")
def test_a_run_stopped_in_each_pass_ends_as_one_that_had_one(folder: Path, library: Path, tmp_path: Path) -> None:
    engine, mine = Engine(), tmp_path / "l.cropseek"
    (folder / "none.jpg").write_text("this is no photo")
    try:
        stopped(engine, folder, mine, QUICKLY, 3)
        told: list[str] = []
        stopped(engine, folder, mine, CLOSELY, 3)
        stopped(engine, folder, mine, WHAT, 3)
        report = engine.index([folder], mine, Ticket(on_progress=lambda done, total, what: told.append(what)))
    finally:
        (folder / "none.jpg").unlink()
    assert set(told) >= {WHAT}
    assert {QUICKLY, CLOSELY}.isdisjoint(told)
    assert (report.indexed, report.unchanged) == (0, len(NAMES))
    assert [skipped.path.name for skipped in report.skipped] == ["none.jpg"]
    engine.index([folder], mine)  # the file that is no photo is gone
    assert content(mine) == content(library)


@pytest.mark.usefixtures("always")
def test_what_the_quick_pass_has_described_is_found(folder: Path, tmp_path: Path) -> None:
    engine, mine = Engine(), tmp_path / "l.cropseek"
    stopped(engine, folder, mine, CLOSELY, 1)
    assert engine.open_library(mine).photos == len(NAMES)
    path = folder / f"{NAMES[0]}.jpg"
    for ranking in ("hamming", "windows", "verified"):
        hits = engine.search(Query(path, Box(40, 40, 300, 300)), ranking=ranking).hits
        assert len(hits) == len(NAMES) - 1
    other = engine.search(Query(path), ranking="cosine").hits[0].photo.path
    assert other.stem[:-2] == path.stem[:-2]  # another view of the same thing


@pytest.mark.usefixtures("always")
def test_boxes_can_be_asked_before_there_are_keypoints(folder: Path, library: Path, tmp_path: Path) -> None:
    engine, mine = Engine(), tmp_path / "l.cropseek"
    stopped(engine, folder, mine, WHAT, 1)
    kept, whole = content(mine), content(library)
    assert len(kept["points"]) < len(NAMES)
    assert all(kept[table] == whole[table] for table in ("vectors", "cells", "windows", "thumbnails"))
    query = Query(folder / f"{NAMES[0]}.jpg", Box(40, 40, 300, 300))
    for ranking in ("cells", "verified"):  # the latter reads the files that lack keypoints
        found = []
        for opened in (mine, library):
            engine.open_library(opened)
            hits = engine.search(query, ranking=ranking).hits
            found.append([(hit.photo.path, hit.verified) for hit in hits])
        assert found[0] == found[1]


@pytest.mark.usefixtures("always")
def test_a_photo_that_changes_before_its_keypoints_are_found_is_described_again(folder: Path, tmp_path: Path) -> None:
    engine, mine, photos = Engine(), tmp_path / "l.cropseek", tmp_path / "photos"
    photos.mkdir()
    for name in NAMES[:3]:
        (photos / f"{name}.jpg").write_bytes((folder / f"{name}.jpg").read_bytes())
    stopped(engine, photos, mine, WHAT, 1)
    lacking = {row[0] for row in content(mine)["photos"] if row[-1]}
    assert lacking
    changed = photos / min(lacking)
    changed.write_bytes((folder / f"{NAMES[4]}.jpg").read_bytes())
    assert engine.index([photos], mine).indexed == 1
    afresh = tmp_path / "afresh.cropseek"
    engine.index([photos], afresh)
    assert content(mine) == content(afresh)


@pytest.mark.usefixtures("always")
def test_a_file_that_cannot_be_read_for_its_keypoints_gets_them_later(
    folder: Path, library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, mine = Engine(), tmp_path / "l.cropseek"

    def unread(path: Path, describer: object) -> None:
        raise PassingError("the file cannot be read", str(path))

    with monkeypatch.context() as patched:
        patched.setattr(keypoints, "read_for", unread)
        assert engine.index([folder], mine).indexed == len(NAMES)
    assert content(mine)["points"] == []
    engine.index([folder], mine)
    assert content(mine) == content(library)


@pytest.mark.usefixtures("always")
def test_a_photo_that_goes_between_the_passes_leaves_nothing(folder: Path, tmp_path: Path) -> None:
    engine, mine, photos = Engine(), tmp_path / "l.cropseek", tmp_path / "photos"
    photos.mkdir()
    for name in NAMES[:3]:
        (photos / f"{name}.jpg").write_bytes((folder / f"{name}.jpg").read_bytes())
    stopped(engine, photos, mine, CLOSELY, 1)
    (photos / f"{NAMES[2]}.jpg").rename(photos / "moved.jpg")
    engine.index([photos], mine)
    names = [name for name, *_ in content(mine)["photos"]]
    assert names == sorted([f"{NAMES[0]}.jpg", f"{NAMES[1]}.jpg", "moved.jpg"])
    assert {row[-1] for row in content(mine)["photos"]} == {""}


def test_photos_described_at_a_time_are_described_as_one_by_one(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    libraries = []
    NETWORK_THREADS.want(2)  # one alone rounds otherwise
    try:
        for lanes in (1, 2):
            monkeypatch.setattr(CompactBackbone, "lanes", lanes)
            libraries.append(tmp_path / f"{lanes}.cropseek")
            Engine().index([folder], libraries[-1])
    finally:
        NETWORK_THREADS.want(0)
    assert content(libraries[0]) == content(libraries[1])


def test_few_photos_have_no_quick_pass(folder: Path, tmp_path: Path) -> None:
    told: list[str] = []
    ticket = Ticket(on_progress=lambda done, total, what: told.append(what))
    Engine().index([folder], tmp_path / "l.cropseek", ticket)
    assert not {QUICKLY, CLOSELY} & set(told)


@pytest.mark.usefixtures("always")
def test_marks_and_rejections_outlast_the_closer_look(folder: Path, tmp_path: Path) -> None:
    """What a person does between the passes is said of a path: the photo's row has another number after the second."""
    engine, mine = Engine(), tmp_path / "l.cropseek"
    stopped(engine, folder, mine, CLOSELY, 1)
    engine.open_library(mine)
    early = {photo.path: photo.id for photo in engine.photos()}
    paths = sorted(early)
    query = Query(paths[0])
    engine.browse.mark([paths[1], paths[2]], "star", True)
    engine.rejections.reject(query, [paths[3], paths[4]], True)
    engine.index([folder], mine)
    engine.open_library(mine)
    late = {photo.path: photo.id for photo in engine.photos()}
    assert sum(early[path] != late[path] for path in paths) > 1
    assert [photo.path for photo in engine.photos() if photo.marks] == paths[1:3]
    assert engine.rejections.rejected(query) == sorted(late[path] for path in paths[3:5])
    engine.browse.mark([paths[1]], "star", False)  # undone, though its number is another
    engine.rejections.reject(query, [paths[3]], False)
    assert [photo.path for photo in engine.photos() if photo.marks] == paths[2:3]
    assert engine.rejections.rejected(query) == [late[paths[4]]]
    with pytest.raises(UserError, match="indexed again"):
        engine.browse.mark([tmp_path / "elsewhere.jpg"], "star", True)
