"""Three workspaces and a lab in one window: what each shows, how it fits the screen, and what switching keeps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QPoint, QPointF, QSettings, Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QScrollBar,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from core.engine import Engine
from core.geometry import Box
from core.records import Hit, PhotoRecord, Query, Ranking
from gui.desktop.settings import Settings
from gui.main_window import MainWindow
from gui.state.lanes import Lane
from gui.workspaces.names import WORKSPACES
from tests.conftest import NAMES
from tests.gui.test_window import PATIENCE_MS, opened, searched

SMALL = (1024, 600)


def many_hits(count: int = 60, verified: int = 5) -> Ranking:
    """A ranking of photos that are nowhere."""
    hits = [
        Hit(rank, PhotoRecord(Path(f"/none/{rank}.jpg"), rank, 800, 600), 0.5, 100, 20 * (rank <= verified), confidence=0.5)
        for rank in range(1, count + 1)
    ]
    return Ranking(Query(Path("/none/0.jpg"), Box(10, 10, 200, 200)), tuple(hits), "verified", "standard", 0.01, 40)


def parts(widget: QWidget) -> Iterator[QWidget]:
    """Every visible part, but for those that scroll."""
    for child in widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if child.isVisible() and not child.isWindow():
            yield child
            # A spin box's field and the like are Qt's own business; what scrolls is not cut, as one can go there.
            if not isinstance(child, (QAbstractScrollArea, QAbstractSpinBox, QComboBox, QScrollBar)):
                yield from parts(child)


def cut_off(window: MainWindow) -> list[str]:
    """What is seen only in part, or has less room than it needs."""
    found = []
    for part in parts(window):
        least = part.minimumSizeHint().boundedTo(part.minimumSize()) if part.minimumWidth() else part.minimumSizeHint()
        parent = part.parentWidget()
        inside = parent.rect().contains(part.geometry()) if parent is not None else True
        if not inside or part.width() < least.width() or part.height() < least.height():
            found.append(f"{type(part).__name__} {part.objectName()} {part.geometry().getRect()} needs {least.toTuple()}")
    beyond = window.toolbar.findChild(QToolButton, "qt_toolbar_ext_button")
    return found + ["the toolbar"] * (isinstance(beyond, QToolButton) and beyond.isVisible())


def whole_hits(window: MainWindow) -> int:
    """Hits that are seen whole."""
    view = window.results.view
    room = view.viewport().rect()
    return sum(room.contains(view.visualRect(view.tiles.index(row))) for row in range(view.tiles.rowCount()))


def sized(window: MainWindow, qtbot: QtBot, width: int, height: int) -> None:
    window.resize(width, height)
    qtbot.waitUntil(lambda: window.size().toTuple() == (width, height), timeout=PATIENCE_MS)
    QApplication.processEvents()


def every_state(window: MainWindow) -> Iterator[str]:
    """The workspaces, with all that may be open in each."""
    for name in WORKSPACES:
        window.shell.go(name)
        yield name
        for command in {"browse": ("details", "map"), "search": ("compare", "box"), "inspect": ("sheet",)}.get(name, ()):
            window.actions_by_id[command].trigger()
            yield f"{name} {command}"
            window.actions_by_id[command].trigger()


@pytest.mark.parametrize("larger", [1.0, 1.5])
def test_everything_fits_a_small_screen(
    window: MainWindow, qtbot: QtBot, library: Path, folder: Path, larger: float
) -> None:
    everything_fits(window, qtbot, library, folder, larger)


def everything_fits(window: MainWindow, qtbot: QtBot, library: Path, folder: Path, larger: float) -> None:
    """Nothing is cut in any workspace on a small screen, with texts so many times as large as usual."""
    font, usual = QFont(QApplication.font()), QApplication.font()
    font.setPointSizeF(usual.pointSizeF() * larger)
    QApplication.setFont(font)
    try:
        opened(window, qtbot, library)
        searched(window, qtbot, folder / f"{NAMES[0]}.jpg")
        sized(window, qtbot, *SMALL)
        for state in every_state(window):
            qtbot.wait(50)  # what was posted meanwhile is laid out
            least = window.minimumSizeHint().expandedTo(window.minimumSize())
            assert (least.width() <= SMALL[0], least.height() <= SMALL[1]) == (True, True), state
            assert window.size().toTuple() == SMALL, state
            assert cut_off(window) == [], state
        qtbot.waitUntil(lambda: not any(map(window.session.jobs.busy, Lane)), timeout=PATIENCE_MS)
    finally:
        QApplication.setFont(usual)


@pytest.mark.parametrize(("size", "hits"), [((1280, 800), 12), ((1920, 1080), 24)])
def test_the_photo_is_the_hero_and_hits_are_seen(
    window: MainWindow, qtbot: QtBot, size: tuple[int, int], hits: int
) -> None:
    window.shell.furnish(True)
    window.results.set_ranking(many_hits(), True)
    sized(window, qtbot, *size)
    assert window.canvas.width() * window.canvas.height() >= 0.45 * size[0] * size[1]
    assert whole_hits(window) >= hits
    assert [window.results.view.title_of(row) for row in (0, 4, 5)] == ["Verified", "Verified", "Similar"]


def test_switching_keeps_what_was_there(window: MainWindow, qtbot: QtBot, library: Path, folder: Path) -> None:
    opened(window, qtbot, library)
    searched(window, qtbot, folder / f"{NAMES[0]}.jpg")
    session, camera = window.session, window.canvas.camera
    session.set_box(Box(60, 40, 360, 300))
    qtbot.waitUntil(session.searches.settled, timeout=PATIENCE_MS)
    window.gallery.view.select_path(session.photos[2].path)
    window.results.view.select_path(session.ranking.hits[1].photo.path)  # type: ignore[union-attr]
    window.canvas.zoom(3.0)
    window.results.filter.setFocus()

    def seen() -> tuple[object, ...]:
        middle = camera.point_at(QPointF(window.canvas.viewport().rect().center()))
        place = round(camera.scale, 6), round(middle.x()), round(middle.y())
        return session.query, session.ranking, window.canvas.box(), window.results.chosen(), window.gallery.chosen(), place

    before = seen()
    for key, name in (("G", "browse"), ("I", "inspect"), ("L", "lab"), ("Q", "search")):
        QTest.keyClick(window, key)
        assert window.shell.now == name
        assert window.toolbar.switch.buttons[name].isChecked()
    after = seen()
    assert after[:-1] == before[:-1]
    assert after[-1] == pytest.approx(before[-1], abs=2)


def test_browse_opens_in_search(window: MainWindow, qtbot: QtBot, library: Path) -> None:
    opened(window, qtbot, library)
    window.shell.go("browse")
    view, session = window.gallery.view, window.session
    qtbot.waitUntil(lambda: view.tiles.rowCount() == 6, timeout=PATIENCE_MS)
    before = session.coming
    place = view.visualRect(view.tiles.index(2)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.shell.now == "browse"  # one click selects
    assert session.coming == before
    assert view.chosen() == [session.photos[2].path]
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.shell.now == "search"
    qtbot.waitUntil(lambda: session.shown == session.photos[2].path, timeout=PATIENCE_MS)
    window.shell.go("browse")
    view.select_path(session.photos[4].path)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert window.shell.now == "search"
    qtbot.waitUntil(lambda: session.shown == session.photos[4].path, timeout=PATIENCE_MS)
    qtbot.waitUntil(session.searches.settled, timeout=PATIENCE_MS)


def test_the_layout_is_reset_and_a_far_window_comes_back(
    qtbot: QtBot, settings: Settings, library: Path, tmp_path: Path
) -> None:
    window = MainWindow(Engine(), settings)
    qtbot.addWidget(window)
    window.show()
    window.move(5000, 4000)
    window.resize(3000, 2500)
    opened(window, qtbot, library)
    window.resize(1280, 800)
    QApplication.processEvents()
    usual = window.results.width()
    handle = window.shell.photo.shares.handle(1)
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=QPoint(2, 100))
    QTest.mouseMove(handle, QPoint(-150, 100))
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=QPoint(-150, 100))
    moved = window.results.width()
    assert moved > usual + 50
    window.shell.go("browse")
    window.resize(3000, 2500)
    assert window.shutdown()
    window.close()

    again = MainWindow(Engine(), settings)
    qtbot.addWidget(again)
    again.show()
    room = again.screen().availableGeometry()
    assert again.frameGeometry() != again.geometry()  # the offscreen platform has frames, as desktops have
    qtbot.waitUntil(lambda: room.contains(again.frameGeometry()), timeout=PATIENCE_MS)
    assert again.shell.now == "browse"
    opened(again, qtbot, library)
    again.shell.go("search")
    again.resize(1280, 800)
    QApplication.processEvents()
    assert isinstance(settings.bytes("shares/search"), QByteArray)
    again.actions_by_id["reset layout"].trigger()
    QApplication.processEvents()
    assert again.results.width() == usual
    assert settings.bytes("shares/search") is None
    assert again.shutdown()
    again.close()


def test_a_start_brings_back_what_was_seen(qtbot: QtBot, library: Path, folder: Path, tmp_path: Path) -> None:
    settings = Settings(QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat))
    query = Query(folder / f"{NAMES[0]}.jpg", Box(60, 40, 360, 300))
    window = MainWindow(Engine(), settings)
    qtbot.addWidget(window)
    window.show()
    opened(window, qtbot, library)
    searched(window, qtbot, query.path)
    window.session.set_box(query.box)
    qtbot.waitUntil(window.session.searches.settled, timeout=PATIENCE_MS)
    window.results.step(1)  # a hit is looked at: it is not what is asked
    qtbot.waitUntil(lambda: window.session.looking, timeout=PATIENCE_MS)
    window.strip.own.click()
    qtbot.waitUntil(lambda: not window.session.looking, timeout=PATIENCE_MS)
    assert window.session.query == query
    window.canvas.zoom(2.5)
    scale = window.canvas.camera.scale
    window.gallery.filter.setText("tower")
    window.shell.go("inspect")
    assert window.shutdown()
    window.close()

    again = MainWindow(Engine(), settings)
    qtbot.addWidget(again)
    again.show()
    again.recent.restore()
    session = again.session
    qtbot.waitUntil(lambda: session.query == query and session.searches.settled(), timeout=PATIENCE_MS)
    assert again.shell.now == "inspect"
    assert again.gallery.filter.text() == "tower"
    assert again.canvas.camera.scale == pytest.approx(scale, rel=0.02)
    assert again.shutdown()
    again.close()
