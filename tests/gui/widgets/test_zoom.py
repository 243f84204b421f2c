"""Zooming keeps what is under the mouse, within bounds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, Qt

from gui.widgets.zoom import NOTCH, Zoom, key_factor, key_step

POINTS = st.tuples(st.floats(0, 400), st.floats(0, 300)).map(lambda at: QPointF(*at))


def fitted() -> Zoom:
    zoom = Zoom()
    zoom.fit(QRectF(0, 0, 800, 400), QRectF(0, 0, 400, 300))
    return zoom


def test_the_whole_picture_is_in_the_middle() -> None:
    zoom = fitted()
    assert zoom.fitted
    assert zoom.scale == pytest.approx(0.5)
    assert zoom.way.mapRect(QRectF(0, 0, 800, 400)) == QRectF(0, 50, 400, 200)


@given(POINTS, st.lists(st.floats(0.2, 5), min_size=1, max_size=6))
def test_what_is_under_the_mouse_stays_there(at: QPointF, factors: list[float]) -> None:
    zoom = fitted()
    before = zoom.point_at(at)
    for factor in factors:
        zoom.zoom(factor, at, 0.25, 4)
        assert 0.25 - 1e-9 <= zoom.scale <= 4 + 1e-9
        assert (zoom.point_at(at) - before).manhattanLength() < 1e-6
    assert not zoom.fitted


@given(POINTS, POINTS)
def test_moving_moves_every_point(at: QPointF, by: QPointF) -> None:
    zoom = fitted()
    before = zoom.point_at(at)
    zoom.move(by)
    assert (zoom.point_at(at + by) - before).manhattanLength() < 1e-6


def test_a_picture_without_room_is_not_zoomed() -> None:
    zoom = Zoom()
    zoom.fit(QRectF(0, 0, 800, 400), QRectF())
    zoom.zoom(2, QPointF())
    assert zoom.scale == 0


def test_keys_zoom_and_move() -> None:
    assert key_factor(Qt.Key.Key_Plus) == key_factor(Qt.Key.Key_Equal) == NOTCH
    assert key_factor(Qt.Key.Key_Minus) == 1 / NOTCH
    assert key_factor(Qt.Key.Key_A) is key_step(Qt.Key.Key_A, 40) is None
    assert key_step(Qt.Key.Key_Left, 40) == QPointF(40, 0)  # the picture moves to the right
