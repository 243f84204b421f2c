"""The panel that explains a hit: linked views, layers, both photos laid over each other, and the bits of their codes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QTransform, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.photos.images import read_photo
from core.records import BitEvidence, Example, Query
from core.util.errors import UserError
from gui.main_window import MainWindow
from gui.why.bits import BitView, bit_words
from gui.why.export import export_view
from gui.why.panes import Linked, registration
from gui.why.view import BESIDE, LAID, LAYERS, PairView
from tests.conftest import NAMES
from tests.gui.state.test_relevance_feedback import asking, settled
from tests.gui.test_window import PATIENCE_MS

__all__ = ["asking"]
NONE = Qt.KeyboardModifier.NoModifier


def picture(view: PairView) -> QImage:
    return view.grab().toImage()


def turn_wheel(view: PairView, place: QPointF, notches: int) -> None:
    QApplication.sendEvent(
        view,
        QWheelEvent(
            place, view.mapToGlobal(place), QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton, NONE,
            Qt.ScrollPhase.NoScrollPhase, False,
        ),
    )  # fmt: skip


@pytest.fixture
def explaining(asking: MainWindow, qtbot: QtBot) -> MainWindow:
    """A window that explains the first, verified hit of a box."""
    asking.actions_by_id["next"].trigger()
    asking.actions_by_id["compare"].trigger()
    assert asking.why.isVisible()
    explained(asking, qtbot, 0)
    return asking


def explained(window: MainWindow, qtbot: QtBot, place: int) -> None:
    ranking = window.session.ranking
    assert ranking is not None
    path = ranking.hits[place].photo.path
    qtbot.waitUntil(
        lambda: window.why.explained is not None and window.why.explained.hit.photo.path == path, timeout=PATIENCE_MS
    )


def test_a_box_is_outlined_on_its_hits_and_explained(explaining: MainWindow, qtbot: QtBot, folder: Path) -> None:
    why, first = explaining.why, explaining.results.view.tiles.tile(0)
    assert first.sure
    assert 3 <= len(first.outline) <= 8  # of the outline what lies on the photo
    assert all(0 <= value <= 1 for point in first.outline for value in point)
    qtbot.waitUntil(lambda: bool(explaining.canvas.marks), timeout=PATIENCE_MS)
    assert "bits agree" in why.words.text()
    assert "keypoints agree" in why.words.text()
    why.set_mode("bits")
    assert why.pages.currentWidget() is why.bits
    assert why.explained is not None
    bits = why.explained.evidence.bits
    assert f"{bits.agree.sum()} of {len(bits.agree)} bits agree" in why.words.text()
    assert "nearer to flipping" in why.words.text()
    # Another box is another question: the old answer goes.
    explaining.session.open_photo(folder / "gothic-tower-01.jpg")
    qtbot.waitUntil(lambda: why.explained is None, timeout=PATIENCE_MS)
    assert not explaining.canvas.marks


def test_nothing_is_explained_that_nobody_sees(asking: MainWindow, qtbot: QtBot) -> None:
    session, asked = asking.session, list[str]()
    submit = session.jobs.submit

    def noted(lane: str, *rest: object) -> None:
        asked.append(lane)
        submit(lane, *rest)  # type: ignore[arg-type]

    session.jobs.submit = noted  # type: ignore[method-assign]
    asking.actions_by_id["next"].trigger()
    settled(asking, qtbot)
    qtbot.wait(50)
    assert asked
    assert "explain" not in asked
    asking.actions_by_id["compare"].trigger()
    explained(asking, qtbot, 0)


def test_every_layer_draws_and_goes_again(explaining: MainWindow) -> None:
    why = explaining.why
    for mode in (BESIDE, "over"):
        why.set_mode(mode)
        for button in why.layers.values():
            button.setChecked(False)
        plain = picture(why.view)
        for name, button in why.layers.items():
            button.click()
            assert name in why.view.layers
            assert picture(why.view) != plain
            button.click()
            assert picture(why.view) == plain
    assert set(why.layers) == set(LAYERS)


def test_the_hit_is_laid_over_the_query(explaining: MainWindow, qtbot: QtBot) -> None:
    """Each way shows it, and does what its name says."""
    why, view = explaining.why, explaining.why.view
    for button in why.layers.values():
        button.setChecked(False)
    seen = []
    for mode in LAID:
        why.set_mode(mode)
        seen.append(picture(view))
        assert why.share.isVisibleTo(why) == (mode in ("over", "swipe"))
    assert all(a != b for i, a in enumerate(seen) for b in seen[:i])
    why.set_mode("over")
    why.share.setValue(0)
    query = picture(view)
    why.share.setValue(100)
    assert picture(view) != query
    why.set_mode("flicker")
    qtbot.waitUntil(lambda: picture(view) == query, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: picture(view) != query, timeout=PATIENCE_MS)
    QTest.keyClick(view, Qt.Key.Key_Space)  # by hand from now on
    held = view.seen
    qtbot.wait(600)
    assert view.seen == held


def test_registered_photos_agree(explaining: MainWindow) -> None:
    """What lies over the box is what the box shows: their difference is smaller than that of the photos as they are."""
    shown = explaining.why.explained
    assert shown is not None
    assert shown.registered is not None
    for x, y, u, v in shown.evidence.matches.tolist():
        moved = shown.registered.map(QPointF(u, v))
        assert abs(moved.x() - x) + abs(moved.y() - y) < 20
    assert shown.difference is not None
    height, width = shown.query_photo.shape[:2]
    x0, y0, x1, y1 = (int(value * width / shown.query_size[0]) for value in shown.asked.as_tuple())
    registered = _pixels(shown.difference.toImage())[y0:y1, x0:x1].mean()
    query, hit = (_pixels(pixmap.scaled(width, height).toImage()) for pixmap in shown.pixmaps)
    assert registered < 0.7 * np.abs(query - hit)[y0:y1, x0:x1].mean()


def _pixels(image: QImage) -> np.ndarray:
    image = image.convertToFormat(QImage.Format.Format_RGBX8888)
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[..., :3].astype(float)


def test_a_swipe_follows_the_mouse(explaining: MainWindow) -> None:
    view = explaining.why.view
    explaining.why.set_mode("swipe")
    assert view.linked is not None
    pane = view.linked.panes[0]
    middle = pane.way.map(QPointF(0.5 * pane.size.width(), 0.5 * pane.size.height())).toPoint()
    wanted = pane.way.map(QPointF(0.8 * pane.size.width(), 0.5 * pane.size.height())).toPoint()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, NONE, middle)
    QTest.mouseMove(view, wanted)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, NONE, wanted)
    assert view.share == pytest.approx(0.8, abs=0.02)


def test_both_photos_are_zoomed_at_the_same_place(explaining: MainWindow) -> None:
    why, view = explaining.why, explaining.why.view
    shown, linked = why.explained, view.linked
    assert shown is not None
    assert linked is not None
    x, y, u, v = shown.evidence.matches[0].tolist()
    place = linked.panes[0].way.map(QPointF(x, y))
    before = picture(view)
    turn_wheel(view, place, 6)
    assert picture(view) != before
    there = linked.panes[1].way.map(QPointF(u, v))
    assert linked.panes[0].room.contains(place)
    assert linked.panes[1].room.contains(there)
    assert linked.zoom == pytest.approx(1.2**6)
    QTest.keyClick(view, Qt.Key.Key_0)
    assert linked.zoom == 1
    assert picture(view) == before
    QTest.keyClick(view, Qt.Key.Key_Plus)
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert picture(view) != before
    QTest.mouseDClick(view, Qt.MouseButton.LeftButton)
    assert picture(view) == before


def test_hits_are_compared_large_and_by_keys(asking: MainWindow, qtbot: QtBot, folder: Path) -> None:
    why, session = asking.why, asking.session
    asking.resize(1024, 600)  # the least that is promised
    asking.actions_by_id["compare"].trigger()
    QApplication.processEvents()
    results = asking.results.width()
    assert why.isVisible()
    assert not asking.canvas.isVisible()
    explained(asking, qtbot, 0)  # nothing was chosen: the first hit is
    for mode in LAID:
        why.set_mode(mode)
        QApplication.processEvents()
        assert asking.results.width() == results  # the tools push no panel aside
    why.set_mode("difference")
    asking.actions_by_id["next"].trigger()
    explained(asking, qtbot, 1)
    assert why.view.mode == "difference"
    why.stepped.emit(-1)
    explained(asking, qtbot, 0)
    view = why.view
    qtbot.waitUntil(view.hasFocus, timeout=PATIENCE_MS)
    QTest.keyClick(view, Qt.Key.Key_Y)  # the keys of the results work here too
    qtbot.waitUntil(lambda: session.asked is not None and len(session.asked.more) == 1, timeout=PATIENCE_MS)
    assert asking.why.isVisible()
    settled(asking, qtbot)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert not asking.why.isVisible()
    assert asking.canvas.isVisible()
    asking.actions_by_id["compare"].trigger()
    assert asking.why.isVisible()
    session.open_photo(folder / f"{NAMES[3]}.jpg")
    qtbot.waitUntil(lambda: not asking.why.isVisible(), timeout=PATIENCE_MS)  # another question: its photo is to be seen
    settled(asking, qtbot)


def test_a_hit_of_another_example_is_explained_by_that(explaining: MainWindow, qtbot: QtBot, folder: Path) -> None:
    tower = folder / "gothic-tower-01.jpg"
    explaining.feedback.add([Example(tower)])
    settled(explaining, qtbot)
    hit = explaining.results.view.tiles.row_of(folder / "gothic-tower-06.jpg")
    assert hit >= 0
    explaining.results.hit_chosen.emit(folder / "gothic-tower-06.jpg")
    explained(explaining, qtbot, hit)
    shown = explaining.why.explained
    assert shown is not None
    assert shown.part == Query(tower)
    assert "nearest to example 2 of 2" in explaining.why.words.text()
    height, width = read_photo(tower).shape[:2]
    assert shown.query_size == (width, height)
    assert shown.query_photo.shape[0] * width == shown.query_photo.shape[1] * height
    explaining.why.set_mode("over")
    assert shown.registered is not None
    assert "laid over by its keypoints" in explaining.why.words.text()
    # The cells of a hit may agree with the other example: only geometry tells where the nearest one lies.
    other = folder / "triumphal-arch-01.jpg"
    explaining.results.hit_chosen.emit(other)
    explained(explaining, qtbot, explaining.results.view.tiles.row_of(other))
    assert explaining.why.explained is not None
    assert explaining.why.explained.registered is None
    assert "it is not known where" in explaining.why.words.text()


@given(st.floats(0.2, 6), st.floats(-300, 300), st.floats(-300, 300), st.lists(st.floats(0.3, 3), max_size=5))
def test_linked_panes_keep_the_same_place_under_the_mouse(scale: float, dx: float, dy: float, factors: list[float]) -> None:
    registered = QTransform.fromTranslate(dx, dy).scale(scale, scale)
    linked = Linked(QSizeF(800, 600), QSizeF(500, 700), registered)
    linked.fit(QRectF(0, 0, 400, 300), QRectF(410, 0, 400, 300))
    place = QPointF(150, 120)
    on_query = linked.panes[0].photo_at(place)
    on_hit = registered.inverted()[0].map(on_query)
    there = linked.same_point(0, place)
    for factor in factors:
        linked.zoom_both(factor, place)
        if linked.zoom == 1:
            return  # everything is in view again
        assert (linked.panes[0].photo_at(place) - on_query).manhattanLength() < 1e-3
        if QRectF(0, 0, 500, 700).contains(on_hit):
            assert (linked.panes[1].way.map(on_hit) - there).manhattanLength() < 1e-3
        assert 1 <= linked.zoom <= 40.001


def test_corners_on_a_line_register_nothing() -> None:
    square = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0))
    assert registration(square, ((0.0, 0.0), (5.0, 5.0), (10.0, 10.0), (0.0, 10.0))) is None
    way = registration(square, ((0.0, 0.0), (20.0, 0.0), (20.0, 20.0), (0.0, 20.0)))
    assert way is not None
    assert way.map(QPointF(5, 5)) == QPointF(10, 10)


def test_bits_stand_in_columns_those_that_differ_first(qtbot: QtBot) -> None:
    agree = np.array([True, False, True, False])
    bits = BitEvidence(agree, np.array([0.4, 0.1, 0.2, 0.3]), np.array([0.3, 0.1, 0.2, 0.05]))
    view = BitView()
    qtbot.addWidget(view)
    view.resize(480, 160)
    view.set_bits(bits)
    room = view._room()
    columns = [view.bit_at(room.left() + (place + 0.5) / 4 * room.width()) for place in range(4)]
    assert columns == [3, 1, 0, 2]
    assert view.bit_at(2) is None
    assert view.describe(3) == "Bit 4: they differ; the query is 0.300 from flipping, the hit 0.050"
    picture = view.grab().toImage()
    assert picture.pixelColor(int(room.left() + 5), int(room.center().y() - 5)) != picture.pixelColor(2, 2)
    assert bit_words(bits) == "2 of 4 bits agree; those that differ lie 3.3 times nearer to flipping (medians)"


def test_codes_without_margins_are_told_too(qtbot: QtBot) -> None:
    nothing = np.full(8, np.nan)
    bits = BitEvidence(np.arange(8) % 2 == 0, nothing, nothing)
    view = BitView()
    qtbot.addWidget(view)
    view.set_bits(bits)
    view.grab()
    assert bit_words(bits) == "4 of 8 bits agree"
    assert view.describe(0) == "Bit 1: they agree"


def test_what_is_shown_is_exported_in_each_format(explaining: MainWindow, tmp_path: Path) -> None:
    view = explaining.why.view
    for suffix, begin in ((".png", b"\x89PNG"), (".svg", b"<?xml"), (".pdf", b"%PDF")):
        export_view(view, tmp_path / f"matches{suffix}")
        assert (tmp_path / f"matches{suffix}").read_bytes().startswith(begin)
    assert QImage(str(tmp_path / "matches.png")).size() == view.size() * 2
    with pytest.raises(UserError):
        export_view(view, tmp_path / "matches.xyz")
    with pytest.raises(UserError):
        export_view(view, tmp_path / "nowhere" / "matches.png")
