"""The main job in the real window, with the real engine and a real mouse."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.geometry import Box
from core.records import Query
from core.util.errors import UserError
from core.util.resources import SAMPLE
from gui.desktop.skip_list import SkipList
from gui.main_window import MainWindow
from gui.state.lanes import Lane
from tests.conftest import own_copy

PATIENCE_MS = 60_000


def opened(window: MainWindow, qtbot: QtBot, library: Path) -> None:
    with qtbot.waitSignal(window.session.library_changed, timeout=PATIENCE_MS):
        window.open_path(library)


def searched(window: MainWindow, qtbot: QtBot, photo: Path) -> None:
    window.gallery.photo_chosen.emit(photo)
    session, query = window.session, Query(photo)
    qtbot.waitUntil(lambda: session.ranking is not None and session.ranking.query == query, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: session.inspection is not None and session.inspection.query == query, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not session.jobs.busy(Lane.PHOTO), timeout=PATIENCE_MS)


def at(window: MainWindow, x: float, y: float) -> QPoint:
    return window.canvas.mapFromScene(QPointF(x, y))


def drag(window: MainWindow, start: tuple[float, float], end: tuple[float, float]) -> None:
    viewport = window.canvas.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=at(window, *start))
    QTest.mouseMove(viewport, at(window, *end))
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=at(window, *end))


def test_the_window_begins_with_three_choices(window: MainWindow) -> None:
    assert window.welcome.isVisible()
    assert not window.canvas.isVisible()
    assert "no library" in window.status.text()


def test_a_folder_is_shown_indexed_and_searched(window: MainWindow, qtbot: QtBot, folder: Path, tmp_path: Path) -> None:
    photos = Path(shutil.copytree(folder, tmp_path / "photos"))
    (photos / "text.jpg").write_text("no photo")
    with qtbot.waitSignal(window.session.indexed, timeout=PATIENCE_MS):
        window.session.open_folder(photos)
    assert window.gallery.view.tiles.rowCount() == 7
    assert "6 photos indexed; 1 photo was skipped" in window.messages.text()
    assert "6 photos indexed" in window.status.text()
    assert window.session.library is not None
    assert not window.session.library.path.is_relative_to(photos)
    assert not window.pause.isVisible()
    window.actions_by_id["skipped"].trigger()
    skipped = window.commands.beside["Skipped photos"]
    assert isinstance(skipped, SkipList)
    assert "text.jpg" in skipped.rows.item(0).text()
    shutil.copy(photos / "loggia-03.jpg", photos / "text.jpg.part")
    times = (photos / "text.jpg").stat()
    (photos / "text.jpg.part").replace(photos / "text.jpg")
    os.utime(photos / "text.jpg", ns=(times.st_atime_ns, times.st_mtime_ns))
    with qtbot.waitSignal(window.session.indexed, timeout=PATIENCE_MS):
        skipped.again.click()
    assert window.session.library.skipped == ()


def test_drawing_a_box_searches_for_it(window: MainWindow, qtbot: QtBot, library: Path, folder: Path) -> None:
    opened(window, qtbot, library)
    searched(window, qtbot, folder / "loggia-03.jpg")
    box = json.loads((SAMPLE / "ground_truth.json").read_text())["photos"]["loggia-03.jpg"]["objects"][0]["box"]
    x0, y0, x1, y1 = (v * 512 / 720 for v in box)
    with qtbot.waitSignal(window.session.ranking_changed, timeout=PATIENCE_MS):
        drag(window, (x0, y0), (x1, y1))
    drawn = window.canvas.box()
    assert drawn is not None
    assert abs(drawn.x0 - x0) < 3
    assert window.results.view.tiles.tile(0).path.name == "loggia-06.jpg"
    qtbot.waitUntil(window.session.searches.settled, timeout=PATIENCE_MS)
    assert "the box" in window.results.state()
    query = window.session.query
    qtbot.waitUntil(
        lambda: window.session.inspection is not None and window.session.inspection.query == query, timeout=PATIENCE_MS
    )

    cx, cy = drawn.centre
    with qtbot.waitSignal(window.session.ranking_changed, timeout=PATIENCE_MS):
        drag(window, (cx, cy), (cx + 20, cy + 10))
    moved = window.canvas.box()
    assert moved is not None
    assert moved.width == pytest.approx(drawn.width)

    with qtbot.waitSignal(window.session.ranking_changed, timeout=PATIENCE_MS):
        drag(window, (moved.x1, moved.y1), (moved.x1 - 60, moved.y1 - 60))
    resized = window.canvas.box()
    assert resized is not None
    assert resized.x1 < moved.x1 - 40

    with qtbot.waitSignal(window.session.ranking_changed, timeout=PATIENCE_MS):
        QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
    assert window.canvas.box() is None
    qtbot.waitUntil(window.session.searches.settled, timeout=PATIENCE_MS)
    assert "whole photo" in window.results.state()

    with qtbot.waitSignal(window.session.ranking_changed, timeout=PATIENCE_MS):
        window.actions_by_id["back"].trigger()
    assert window.session.query is not None
    assert window.session.query.box == resized


def test_a_hit_opens_on_the_canvas_and_the_ranking_stays(
    window: MainWindow, qtbot: QtBot, library: Path, folder: Path
) -> None:
    opened(window, qtbot, library)
    searched(window, qtbot, folder / "gothic-tower-01.jpg")
    before = window.session.ranking
    hit = window.results.view.tiles.tile(0).path
    with qtbot.waitSignal(window.session.photo_opened, timeout=PATIENCE_MS):
        window.results.view.clicked.emit(window.results.view.tiles.index(0))
    assert window.session.query is not None
    assert window.session.query.path == hit
    assert window.session.ranking is before
    qtbot.waitUntil(lambda: window.session.inspection is not None, timeout=PATIENCE_MS)


def test_layers_and_figures(window: MainWindow, qtbot: QtBot, library: Path, folder: Path) -> None:
    opened(window, qtbot, library)
    searched(window, qtbot, folder / "gothic-tower-01.jpg")
    inspection = window.session.inspection
    assert inspection is not None
    assert f"of {inspection.masks['max'].cells.size:,} cells" in window.inspector.words()
    plain = window.canvas.grab().toImage()
    for name in ("keypoints", "sift", "sum", "max"):
        window.actions_by_id[f"layer {name}"].trigger()
        assert window.canvas.grab().toImage() != plain
        window.actions_by_id[f"layer {name}"].trigger()
        assert window.canvas.grab().toImage() == plain
    window.set_layer("max", True)
    shaded = window.canvas.grab().toImage()
    window.inspector.opacity_changed.emit(0.1)
    assert window.canvas.grab().toImage() != shaded


def test_errors_are_a_sentence_in_the_bar(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(window.session.failed):
        window.session.open_folder(tmp_path / "none")
    assert "does not exist" in window.messages.text()
    (tmp_path / "x.cropseek").write_text("no library")
    with qtbot.waitSignal(window.session.failed):
        window.open_path(tmp_path / "x.cropseek")
    assert "not a Cropseek library" in window.messages.text()
    window.messages.show_error(UserError("this failed", "here"))
    assert window.messages.text() == "here: this failed."
    window.messages.show_error(ValueError("odd"))
    assert "unexpected" in window.messages.text()


def test_a_photo_that_is_gone(window: MainWindow, qtbot: QtBot, folder: Path, tmp_path: Path) -> None:
    photos = Path(shutil.copytree(folder, tmp_path / "photos"))
    with qtbot.waitSignal(window.session.indexed, timeout=PATIENCE_MS):
        window.session.open_folder(photos, tmp_path / "l.cropseek")
    (photos / "gothic-tower-01.jpg").unlink()
    with qtbot.waitSignal(window.session.failed, timeout=PATIENCE_MS):
        window.session.open_photo(photos / "gothic-tower-01.jpg")
    assert "missing" in window.messages.text()


def test_indexing_can_be_cancelled_and_goes_on(window: MainWindow, qtbot: QtBot, folder: Path, tmp_path: Path) -> None:
    library = tmp_path / "l.cropseek"
    window.session.open_folder(folder, library)
    qtbot.waitUntil(lambda: window.stop.isVisible(), timeout=PATIENCE_MS)
    window.stop.click()
    qtbot.waitUntil(lambda: not window.session.indexing, timeout=PATIENCE_MS)
    with qtbot.waitSignal(window.session.indexed, timeout=PATIENCE_MS):
        window.session.refresh()
    assert window.session.library is not None
    assert window.session.library.photos == 6


def test_the_gallery_filters_by_name(window: MainWindow, qtbot: QtBot, library: Path) -> None:
    opened(window, qtbot, library)
    window.gallery.filter.setText("gothic tower")
    qtbot.waitUntil(lambda: window.gallery.view.tiles.rowCount() == 2)
    window.gallery.filter.clear()
    qtbot.waitUntil(lambda: window.gallery.view.tiles.rowCount() == 6)


def test_thumbnails_arrive_and_failures_are_remembered(
    window: MainWindow, qtbot: QtBot, folder: Path, tmp_path: Path
) -> None:
    photo = folder / "gothic-tower-01.jpg"
    with qtbot.waitSignal(window.thumbnails.arrived):
        assert window.thumbnails.get(photo) is None
    assert window.thumbnails.get(photo) is not None
    (tmp_path / "bad.jpg").write_text("no")
    with qtbot.waitSignal(window.thumbnails.arrived):
        window.thumbnails.get(tmp_path / "bad.jpg")
    assert window.thumbnails.failed(tmp_path / "bad.jpg")


def test_themes_and_keys_are_unique(window: MainWindow) -> None:
    keys = [a.shortcut().toString() for a in window.actions_by_id.values() if not a.shortcut().isEmpty()]
    assert len(keys) == len(set(keys))
    before = window.grab().toImage()
    window.actions_by_id["theme dark"].trigger()
    assert window.grab().toImage() != before
    window.actions_by_id["theme light"].trigger()
    assert window.settings.theme == "light"


def test_a_slip_of_the_hand_draws_nothing(window: MainWindow, qtbot: QtBot, library: Path, folder: Path) -> None:
    opened(window, qtbot, library)
    searched(window, qtbot, folder / "gothic-tower-01.jpg")
    drag(window, (50, 50), (52, 52))
    assert window.canvas.box() is None


def test_results_follow_the_hand_while_a_box_is_drawn(
    window: MainWindow, qtbot: QtBot, library: Path, folder: Path
) -> None:
    opened(window, qtbot, library)
    searched(window, qtbot, folder / "loggia-03.jpg")
    session, viewport = window.session, window.canvas.viewport()
    seen: list[Query] = []
    session.ranking_changed.connect(lambda: seen.append(session.ranking.query) if session.searches.live else None)
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=at(window, 60, 60))
    for step in range(1, 30):
        QTest.mouseMove(viewport, at(window, 60 + 12 * step, 60 + 9 * step))
        qtbot.wait(10)
    qtbot.waitUntil(lambda: len(seen) >= 3, timeout=PATIENCE_MS)
    assert session.query is not None
    assert session.query.box is None  # nothing is asked for good until the button is released
    assert session.can_go(1) is False
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=at(window, 408, 321))
    qtbot.waitUntil(lambda: session.ranking is not None and session.ranking.query == session.query, timeout=PATIENCE_MS)
    assert session.query.box is not None
    assert all(query.box is not None for query in seen)
    qtbot.waitUntil(lambda: not session.jobs.busy(Lane.SEARCH), timeout=PATIENCE_MS)
    assert session.ranking is not None
    assert session.ranking.query == session.query  # no late live ranking replaced the exact one


def test_a_photo_from_anywhere_asks(window: MainWindow, qtbot: QtBot, library: Path, folder: Path, tmp_path: Path) -> None:
    opened(window, qtbot, library)
    stranger = Path(shutil.copy(folder / "loggia-06.jpg", tmp_path / "stranger.jpg"))
    window.open_path(stranger)
    session = window.session
    qtbot.waitUntil(lambda: session.ranking is not None and session.ranking.query.path == stranger, timeout=PATIENCE_MS)
    assert session.ranking is not None
    assert session.ranking.hits[0].photo.path.name == "loggia-06.jpg"


def test_the_quick_ranking_comes_first_and_the_verified_one_follows(
    window: MainWindow, qtbot: QtBot, library: Path, folder: Path
) -> None:
    opened(window, qtbot, library)
    session, kinds, states = window.session, list[str](), list[str]()
    session.ranking_changed.connect(lambda: kinds.append(session.ranking.ranking) if session.ranking else None)
    session.verifying_changed.connect(lambda _: states.append(window.results.state()))
    searched(window, qtbot, folder / "loggia-03.jpg")
    session.set_box(Box(100, 50, 420, 320))
    qtbot.waitUntil(
        lambda: session.searches.settled() and session.ranking is not None and session.ranking.ranking == "verified",
        timeout=PATIENCE_MS,
    )
    assert kinds[-2:] == ["cells", "verified"]
    assert any("Verifying" in state for state in states)
    assert "verified, " in window.results.state()
    assert window.results.view.title_of(0) == "Verified"
    assert window.results.view.title_of(window.results.view.tiles.rowCount() - 1) == "Similar"
    assert re.fullmatch(r"\d+ %", window.results.view.tiles.tile(0).caption)  # one number, that a person can read
    assert session.ranking is not None
    assert session.ranking.hits[0].photo.path.name == "loggia-06.jpg"


def test_queries_are_saved_and_asked_again(
    window: MainWindow, qtbot: QtBot, library: Path, folder: Path, tmp_path: Path
) -> None:
    own = tmp_path / "own.cropseek"
    own_copy(library, own)
    opened(window, qtbot, own)
    session = window.session
    searched(window, qtbot, folder / "loggia-03.jpg")
    session.set_box(Box(100, 50, 420, 320))
    window.saved.save("house")
    qtbot.waitUntil(lambda: [kept.name for kept in window.saved.kept] == ["house"], timeout=PATIENCE_MS)
    searched(window, qtbot, folder / "gothic-tower-01.jpg")
    session.searches.set_kind("hamming")
    session.ask_again(window.saved.kept[0])
    qtbot.waitUntil(lambda: session.ranking is not None and session.ranking.query.box is not None, timeout=PATIENCE_MS)
    assert session.searches.kind == "verified"
    assert session.query == window.saved.kept[0].query
    window.saved.forget("house")
    qtbot.waitUntil(lambda: not window.saved.kept, timeout=PATIENCE_MS)
