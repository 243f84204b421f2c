"""The map of the collection: where photos lie, which of them are shown, and how one gets about."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.browse import map as arranging
from core.browse.map import arrange
from core.util.progress import Cancelled, Ticket
from gui.gallery.map_tiles import DEEPEST, SMALLEST_PX, level_of, tiles
from gui.main_window import MainWindow
from tests.conftest import NAMES
from tests.gui.test_window import PATIENCE_MS, opened


def groups(count: int) -> tuple[np.ndarray, np.ndarray]:
    """Unit vectors about four directions, and the direction of each."""
    rng = np.random.default_rng(1)
    of = rng.integers(0, 4, count)
    vectors = np.eye(4, 32)[of] + rng.normal(0, 0.05, (count, 32))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float16), of


@pytest.mark.parametrize("count", [300, 700])
def test_alike_photos_lie_together(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arranging, "LEARNT", 500)
    vectors, of = groups(count)
    places = arrange(vectors, Ticket())
    assert places.shape == (count, 2)
    assert 0 <= places.min() <= places.max() <= 1
    distance = np.linalg.norm(places[:, None] - places[None], axis=2)
    np.fill_diagonal(distance, 9)
    assert (of[distance.argmin(axis=1)] == of).mean() > 0.95
    np.testing.assert_array_equal(places, arrange(vectors, Ticket()))


@pytest.mark.parametrize("count", [0, 1, 3, 4, 7])
def test_few_or_equal_photos_have_places_too(count: int) -> None:
    places = arrange(np.ones((count, 8), dtype=np.float16), Ticket())
    assert places.shape == (count, 2)
    assert np.isfinite(places).all()


def test_arranging_can_be_stopped() -> None:
    ticket = Ticket()
    ticket.cancel()
    with pytest.raises(Cancelled):
        arrange(groups(50)[0], ticket)


@given(
    st.lists(st.tuples(st.floats(0, 1, width=32), st.floats(0, 1, width=32)), min_size=1, max_size=40), st.integers(0, 6)
)
def test_every_photo_is_in_one_tile(points: list[tuple[float, float]], level: int) -> None:
    places = np.array(points, dtype=np.float32)
    places *= np.array([2.5, 1], dtype=np.float32)
    shown = tiles(places, level, (0, 0), (2.5, 1), 2.5)
    assert shown.counts.sum() == len(places)
    assert len({tuple(corner) for corner in shown.corners.tolist()}) == len(shown.photos)
    middles = places[shown.photos] - shown.corners
    assert (middles >= -1e-6).all()
    assert (middles <= shown.side + 1e-6).all()


def test_the_deeper_the_smaller() -> None:
    assert level_of(0) == 0
    assert level_of(SMALLEST_PX) == 0
    assert level_of(2 * SMALLEST_PX) == 1
    assert level_of(1e30) == DEEPEST


def test_a_person_flies_over_the_map(window: MainWindow, qtbot: QtBot, library: Path) -> None:
    opened(window, qtbot, library)
    chart = window.map
    window.actions_by_id["map"].trigger()
    qtbot.waitUntil(lambda: chart.shown() is not None, timeout=PATIENCE_MS)
    shown = chart.shown()
    assert shown is not None
    assert shown.counts.sum() == len(NAMES)
    middle = chart.rect_of(shown, 0).center()
    wanted = chart.path_of(int(shown.photos[0]))
    with qtbot.waitSignal(chart.photo_chosen, timeout=PATIENCE_MS) as chosen:
        QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=middle.toPoint())
    assert chosen.args == [wanted]
    session = window.session
    qtbot.waitUntil(lambda: session.query is not None and session.query.path == wanted, timeout=PATIENCE_MS)
    assert window.shell.now == "search"
    window.shell.go("browse")
    assert chart.isVisible()  # as it was left
    before = chart.rect_of(shown, 0)
    chart.setFocus()
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Left, Qt.Key.Key_Down):
        QTest.keyClick(chart, key)
    assert chart.rect_of(shown, 0).width() > before.width()
    QTest.keyClick(chart, Qt.Key.Key_Home)
    assert chart.rect_of(shown, 0).width() == pytest.approx(before.width())
    chart.zoom(1e9, QPointF(5, 5))
    chart.zoom(1e-9, QPointF(5, 5))  # bounded both ways
    assert chart.shown() is not None
    start = QPointF(chart.rect().center())
    QTest.mousePress(chart, Qt.MouseButton.LeftButton, pos=start.toPoint())
    QTest.mouseMove(chart, (start + QPointF(30, 10)).toPoint())
    QTest.mouseRelease(chart, Qt.MouseButton.LeftButton, pos=(start + QPointF(30, 10)).toPoint())
    assert window.session.query.path == wanted  # a drag is no click
