"""The canvas driven by real mouse and keyboard events."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.geometry import Box
from gui.canvas.camera import MAX_SCALE
from gui.canvas.view import PhotoCanvas
from tests.gui.inspections import make_inspection

pytestmark = pytest.mark.gui

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier
Key = Qt.Key
PHOTO = np.full((480, 640, 3), 128, np.uint8)


class Heard:
    """What a canvas has said."""

    def __init__(self, canvas: PhotoCanvas) -> None:
        self.changed: list[Box] = []
        self.finished: list[Box | None] = []
        canvas.box_changed.connect(self.changed.append)
        canvas.box_finished.connect(self.finished.append)


@pytest.fixture
def canvas(qtbot: QtBot) -> Iterator[PhotoCanvas]:
    canvas = PhotoCanvas()
    qtbot.addWidget(canvas)
    canvas.resize(704, 544)
    with qtbot.waitExposed(canvas):
        canvas.show()
    canvas.set_photo(PHOTO)
    canvas.setFocus()
    return canvas


@pytest.fixture
def heard(canvas: PhotoCanvas) -> Heard:
    return Heard(canvas)


def at(canvas: PhotoCanvas, x: float, y: float) -> QPoint:
    """The viewport's place of an image pixel."""
    return canvas.mapFromScene(QPointF(x, y))


def drag(
    canvas: PhotoCanvas,
    *way: tuple[float, float],
    button: Qt.MouseButton = LEFT,
    modifiers: Qt.KeyboardModifier = NONE,
    release: bool = True,
) -> None:
    """Press at the first place, given in image pixels, move through the others, release at the last."""
    places = [at(canvas, *place) for place in way]
    QTest.mousePress(canvas.viewport(), button, modifiers, places[0])
    for place in places[1:]:
        QTest.mouseMove(canvas.viewport(), place)
        QApplication.processEvents()
    if release:
        QTest.mouseRelease(canvas.viewport(), button, modifiers, places[-1])


def near(box: Box | None, expected: Box, within: float = 1.5) -> bool:
    return box is not None and np.allclose(box.as_tuple(), expected.as_tuple(), atol=within)


def cursor(canvas: PhotoCanvas, x: float, y: float) -> Qt.CursorShape:
    # No event comes from a mouse that is there already, as an earlier test may have left it.
    for place in (QPoint(1, 1), at(canvas, x, y)):
        QTest.mouseMove(canvas.viewport(), place)
        QApplication.processEvents()
    return canvas.viewport().cursor().shape()


def scale(canvas: PhotoCanvas) -> float:
    return canvas.camera.scale


def wheel(canvas: PhotoCanvas, place: QPoint, notches: float) -> None:
    event = QWheelEvent(
        QPointF(place), QPointF(canvas.viewport().mapToGlobal(place)), QPoint(), QPoint(0, round(120 * notches)),
        Qt.MouseButton.NoButton, NONE, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(canvas.viewport(), event)


# -- drawing -----------------------------------------------------------------------------------------------------------


def test_drawing_tells_of_each_step_and_once_of_the_end(canvas: PhotoCanvas, heard: Heard) -> None:
    drag(canvas, (100, 100), (150, 150), (200, 180), (300, 220))
    assert len(heard.changed) == 3
    assert len(heard.finished) == 1
    assert heard.finished[0] == canvas.box() == heard.changed[-1]
    assert near(canvas.box(), Box(100, 100, 300, 220))


def test_a_drawn_box_stays_on_the_photo(canvas: PhotoCanvas, heard: Heard) -> None:
    drag(canvas, (500, 400), (655, 490))
    assert near(canvas.box(), Box(500, 400, 640, 480))
    assert canvas.box() == canvas.box().clipped(640, 480)


def test_a_slip_of_the_hand_is_ignored(canvas: PhotoCanvas, heard: Heard) -> None:
    canvas.set_box(Box(200, 200, 300, 300))
    drag(canvas, (50, 50), (55, 90))
    assert canvas.box() == Box(200, 200, 300, 300)
    assert not heard.changed
    assert not heard.finished


def test_eight_pixels_are_the_screens_not_the_photos(canvas: PhotoCanvas, heard: Heard) -> None:
    canvas.zoom(8)
    drag(canvas, (318, 238), (321, 241))
    assert near(canvas.box(), Box(318, 238, 321, 241), 1)


def test_dragging_inside_moves(canvas: PhotoCanvas, heard: Heard) -> None:
    canvas.set_box(Box(100, 100, 300, 220))
    drag(canvas, (150, 150), (190, 130))
    assert near(canvas.box(), Box(140, 80, 340, 200))
    assert (canvas.box().width, canvas.box().height) == (200, 120)
    assert heard.finished == [canvas.box()]


def test_a_handle_resizes(canvas: PhotoCanvas, heard: Heard) -> None:
    canvas.set_box(Box(100, 100, 300, 220))
    drag(canvas, (300, 220), (350, 260))
    assert near(canvas.box(), Box(100, 100, 350, 260))
    drag(canvas, (100, 180), (60, 10))
    assert near(canvas.box(), Box(60, 100, 350, 260))
    assert len(heard.finished) == 2


def test_the_cursor_says_what_a_press_would_do(canvas: PhotoCanvas) -> None:
    shapes = Qt.CursorShape
    canvas.set_box(Box(100, 100, 300, 220))
    expected = {
        (50, 50): shapes.CrossCursor, (200, 150): shapes.SizeAllCursor, (100, 100): shapes.SizeFDiagCursor,
        (300, 100): shapes.SizeBDiagCursor, (200, 100): shapes.SizeVerCursor, (300, 160): shapes.SizeHorCursor,
    }  # fmt: skip
    assert {place: cursor(canvas, *place) for place in expected} == expected


def test_setting_a_box_is_silent_and_cut_to_the_photo(canvas: PhotoCanvas, heard: Heard) -> None:
    canvas.set_box(Box(-50, 10, 100, 900))
    assert canvas.box() == Box(0, 10, 100, 480)
    canvas.set_box(None)
    assert canvas.box() is None
    assert not heard.changed
    assert not heard.finished


def test_another_photo_has_no_box(canvas: PhotoCanvas, heard: Heard) -> None:
    canvas.set_box(Box(10, 10, 90, 90))
    canvas.set_photo(PHOTO[:200, :300])
    assert canvas.box() is None
    assert not heard.finished


def test_without_a_photo_nothing_can_be_drawn(canvas: PhotoCanvas, heard: Heard) -> None:
    canvas.set_photo(None)
    drag(canvas, (10, 10), (90, 90))
    QTest.keyClick(canvas, Key.Key_Escape)
    wheel(canvas, QPoint(50, 50), 1)
    canvas.actual_size()
    canvas.fit()
    assert not canvas.grab().isNull()
    assert not canvas.has_photo()
    assert not heard.finished


# -- keys --------------------------------------------------------------------------------------------------------------


def test_escape_clears_once(canvas: PhotoCanvas, heard: Heard) -> None:
    canvas.set_box(Box(100, 100, 300, 220))
    QTest.keyClick(canvas, Key.Key_Escape)
    QTest.keyClick(canvas, Key.Key_Escape)
    assert canvas.box() is None
    assert heard.finished == [None]


def test_escape_in_a_drag_brings_the_old_box_back(canvas: PhotoCanvas, heard: Heard) -> None:
    old = Box(100, 100, 300, 220)
    canvas.set_box(old)
    drag(canvas, (150, 150), (190, 130), release=False)
    QTest.keyClick(canvas, Key.Key_Escape)
    QTest.mouseRelease(canvas.viewport(), LEFT, NONE, at(canvas, 190, 130))
    assert canvas.box() == old
    assert heard.finished == [old]


@pytest.mark.parametrize(
    ("key", "modifiers", "expected"),
    [
        (Key.Key_Left, NONE, Box(99, 100, 299, 220)),
        (Key.Key_Down, NONE, Box(100, 101, 300, 221)),
        (Key.Key_Right, SHIFT, Box(110, 100, 310, 220)),
        (Key.Key_Up, CTRL, Box(100, 100, 300, 219)),
        (Key.Key_Right, CTRL | SHIFT, Box(100, 100, 310, 220)),
    ],
)
def test_arrows_nudge(canvas: PhotoCanvas, heard: Heard, key: Key, modifiers: Qt.KeyboardModifier, expected: Box) -> None:
    canvas.set_box(Box(100, 100, 300, 220))
    QTest.keyClick(canvas, key, modifiers)
    assert canvas.box() == expected
    assert heard.changed == heard.finished == [expected]


def test_a_held_arrow_is_finished_when_it_is_let_go(canvas: PhotoCanvas, heard: Heard) -> None:
    canvas.set_box(Box(100, 100, 300, 220))
    for _ in range(5):
        QTest.keyPress(canvas, Key.Key_Left)
    assert len(heard.changed) == 5
    assert not heard.finished
    QTest.keyRelease(canvas, Key.Key_Left)
    assert heard.finished == [Box(95, 100, 295, 220)]


def test_a_nudge_is_finished_when_the_focus_goes(canvas: PhotoCanvas, heard: Heard) -> None:
    canvas.set_box(Box(100, 100, 300, 220))
    QTest.keyPress(canvas, Key.Key_Left)
    canvas.clearFocus()
    assert heard.finished == [Box(99, 100, 299, 220)]


def test_clearing_by_a_command_is_heard(canvas: PhotoCanvas, heard: Heard) -> None:
    canvas.clear_box()
    assert not heard.finished
    canvas.set_box(Box(100, 100, 300, 220))
    canvas.clear_box()
    assert heard.finished == [None]


# -- zoom and pan ------------------------------------------------------------------------------------------------------


def test_the_wheel_zooms_at_the_mouse(canvas: PhotoCanvas) -> None:
    place = QPoint(150, 400)
    before = canvas.mapToScene(place)
    for notches in (1, 1, 0.25, -1):
        wheel(canvas, place, notches)
        moved = canvas.mapToScene(place) - before
        assert abs(moved.x()) * scale(canvas) < 2.5
        assert abs(moved.y()) * scale(canvas) < 2.5
    assert scale(canvas) == pytest.approx(1.2**1.25, rel=0.1)


def test_zoom_is_bounded(canvas: PhotoCanvas) -> None:
    fitted = scale(canvas)
    canvas.zoom(1e9)
    assert scale(canvas) == MAX_SCALE
    canvas.zoom(1e-9)
    assert scale(canvas) == pytest.approx(fitted / 2, rel=0.1)


def test_actual_size_is_one_pixel_on_one_of_the_screens(canvas: PhotoCanvas) -> None:
    canvas.zoom(3)
    canvas.actual_size()
    assert scale(canvas) * canvas.devicePixelRatioF() == pytest.approx(1)


def test_the_photo_stays_fitted_until_somebody_zooms(canvas: PhotoCanvas) -> None:
    canvas.resize(404, 344)
    small = scale(canvas)
    canvas.resize(1000, 800)
    assert scale(canvas) > small
    assert canvas.viewport().rect().contains(at(canvas, 0, 0))
    assert canvas.viewport().rect().contains(at(canvas, 640, 480))
    canvas.zoom(2)
    zoomed, middle = scale(canvas), canvas.mapToScene(canvas.viewport().rect().center())
    canvas.resize(600, 500)
    assert scale(canvas) == zoomed
    moved = canvas.mapToScene(canvas.viewport().rect().center()) - middle
    assert abs(moved.x()) + abs(moved.y()) < 4
    canvas.fit()
    assert scale(canvas) < zoomed


def test_a_new_photo_is_fitted(canvas: PhotoCanvas) -> None:
    canvas.zoom(5)
    canvas.set_photo(np.zeros((4000, 3000, 3), np.uint8))
    assert scale(canvas) * 4000 <= canvas.viewport().height()


@pytest.mark.parametrize("how", ["middle", "ctrl", "space"])
def test_panning_moves_the_photo_and_no_box(canvas: PhotoCanvas, heard: Heard, how: str) -> None:
    canvas.zoom(3)
    canvas.set_box(Box(250, 200, 400, 300))
    start, end = QPoint(300, 250), QPoint(340, 230)
    before = canvas.mapToScene(start)
    button, modifiers = (MIDDLE if how == "middle" else LEFT), (CTRL if how == "ctrl" else NONE)
    if how == "space":
        QTest.keyPress(canvas, Key.Key_Space)
        assert canvas.viewport().cursor().shape() is Qt.CursorShape.OpenHandCursor
    QTest.mousePress(canvas.viewport(), button, modifiers, start)
    QTest.mouseMove(canvas.viewport(), end)
    QApplication.processEvents()
    assert canvas.viewport().cursor().shape() is Qt.CursorShape.ClosedHandCursor
    QTest.mouseRelease(canvas.viewport(), button, modifiers, end)
    QTest.keyRelease(canvas, Key.Key_Space)
    moved = canvas.mapToScene(end) - before
    assert abs(moved.x()) + abs(moved.y()) < 2
    assert canvas.box() == Box(250, 200, 400, 300)
    assert not heard.finished
    assert not heard.changed


# -- layers and words --------------------------------------------------------------------------------------------------


def test_layers_change_the_picture(canvas: PhotoCanvas) -> None:
    plain = canvas.grab().toImage()
    canvas.set_layer("max", True)
    assert canvas.grab().toImage() == plain
    canvas.set_inspection(make_inspection())
    masked = canvas.grab().toImage()
    assert masked != plain
    canvas.set_opacity(0.1)
    assert canvas.grab().toImage() != masked
    canvas.set_layer("keypoints", True)
    canvas.set_layer("max", False)
    assert canvas.grab().toImage() not in (plain, masked)
    canvas.set_layer("keypoints", False)
    assert canvas.grab().toImage() == plain


def test_another_photo_drops_the_inspection(canvas: PhotoCanvas) -> None:
    plain = canvas.grab().toImage()
    canvas.set_layer("sum", True)
    canvas.set_inspection(make_inspection())
    canvas.set_photo(PHOTO)
    assert canvas.grab().toImage() == plain


def test_an_unknown_layer_is_a_defect(canvas: PhotoCanvas) -> None:
    with pytest.raises(KeyError):
        canvas.set_layer("heat", True)


def test_the_outside_of_the_box_is_dimmed_and_its_inside_is_not(canvas: PhotoCanvas) -> None:
    canvas.set_box(Box(200, 150, 400, 350))
    image = canvas.grab().toImage()
    places = (at(canvas, *place) * image.devicePixelRatio() for place in ((300, 250), (100, 100)))
    inside, outside = (image.pixelColor(place).red() for place in places)
    assert inside == 128
    assert 60 < outside < 120


def test_the_size_is_shown_while_dragging_only(canvas: PhotoCanvas) -> None:
    canvas.set_box(Box(100, 100, 300, 220))
    drag(canvas, (150, 150), (190, 130), release=False)
    QApplication.processEvents()
    dragging = canvas.grab().toImage()
    QTest.mouseRelease(canvas.viewport(), LEFT, NONE, at(canvas, 190, 130))
    assert canvas.grab().toImage() != dragging


def test_a_screen_reader_is_told(canvas: PhotoCanvas) -> None:
    assert canvas.accessibleName() == "Photo"
    assert "No box" in canvas.accessibleDescription()
    canvas.set_box(Box(100, 90, 300, 220))
    assert "200 by 130 pixels at 100, 90" in canvas.accessibleDescription()
    canvas.set_photo(None)
    assert "No photo" in canvas.accessibleDescription()


@pytest.mark.parametrize("zoom", [1 / 4, 1 / 2, 1.0, 2.0])
def test_a_large_photo_looks_the_same_near_and_far(canvas: PhotoCanvas, zoom: float) -> None:
    height, width = 2400, 4000  # more than is kept whole at half its size
    x, y = np.meshgrid(np.linspace(0, 255, width), np.linspace(0, 255, height))
    photo = np.stack([x, y, 255 - x], axis=2).astype(np.uint8)
    canvas.set_photo(photo)
    canvas.camera.zoom_photo(zoom / canvas.camera.scale, QPointF(canvas.viewport().rect().center()))
    canvas.camera.move(QPointF(37, -21))
    image = canvas.viewport().grab().toImage()
    for place in (QPoint(60, 60), QPoint(350, 270), QPoint(600, 500)):
        at_photo = canvas.mapToScene(place)
        colour = image.pixelColor(place)
        expected = photo[int(at_photo.y()), int(at_photo.x())]
        assert np.abs(np.array([colour.red(), colour.green(), colour.blue()]) - expected).max() <= 3
