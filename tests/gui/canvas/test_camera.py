"""How a part of a photo is brought to the eye."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from pytestqt.qtbot import QtBot

from gui.canvas.camera import CLOSEST
from gui.canvas.view import PhotoCanvas

pytestmark = pytest.mark.gui


def test_a_small_part_is_shown_with_what_lies_around_it(qtbot: QtBot) -> None:
    """A hit of a few pixels filled the view: coarse squares, of which nobody could tell what they were."""
    canvas = PhotoCanvas()
    qtbot.addWidget(canvas)
    canvas.resize(900, 700)
    canvas.show()
    canvas.set_photo(np.full((1200, 1600, 3), 128, np.uint8))
    whole = canvas.camera.scale
    canvas.look_at(QRectF(700, 500, 20, 15))
    assert canvas.camera.scale == pytest.approx(CLOSEST * whole)
    canvas.look_at(QRectF(100, 100, 800, 600))
    assert whole < canvas.camera.scale < CLOSEST * whole
