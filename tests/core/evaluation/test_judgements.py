"""Judgements of hits: kept, written in Oxford's form, read back, and evaluated."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from core.engine import Engine, UserError, quality
from core.evaluation.average_precision import average_precision
from core.evaluation.protocols import load_benchmark
from core.geometry import Box
from core.photos.images import encode_jpeg
from core.records import Judged, Query
from core.util.progress import Ticket
from tests.conftest import NAMES

BOX = Box(100, 50, 420.5, 320)


@pytest.fixture
def query(folder: Path) -> Query:
    return Query(folder / f"{NAMES[0]}.jpg", BOX)


def paths(folder: Path, *numbers: int) -> list[Path]:
    return [folder / f"{NAMES[number]}.jpg" for number in numbers]


def test_what_is_said_is_kept(engine: Engine, folder: Path, library: Path, query: Query) -> None:
    first, second, third = paths(folder, 1, 2, 3)
    engine.judgements.judge(query, {first: "good", second: "junk"})
    (judged,) = engine.judgements.judge(query, {third: "ok", second: ""})
    assert judged == Judged(query.path, BOX, {first: "good", third: "ok"})
    again = Engine()
    again.open_library(library)
    assert again.judgements.judged() == [judged]
    assert engine.judgements.judge(query, {first: "", third: ""}, library) == []
    assert again.judgements.judged() == []


def test_a_box_that_moved_a_little_is_the_same_query(engine: Engine, folder: Path, query: Query) -> None:
    (first, second) = paths(folder, 1, 2)
    engine.judgements.judge(query, {first: "good"})
    moved = Query(query.path, Box(110, 55, 430, 330))
    (judged,) = engine.judgements.judge(moved, {second: "junk"})
    assert judged == Judged(query.path, moved.box, {first: "good", second: "junk"})
    assert len(engine.judgements.judge(Query(query.path), {first: "good"})) == 2  # the whole photo is another query
    assert engine.judgements.judged()[1].box is None


def test_files_in_oxfords_form(engine: Engine, folder: Path, query: Query, tmp_path: Path) -> None:
    """They are read by ``evaluate oxford5k``, which finds the same average precision."""
    first, second, third = paths(folder, 1, 2, 3)
    with pytest.raises(UserError, match="no hit has been judged"):
        engine.judgements.export(tmp_path / "gt")
    engine.judgements.judge(query, {first: "good", second: "junk", third: "ok"})
    assert engine.judgements.export(tmp_path / "gt") == 1
    texts = {file.name: file.read_text() for file in (tmp_path / "gt").iterdir()}
    assert texts == {
        "loggia-03_1_query.txt": "oxc1_loggia-03 100 50 420.5 320\n",
        "loggia-03_1_good.txt": f"{NAMES[1]}\n",
        "loggia-03_1_ok.txt": f"{NAMES[3]}\n",
        "loggia-03_1_junk.txt": f"loggia-03\n{NAMES[2]}\n",
    }
    benchmark = load_benchmark("oxford5k", folder, tmp_path / "gt", None, (), Ticket())
    (question,) = benchmark.questions
    assert (question.path, question.box) == (query.path, BOX)
    ranking = engine.search(query)
    found = quality(ranking, engine.judgements.judged()[0])
    order = np.array([benchmark.images.index(path) for path in (query.path, *(hit.photo.path for hit in ranking.hits))])
    expected = average_precision(order, question.positives[""], question.junk[""])
    assert found.average_precision is not None
    assert found.average_precision[0] == pytest.approx(expected, abs=1e-12)


def test_a_folder_is_read_back(engine: Engine, folder: Path, query: Query, tmp_path: Path) -> None:
    first, second = paths(folder, 1, 2)
    (judged,) = engine.judgements.judge(query, {first: "good", second: "junk"})
    engine.judgements.export(tmp_path / "gt")
    engine.judgements.judge(query, {first: "junk", second: ""})
    assert engine.judgements.read(tmp_path / "gt") == [judged]
    (tmp_path / "gt" / "loggia-03_1_good.txt").write_text("elsewhere\n")
    (judged,) = engine.judgements.read(tmp_path / "gt")
    assert judged.photos == {Path("elsewhere"): "good", second: "junk"}  # not lost, and counted as not found
    assert engine.judgements.judge(query, {first: "ok"})[0].photos[Path("elsewhere")] == "good"
    with pytest.raises(UserError, match="no files NAME_query"):
        engine.judgements.read(folder)


def test_names_that_are_not_alone(tmp_path: Path) -> None:
    """Two photos of one name, and blanks in names."""
    photos = tmp_path / "photos"
    for number, name in enumerate(("a/one.jpg", "b/one.jpg", "a/two of them.jpg", "a/three.jpg")):
        (photos / name).parent.mkdir(parents=True, exist_ok=True)
        picture = np.random.default_rng(number).integers(0, 255, (120, 160, 3), dtype=np.uint8)
        (photos / name).write_bytes(encode_jpeg(picture))
    engine = Engine()
    engine.index([photos], tmp_path / "a.cropseek")
    engine.open_library(tmp_path / "a.cropseek")
    said = {photos / "b/one.jpg": "good", photos / "a/two of them.jpg": "good"}
    (judged,) = engine.judgements.judge(Query(photos / "a/one.jpg"), said)
    assert judged.photos == said
    assert engine.judgements.judged() == [judged]
    engine.judgements.export(tmp_path / "gt")
    (question,) = load_benchmark("oxford5k", photos, tmp_path / "gt", None, (), Ticket()).questions
    assert question.path == photos / "a/one.jpg"
    assert len(question.positives[""]) == 2
    with pytest.raises(UserError, match="only queries with photos of the collection"):
        engine.judgements.judge(Query(Path(shutil.copy(photos / "a/three.jpg", tmp_path))), said)
    engine.close_library()
