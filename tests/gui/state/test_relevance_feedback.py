"""Steering a search as a person does: further boxes, marked hits, filters, groups, exports, stability."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.geometry import Box
from core.records import Query
from gui.canvas.view import PhotoCanvas
from gui.main_window import MainWindow
from gui.state.lanes import Lane
from tests.conftest import NAMES
from tests.gui.test_window import PATIENCE_MS, at, opened, searched

BOX = Box(100, 50, 420, 320)
SHIFT, NONE = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


def settled(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    qtbot.waitUntil(
        lambda: session.searches.settled() and session.ranking is not None and session.ranking.ranking == "verified",
        timeout=PATIENCE_MS,
    )


def draw(canvas: PhotoCanvas, start: QPoint, end: QPoint, button: Qt.MouseButton, held: Qt.KeyboardModifier) -> None:
    QTest.mousePress(canvas.viewport(), button, held, start)
    QTest.mouseMove(canvas.viewport(), end)
    QTest.mouseRelease(canvas.viewport(), button, held, end)


@pytest.fixture
def asking(window: MainWindow, qtbot: QtBot, library: Path, folder: Path) -> MainWindow:
    """A window with a verified ranking of a box."""
    opened(window, qtbot, library)
    searched(window, qtbot, folder / f"{NAMES[0]}.jpg")
    window.canvas.set_box(BOX)
    window.session.set_box(BOX)
    settled(window, qtbot)
    return window


def test_changes_of_the_query_are_undone(asking: MainWindow, qtbot: QtBot) -> None:
    canvas, session = asking.canvas, asking.session
    whole, boxed = replace(session.asked or Query(Path()), box=None), session.asked
    assert boxed is not None
    loads = []
    session.photo_opened.connect(loads.append)
    draw(canvas, at(asking, 110, 60), at(asking, 250, 200), RIGHT, NONE)
    refined = session.asked
    assert refined is not None
    assert len(refined.more) == 1
    for command, query in (("undo", boxed), ("undo", whole), ("redo", boxed), ("redo", refined), ("back", boxed)):
        asking.actions_by_id[command].trigger()
        qtbot.waitUntil(lambda query=query: session.asked == query, timeout=PATIENCE_MS)
        assert canvas.box() == query.box
        assert len(asking.strip.chips) == len(query.more)
    assert not loads  # the photo stayed, and with it the zoom
    asking.results.step(1)
    assert session.query is not None
    assert session.coming.path != boxed.path
    asking.actions_by_id["back"].trigger()
    assert session.query == boxed  # from a hit back to what found it, not to the query before that
    asking.session.open_folder(boxed.path.parent)
    # Steps of another collection would harm this one.
    qtbot.waitUntil(lambda: not asking.undo_stack.canUndo(), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: session.library is not None and not session.indexing, timeout=PATIENCE_MS)


def test_results_do_not_flicker_when_a_box_is_released(asking: MainWindow, qtbot: QtBot) -> None:
    """From the first hit of a drag to the verified ones there are always hits, in the same place."""
    session, results = asking.session, asking.results
    counts: list[int] = []
    tops: list[int] = []

    def note() -> None:
        counts.append(results.view.tiles.rowCount())
        QApplication.sendPostedEvents()
        tops.append(results.view.y())

    for signal in (session.ranking_changed, session.searching_changed, session.verifying_changed):
        signal.connect(note)
    canvas = asking.canvas
    QTest.mousePress(canvas.viewport(), LEFT, NONE, at(asking, 110, 60))
    for step in range(5):
        QTest.mouseMove(canvas.viewport(), at(asking, 120 + 2 * step, 70 + 2 * step))
        qtbot.wait(30)
    qtbot.waitUntil(lambda: bool(counts), timeout=PATIENCE_MS)
    QTest.mouseRelease(canvas.viewport(), LEFT, NONE, at(asking, 128, 78))
    qtbot.waitUntil(lambda: session.asked is not None and session.asked.box == canvas.box(), timeout=PATIENCE_MS)
    settled(asking, qtbot)
    assert set(counts) == {5}
    assert len(set(tops)) == 1


def test_a_hand_that_rests_sees_the_exact_ranking(asking: MainWindow, qtbot: QtBot) -> None:
    session, canvas = asking.session, asking.canvas
    asked = session.asked
    QTest.mousePress(canvas.viewport(), LEFT, NONE, at(asking, 110, 60))
    QTest.mouseMove(canvas.viewport(), at(asking, 150, 100))
    qtbot.waitUntil(lambda: session.ranking is not None and session.ranking.query != asked, timeout=PATIENCE_MS)
    assert session.ranking is not None
    exact = session.engine.search(session.ranking.query).hits

    def shown() -> list[float]:
        return [hit.score for hit in session.ranking.hits] if session.ranking is not None else []

    qtbot.waitUntil(lambda: shown() == [hit.score for hit in exact], timeout=PATIENCE_MS)
    assert session.asked == asked  # nothing is asked, nor to be undone, before it is released
    QTest.mouseRelease(canvas.viewport(), LEFT, NONE, at(asking, 150, 100))
    settled(asking, qtbot)
    assert session.asked != asked


def test_the_hint_goes_when_a_box_was_drawn(window: MainWindow, qtbot: QtBot, library: Path) -> None:
    opened(window, qtbot, library)
    qtbot.waitUntil(window.canvas.has_photo, timeout=PATIENCE_MS)
    assert window.hint.isVisibleTo(window)
    draw(window.canvas, at(window, 110, 60), at(window, 250, 200), LEFT, NONE)
    assert not window.hint.isVisibleTo(window)
    assert window.settings.box_known
    window.hint.show_over_photo()
    assert not window.hint.isVisibleTo(window)


def test_further_boxes_are_drawn_and_taken_away(asking: MainWindow, qtbot: QtBot) -> None:
    canvas, session = asking.canvas, asking.session
    before = session.query
    assert before is not None
    cells = session.ranking.cells if session.ranking else 0
    draw(canvas, at(asking, 110, 60), at(asking, 250, 200), RIGHT, NONE)
    assert session.query is not None
    assert [example.good for example in session.query.more] == [False]
    assert canvas.box() == BOX  # the query's own box is as it was
    qtbot.waitUntil(lambda: session.ranking is not None and session.ranking.query == session.query, timeout=PATIENCE_MS)
    assert session.ranking is not None
    assert session.ranking.cells < cells
    asking.strip.also.click()
    assert asking.strip.also.isChecked()
    draw(canvas, at(asking, 300, 330), at(asking, 440, 380), LEFT, NONE)
    assert not asking.strip.also.isChecked()
    draw(canvas, at(asking, 20, 20), at(asking, 90, 90), LEFT, SHIFT)
    assert [example.good for example in session.query.more] == [False, True, True]
    settled(asking, qtbot)
    assert len(asking.strip.chips) == 3
    assert sum(name.startswith("example") for name in canvas.marks) == 3
    assert "3 examples" in asking.results.state()
    asking.strip.join.setCurrentIndex(1)
    assert session.asked is not None
    qtbot.waitUntil(lambda: session.asked is not None and session.asked.how == "best", timeout=PATIENCE_MS)
    settled(asking, qtbot)
    asking.strip.chips[0].away.click()
    qtbot.waitUntil(lambda: session.asked is not None and len(session.asked.more) == 2, timeout=PATIENCE_MS)
    while session.query != before:  # every step can be undone
        asking.actions_by_id["back"].trigger()
    settled(asking, qtbot)
    assert session.ranking.query == before


def test_escape_gives_a_further_box_up(asking: MainWindow) -> None:
    canvas = asking.canvas
    QTest.mousePress(canvas.viewport(), LEFT, SHIFT, at(asking, 20, 20))
    QTest.mouseMove(canvas.viewport(), at(asking, 200, 200))
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    QTest.mouseRelease(canvas.viewport(), LEFT, SHIFT, at(asking, 200, 200))
    assert canvas.box() == BOX
    asking.strip.without.click()
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert not asking.strip.without.isChecked()
    assert canvas.box() == BOX  # the first Escape gives up what was to be drawn, and not the box
    assert asking.session.query is not None
    assert asking.session.query.more == ()


def test_hits_are_marked_good_and_bad(asking: MainWindow, qtbot: QtBot) -> None:
    session, results = asking.session, asking.results
    assert session.ranking is not None
    best, worst = session.ranking.hits[0], session.ranking.hits[-1]
    results.view.select_path(best.photo.path)
    asking.actions_by_id["hit good"].trigger()
    settled(asking, qtbot)
    assert session.asked is not None
    assert session.asked.more[0].good
    assert session.asked.more[0].box is not None  # where it was verified
    results.view.select_path(worst.photo.path)
    asking.actions_by_id["hit bad"].trigger()
    qtbot.waitUntil(lambda: results.view.tiles.row_of(worst.photo.path) < 0, timeout=PATIENCE_MS)
    settled(asking, qtbot)
    assert session.ranking.hits[0].photo.path == best.photo.path


def test_a_hit_is_rejected_for_good_and_undo_takes_it_back(asking: MainWindow, qtbot: QtBot) -> None:
    session, results = asking.session, asking.results
    assert session.ranking is not None
    query, path = session.asked, session.ranking.hits[0].photo.path
    results.view.select_path(path)
    asking.actions_by_id["hit apart"].trigger()
    qtbot.waitUntil(lambda: results.view.tiles.row_of(path) < 0, timeout=PATIENCE_MS)
    settled(asking, qtbot)
    assert session.asked == query  # the question is the same
    assert "1 that you rejected is left out" in results.state()
    asking.actions_by_id["undo"].trigger()
    qtbot.waitUntil(lambda: results.view.tiles.row_of(path) == 0, timeout=PATIENCE_MS)
    asking.actions_by_id["redo"].trigger()
    qtbot.waitUntil(lambda: results.view.tiles.row_of(path) < 0, timeout=PATIENCE_MS)
    asking.actions_by_id["hit together"].trigger()
    qtbot.waitUntil(lambda: results.view.tiles.row_of(path) == 0, timeout=PATIENCE_MS)
    settled(asking, qtbot)


def test_several_hits_are_opened_with_the_desktops_programs(asking: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    ranking = asking.session.ranking
    assert ranking is not None
    paths = [hit.photo.path for hit in ranking.hits[:3]]
    asking.results.view.select_paths(paths)
    asking.actions_by_id["hit open"].trigger()
    assert opened == [str(path) for path in paths]
    asking.actions_by_id["hit folder"].trigger()
    assert opened[3:] == [str(paths[0].parent)]  # once, as it is the same one


def test_filters_and_their_mistakes(asking: MainWindow, qtbot: QtBot) -> None:
    results = asking.results
    results.filter.setText("-loggia")
    qtbot.waitUntil(lambda: results.view.tiles.rowCount() == 4, timeout=PATIENCE_MS)
    settled(asking, qtbot)
    results.filter.setText("size:huge")
    qtbot.waitUntil(lambda: "is not a size" in results.state(), timeout=PATIENCE_MS)
    assert results.view.tiles.rowCount() == 4  # the last good filter stays
    results.filter.clear()
    qtbot.waitUntil(lambda: results.view.tiles.rowCount() == 5, timeout=PATIENCE_MS)
    settled(asking, qtbot)
    assert "loggia" in results.view.tiles.tile(0).path.name


def test_keys_go_through_the_hits_and_bring_their_place_near(asking: MainWindow, qtbot: QtBot) -> None:
    session, results = asking.session, asking.results
    assert session.ranking is not None
    first, second = (hit.photo.path for hit in session.ranking.hits[:2])
    for key, path in (("next", first), ("next", second), ("previous", first)):
        asking.actions_by_id[key].trigger()
        qtbot.waitUntil(lambda path=path: session.query == Query(path), timeout=PATIENCE_MS)
        qtbot.waitUntil(lambda: not session.jobs.busy(Lane.PHOTO), timeout=PATIENCE_MS)
        assert results.view.currentIndex().row() == [first, second].index(path)
    assert "found" in asking.canvas.marks
    assert session.asked is not None
    assert session.asked.box == BOX  # looking at hits asks nothing new
    # When verification changes the hits meanwhile, keys go on from the one that was looked at.
    results.step(1)
    results.set_ranking(replace(session.ranking, hits=session.ranking.hits[1:]), True)
    results.step(1)
    qtbot.waitUntil(lambda: session.query == Query(session.ranking.hits[2].photo.path), timeout=PATIENCE_MS)  # type: ignore[union-attr]


def test_copy_export_and_stability(asking: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    session, results, actions = asking.session, asking.results, asking.hit_actions
    assert session.ranking is not None
    paths = [hit.photo.path for hit in session.ranking.hits]
    results.view.select_paths(paths[:2])
    assert [hit.photo.path for hit in results.chosen()] == paths[:2]
    asking.actions_by_id["hit paths"].trigger()
    assert QApplication.clipboard().text().splitlines() == [str(path) for path in paths[:2]]
    asking.actions_by_id["hit copy"].trigger()
    assert [Path(url.toLocalFile()) for url in QApplication.clipboard().mimeData().urls()] == paths[:2]
    out = tmp_path / "hits.json"
    actions.export(out)
    qtbot.waitUntil(lambda: out.exists() and not session.jobs.busy(Lane.EXPORT), timeout=PATIENCE_MS)
    assert [hit["path"] for hit in json.loads(out.read_text())["hits"]] == [str(path) for path in paths[:2]]
    actions.collect(tmp_path / "copies", links=False)
    qtbot.waitUntil(lambda: not session.jobs.busy(Lane.EXPORT), timeout=PATIENCE_MS)
    assert len(list((tmp_path / "copies").iterdir())) == 2
    with qtbot.waitSignal(asking.feedback.measured, timeout=PATIENCE_MS):
        asking.actions_by_id["stability"].trigger()
    assert "⟲8/8" in results.view.tiles.tile(0).caption
    assert "stay for all 8 boxes" in results.state()


def test_an_example_that_leaves_nothing_can_be_taken_away(asking: MainWindow, qtbot: QtBot) -> None:
    session, strip = asking.session, asking.strip
    asking.canvas.example_drawn.emit(Box(0, 0, 640, 480), False)
    qtbot.waitUntil(lambda: "not wanted" in asking.messages.text(), timeout=PATIENCE_MS)
    assert session.ranking is None
    assert len(strip.chips) == 1
    QTest.keyClick(strip.chips[0], Qt.Key.Key_Delete)
    settled(asking, qtbot)
    assert session.asked is not None
    assert session.asked.more == ()
    assert strip.chips == []


def test_a_poor_box_is_told_and_a_better_one_offered(asking: MainWindow, qtbot: QtBot) -> None:
    asking.session.set_box(Box(200, 150, 212, 162))
    qtbot.waitUntil(lambda: "only 12 × 12 pixels" in asking.messages.text(), timeout=PATIENCE_MS)
    settled(asking, qtbot)
    qtbot.waitUntil(lambda: asking.messages.isVisible() and not asking.session.jobs.busy(Lane.BETTER), timeout=PATIENCE_MS)
    asking.actions_by_id["accept"].trigger()
    session = asking.session
    qtbot.waitUntil(lambda: session.asked is not None and session.asked.box == asking.canvas.box(), timeout=PATIENCE_MS)
    settled(asking, qtbot)
    assert asking.canvas.box() is not None
    assert 24 <= asking.canvas.box().width < 80  # type: ignore[union-attr]


def test_an_example_is_drawn_without_touching_the_box(qtbot: QtBot) -> None:
    canvas = PhotoCanvas()
    qtbot.addWidget(canvas)
    canvas.resize(704, 544)
    with qtbot.waitExposed(canvas):
        canvas.show()
    canvas.set_photo(np.full((480, 640, 3), 128, np.uint8))
    canvas.set_box(Box(100, 100, 300, 300))
    heard: list[tuple[Box, bool]] = []
    finished: list[object] = []
    canvas.example_drawn.connect(lambda box, good: heard.append((box, good)))
    canvas.box_finished.connect(finished.append)

    def place(x: float, y: float) -> QPoint:
        return canvas.mapFromScene(QPointF(x, y))

    # Over the box itself: it is neither moved nor resized.
    draw(canvas, place(150, 150), place(250, 260), RIGHT, NONE)
    canvas.draw_next_as(True)
    draw(canvas, place(310, 310), place(400, 420), LEFT, NONE)
    draw(canvas, place(10, 10), place(12, 12), LEFT, SHIFT)  # too small to be meant
    assert [(round(box.width, -1), round(box.height, -1), good) for box, good in heard] == [
        (100, 110, False),
        (90, 110, True),
    ]
    assert canvas.box() == Box(100, 100, 300, 300)
    assert finished == []
