"""The view of a photo turned by quarters, driven by real mouse and keyboard events."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from core.geometry import Box
from gui.canvas.view import PhotoCanvas
from tests.gui.canvas.test_view import Heard, at, canvas, cursor, drag, heard, near, scale, wheel

pytestmark = pytest.mark.gui
__all__ = ["canvas", "heard"]


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_turned_photo_is_fitted_and_drawn_on_as_before(canvas: PhotoCanvas, heard: Heard, quarters: int) -> None:
    photo = np.zeros((480, 640, 3), np.uint8)
    photo[:100, :100] = 255
    canvas.set_photo(photo)
    upright = canvas.grab().toImage()
    canvas.turn(quarters)
    assert canvas.grab().toImage() != upright
    room, across = canvas.viewport().rect(), canvas.mapFromScene(canvas.sceneRect().center())
    assert room.adjusted(-1, -1, 1, 1).contains(at(canvas, 0, 0))
    assert room.adjusted(-1, -1, 1, 1).contains(at(canvas, 640, 480))
    assert abs(across.x() - room.center().x()) <= 2
    drag(canvas, (100, 100), (300, 220))
    assert near(canvas.box(), Box(100, 100, 300, 220), 2.5)
    canvas.grab()
    canvas.turn(4 - quarters)
    assert canvas.camera.quarters == 0


def test_keys_and_cursors_follow_the_turn(canvas: PhotoCanvas, heard: Heard) -> None:
    canvas.set_box(Box(100, 100, 300, 220))
    assert cursor(canvas, 300, 160) == Qt.CursorShape.SizeHorCursor
    canvas.turn(1)
    assert cursor(canvas, 300, 160) == Qt.CursorShape.SizeVerCursor
    QTest.keyClick(canvas, Qt.Key.Key_Right)  # to the right on the screen is up on the photo
    assert canvas.box() == Box(100, 99, 300, 219)
    scale_before = scale(canvas)
    wheel(canvas, at(canvas, 320, 240), 2)
    assert canvas.camera.scale > 1.3 * scale_before
    canvas.set_photo(np.zeros((480, 640, 3), np.uint8))
    assert canvas.camera.quarters == 0
