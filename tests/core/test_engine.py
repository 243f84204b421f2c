"""Index, search and inspect through the façade, with everything that can go wrong."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import main
from core.engine import Engine
from core.exports.hits import COLUMNS
from core.geometry import Box
from core.indexing.run import make_plan
from core.records import Query
from core.util.errors import UserError
from core.util.progress import Cancelled, Ticket
from tests.conftest import NAMES, stored_photos
from tests.core.photos.makers import huge_png

ROOT = Path(__file__).resolve().parents[2]


def copied(folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(folder, tmp_path / "photos"))


def test_index_twice_touches_only_what_changed(folder: Path, tmp_path: Path) -> None:
    photos, library, engine = copied(folder, tmp_path), tmp_path / "l.cropseek", Engine()
    assert engine.index([photos], library).indexed == 6
    again = engine.index([photos], library)
    assert (again.indexed, again.unchanged, again.removed) == (0, 6, 0)
    names = sorted(photos.glob("*.jpg"))
    names[0].unlink()
    names[1].rename(photos / "renamed.jpg")
    Image.new("RGB", (64, 48), "red").save(names[2])
    third = engine.index([photos], library)
    assert (third.unchanged, third.removed) == (3, 1)
    assert third.indexed == 2  # the changed one, and the renamed one, which is not described again
    engine.open_library(library)
    assert {photo.path.name for photo in engine.photos()} == {path.name for path in photos.iterdir()}


def test_two_runs_at_once_make_one_library(folder: Path, tmp_path: Path) -> None:
    engine, library = Engine(), tmp_path / "l.cropseek"
    with ThreadPoolExecutor() as pool:
        reports = list(pool.map(lambda _: engine.index([folder], library), range(3)))
    assert sorted(report.indexed for report in reports) == [0, 0, 6]


def test_photos_of_other_folders_are_left_alone(folder: Path, tmp_path: Path) -> None:
    photos, library, engine = copied(folder, tmp_path), tmp_path / "l.cropseek", Engine()
    other = tmp_path / "other"
    other.mkdir()
    Image.new("RGB", (64, 48), "blue").save(other / "blue.png")
    engine.index([photos], library)
    assert engine.index([other], library).removed == 0
    assert engine.open_library(library).photos == 7


def test_bad_files_are_skipped_and_listed(folder: Path, tmp_path: Path) -> None:
    photos = copied(folder, tmp_path)
    (photos / "text.jpg").write_text("no photo")
    (photos / "empty.png").touch()
    (photos / "huge.png").write_bytes(huge_png(20_000, 20_000, rows=2))
    Image.new("L", (1, 1)).save(photos / "pixel.png")
    Image.new("RGB", (3000, 2)).save(photos / "strip.png")
    report = Engine().index([photos], tmp_path / "l.cropseek")
    assert {skipped.path.name for skipped in report.skipped} == {"text.jpg", "empty.png", "huge.png"}
    assert report.indexed == 8
    assert all(skipped.reason for skipped in report.skipped)
    assert len(Engine().index([photos], tmp_path / "l.cropseek").skipped) == 3


def test_folders_without_photos(tmp_path: Path) -> None:
    engine, library = Engine(), tmp_path / "l.cropseek"
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.txt").write_text("a")
    for name in ("empty", "notes"):
        with pytest.raises(UserError, match="no photos"):
            engine.index([tmp_path / name], library)
    with pytest.raises(UserError, match="does not exist"):
        engine.index([tmp_path / "none"], library)
    assert not library.exists()


def test_a_folder_that_vanished_forgets_nothing(folder: Path, tmp_path: Path) -> None:
    photos, library, engine = copied(folder, tmp_path), tmp_path / "l.cropseek", Engine()
    engine.index([photos], library)
    shutil.rmtree(photos)
    with pytest.raises(UserError):
        engine.index([photos], library)
    photos.mkdir()
    with pytest.raises(UserError):
        engine.index([photos], library)
    assert engine.open_library(library).photos == 6


def test_library_of_another_preset_is_refused(library: Path, folder: Path) -> None:
    with pytest.raises(UserError, match="built with the preset 'standard'"):
        Engine().index([folder], library, preset="paper-512")


def test_files_that_are_no_library(tmp_path: Path, library: Path) -> None:
    text = tmp_path / "text.cropseek"
    text.write_text("not a database at all, though long enough to be read as one" * 20)
    other = tmp_path / "other.cropseek"
    with sqlite3.connect(other) as db:
        db.execute("CREATE TABLE t (a)")
    db.close()
    for path in (text, other):
        with pytest.raises(UserError, match="not a Cropseek library"):
            Engine().open_library(path)
        assert not Engine().is_library(path)
    with pytest.raises(UserError, match="does not exist"):
        Engine().open_library(tmp_path / "none.cropseek")
    with pytest.raises(UserError, match="folder"):
        Engine().open_library(tmp_path)
    assert Engine().is_library(library)


@pytest.mark.parametrize(
    "attack",
    [
        "CREATE TRIGGER t AFTER INSERT ON photos BEGIN DELETE FROM photos; END",
        "UPDATE photos SET name = '../../etc/passwd' WHERE id = 1",
        "UPDATE photos SET name = '/etc/passwd' WHERE id = 1",
        "UPDATE vectors SET code = zeroblob(3)",
        "UPDATE meta SET value = '{\"words\": 1e999}'",
        "UPDATE meta SET value = 'nonsense'",
        "UPDATE describer SET data = zeroblob(100)",
        "PRAGMA user_version = 99",
    ],
)
def test_hostile_libraries_are_refused(library: Path, folder: Path, tmp_path: Path, attack: str) -> None:
    path = tmp_path / "bad.cropseek"
    shutil.copy(library, path)
    db = sqlite3.connect(path)
    db.execute(attack)
    db.commit()
    db.close()
    with pytest.raises(UserError):
        _used(path, Query(folder / "gothic-tower-01.jpg", Box(50, 50, 300, 300)))


def test_truncated_library_is_refused(library: Path, folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "half.cropseek"
    path.write_bytes(library.read_bytes()[: library.stat().st_size // 3])
    with pytest.raises(UserError):
        _used(path, Query(folder / "gothic-tower-01.jpg"))


def _used(library: Path, query: Query) -> None:
    """Open a library and search in it, in an engine that is closed afterwards."""
    engine = Engine()
    try:
        engine.open_library(library)
        engine.search(query)
    finally:
        engine.close_library()


def test_unwritable_place(folder: Path) -> None:
    with pytest.raises(UserError, match="cannot be written"):
        Engine().index([folder], Path("/proc/none/l.cropseek"))


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions do not bind here")
def test_read_only_folder(folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "sealed"
    place.mkdir(mode=0o500)
    with pytest.raises(UserError, match="cannot be written"):
        Engine().index([folder], place / "l.cropseek")


def test_an_existing_file_is_never_overwritten(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "mine.txt"
    path.write_text("mine" * 100)
    with pytest.raises(UserError):
        Engine().index([folder], path)
    assert path.read_text() == "mine" * 100


def test_a_box_finds_the_other_view(engine: Engine, folder: Path) -> None:
    truth = json.loads((ROOT / "resources/sample/ground_truth.json").read_text())["photos"]
    box = Box(*(v * 512 / 720 for v in truth["loggia-03.jpg"]["objects"][0]["box"]))
    for kind in ("rerank", "cosine", "hamming"):
        ranking = engine.search(Query(folder / "loggia-03.jpg", box), ranking=kind)
        assert ranking.hits[0].photo.path.name == "loggia-06.jpg"
        assert [hit.rank for hit in ranking.hits] == [1, 2, 3, 4, 5]
        assert all(hit.photo.path.name != "loggia-03.jpg" for hit in ranking.hits)
        scores = [hit.score for hit in ranking.hits]
        assert scores == sorted(scores, reverse=True)


def test_a_stored_photo_is_ranked_as_if_it_were_described(engine: Engine, folder: Path, tmp_path: Path) -> None:
    stored = engine.search(Query(folder / "gothic-tower-01.jpg"), ranking="rerank")
    elsewhere = tmp_path / "copy.jpg"
    shutil.copy(folder / "gothic-tower-01.jpg", elsewhere)
    described = engine.search(Query(elsewhere), ranking="rerank")
    assert described.hits[0].photo.path == folder / "gothic-tower-01.jpg"
    assert described.hits[0].score == pytest.approx(1, abs=1e-3)
    assert [h.photo.path for h in described.hits[1:]] == [h.photo.path for h in stored.hits]


def test_box_outside_and_missing_photo(engine: Engine, folder: Path) -> None:
    with pytest.raises(UserError, match="outside"):
        engine.search(Query(folder / "gothic-tower-01.jpg", Box(5000, 5000, 6000, 6000)))
    with pytest.raises(UserError, match="missing"):
        engine.search(Query(folder / "none.jpg"))
    with pytest.raises(UserError, match="no library"):
        Engine().search(Query(folder / "gothic-tower-01.jpg"))
    with pytest.raises(UserError, match="no ranking"):
        engine.search(Query(folder / "gothic-tower-01.jpg"), ranking="best")


def test_inspection_fits_together(engine: Engine, folder: Path, tmp_path: Path) -> None:
    query = Query(folder / "gothic-tower-01.jpg", Box(40, 60, 340, 300))
    seen = engine.inspect.inspect(query)
    height, width, channels = seen.grid_shape
    assert channels == 512
    assert height * seen.cell_size[0] <= seen.region.height + 1
    assert seen.masks["none"].kept_fraction == 1
    assert 0 < seen.masks["max"].kept_fraction < 1
    for mask in seen.masks.values():
        assert mask.cells.shape == (height, width)
        assert mask.histogram.sum() == pytest.approx(1)
    inside = seen.keypoints.xy
    assert (inside >= (seen.region.x0 - 1, seen.region.y0 - 1)).all()
    for suffix in ("png", "pdf", "svg"):
        engine.inspect.draw(seen, tmp_path / f"f.{suffix}")
        assert (tmp_path / f"f.{suffix}").stat().st_size > 5000
    with pytest.raises(UserError, match="png"):
        engine.inspect.draw(seen, tmp_path / "f.bmp")


def test_cancel_keeps_what_is_done(folder: Path, tmp_path: Path) -> None:
    library, engine = tmp_path / "l.cropseek", Engine()

    def stop(done: int, total: int, what: str) -> None:
        if what == "indexing" and done == 3:
            ticket.cancel()

    ticket = Ticket(on_progress=stop)
    with pytest.raises(Cancelled):
        engine.index([folder], library, ticket)
    assert 3 <= engine.open_library(library).photos < 6
    assert engine.index([folder], library).indexed < 4
    assert engine.open_library(library).photos == 6


def test_a_kill_loses_at_most_what_is_in_flight(folder: Path, tmp_path: Path) -> None:
    photos, library = tmp_path / "many", tmp_path / "l.cropseek"
    photos.mkdir()
    source = np.array(Image.open(folder / "gothic-tower-01.jpg"))
    for number in range(100):  # not so many that a quick pass comes first
        Image.fromarray(np.roll(source, number, axis=1)).save(photos / f"{number:03}.png")
    command = [sys.executable, str(ROOT / "main.py"), "index", str(photos), "--library", str(library)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as process:
        end = time.monotonic() + 120
        while time.monotonic() < end and stored_photos(library) < 10:
            time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
    stored = stored_photos(library)
    assert 10 <= stored < 100
    for path in sorted(photos.iterdir())[stored + 5 :]:
        path.unlink()  # the rest would only take time
    report = Engine().index([photos], library)
    assert report.unchanged == stored
    assert report.indexed == 5


def test_plan_of_nothing() -> None:
    assert make_plan([], [], []).describe == ()


def test_command_line_json(folder: Path, library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    image = str(folder / "loggia-03.jpg")
    assert main.main(["search", "--library", str(library), "--image", image, "--box", "60,40,300,200", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["preset"] == "standard"
    assert set(found["hits"][0]) == set(COLUMNS)
    assert found["ranking"] == "verified"
    assert main.main(["inspect", image, "--out", str(tmp_path / "f.png"), "--json"]) == 0
    seen = json.loads(capsys.readouterr().out)
    assert set(seen["masks"]["max"]) == {"kept", "kept_fraction", "low_covariance_fraction"}
    assert len(seen["grid"]) == 3
    assert main.main(["index", str(folder), "--library", str(tmp_path / "n.cropseek"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["indexed"] == 6
    assert main.main(["info", str(library), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["photos"] == 6
    arguments = ["evaluate", "groups", "--images", str(folder), "--group-by", r"^(.*)-\d+", "--json"]
    assert main.main(arguments) == 0
    table = json.loads(capsys.readouterr().out)
    assert table["queries"] == 4
    assert table["results"][0]["map"] > 0.5


@pytest.mark.parametrize(
    "arguments",
    [
        ["info", "none.cropseek"],
        ["index", "none", "--library", "l.cropseek"],
        ["inspect", "none.jpg"],
        ["evaluate", "nothing", "--images", "."],
        ["evaluate", "groups", "--images", "none"],
        ["index", ".", "--library", "l.cropseek", "--preset", "standart"],
    ],
)
def test_user_errors_are_one_sentence(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Image.new("RGB", (32, 32)).save("one.png")
    assert main.main(arguments) == 1
    streams = capsys.readouterr()
    assert streams.out == ""
    assert streams.err.startswith("error: ")
    assert "Traceback" not in streams.err


def test_usage_errors() -> None:
    for arguments in (["search"], ["search", "--library", "l", "--image", "i", "--box", "1,2"], ["frobnicate"]):
        with pytest.raises(SystemExit) as stop:
            main.main(arguments)
        assert stop.value.code == 2


def test_ground_truth_that_names_missing_photos(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    truth = tmp_path / "truth.json"
    truth.write_text(json.dumps({"none.jpg": "a", "gothic-tower-01.jpg": "a"}))
    assert main.main(["evaluate", "groups", "--images", str(folder), "--ground-truth", str(truth)]) == 1
    assert "names 1 photos that are not there" in capsys.readouterr().err


def test_the_live_ranking_is_near_the_exact_one(engine: Engine, folder: Path) -> None:
    query = Query(folder / f"{NAMES[0]}.jpg", Box(40, 40, 470, 340))
    exact, live = engine.search(query), engine.search(query, live=True)
    assert live.hits[0].photo == exact.hits[0].photo
    assert len(live.hits) == len(exact.hits)
    assert live.hits[0].score == pytest.approx(exact.hits[0].score, abs=0.3)
    assert live.cells > 10
    whole = Query(query.path)
    still, moving = engine.search(whole).hits, engine.search(whole, live=True).hits
    assert [(hit.photo, hit.score) for hit in moving] == [(hit.photo, hit.score) for hit in still]


def test_the_live_ranking_runs_no_network(engine: Engine, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / f"{NAMES[0]}.jpg"
    engine.inspect.inspect(Query(path))
    from core.backbones.runner import GridRunner

    def refuse(*_: object) -> None:
        pytest.fail("the network ran")

    monkeypatch.setattr(GridRunner, "grid", refuse)
    for box in (Box(40, 40, 470, 340), Box(0, 0, 20, 20), Box(500, 370, 512, 384)):
        assert engine.search(Query(path, box), live=True).hits


def test_the_preset_without_a_network_searches_and_is_inspected(folder: Path, tmp_path: Path) -> None:
    engine, path = Engine(), tmp_path / "sift.cropseek"
    assert engine.index([folder], path, preset="sift").indexed == 6
    info = engine.open_library(path)
    assert (info.preset, info.dimensions, info.bits) == ("sift", 512, 512)
    query = Query(folder / f"{NAMES[0]}.jpg", Box(100, 50, 420, 320))
    assert engine.search(query).hits[0].photo.path.stem == NAMES[1]
    assert engine.search(query, live=True).hits  # keypoints have no grid to cut: the exact chain runs
    inspection = engine.inspect.inspect(query)
    assert inspection.grid_shape[2] == 512  # masks are those of the default preset's network
