"""Living with a collection: quitting in the middle and starting again, two windows on one library, a collection gone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core.engine import Engine
from core.geometry import Box
from core.records import STAR
from gui.main_window import MainWindow
from gui.settings import Settings
from tests.conftest import NAMES
from tests.gui.test_window import PATIENCE_MS, opened


@pytest.fixture
def another(qtbot: QtBot, settings: Settings) -> Iterator[MainWindow]:
    """A window as a second start of the program makes it."""
    engine = Engine()
    made = MainWindow(engine, settings)
    made.show()
    yield made
    assert made.shutdown()
    made.close()
    made.deleteLater()
    engine.close_library()


def test_quitting_while_indexing_and_starting_again_goes_on(
    window: MainWindow, another: MainWindow, qtbot: QtBot, folder: Path, tmp_path: Path
) -> None:
    photos = Path(shutil.copytree(folder, tmp_path / "photos"))
    done: list[str] = []
    window.session.jobs.progressed.connect(lambda lane, n, total, what: done.append(lane) if n >= 2 else None)
    window.session.open_folder(photos)
    qtbot.waitUntil(lambda: "index" in done, timeout=PATIENCE_MS)
    assert window.shutdown()
    kept = window.session.engine.library_for([photos])
    assert kept.exists()
    with qtbot.waitSignal(another.session.indexed, timeout=PATIENCE_MS) as report:
        another.restoring.restore()  # the same settings: what was open last
    assert another.session.folders == (photos,)
    assert another.session.library is not None
    assert another.session.library.photos == len(NAMES)
    assert report.args[0].indexed < len(NAMES)  # what was done is not done again


def test_two_windows_work_on_one_library(
    window: MainWindow, another: MainWindow, qtbot: QtBot, library: Path, tmp_path: Path
) -> None:
    shared = Path(shutil.copy(library, tmp_path / "shared.cropseek"))
    for each in (window, another):
        opened(each, qtbot, shared)
        qtbot.waitUntil(lambda each=each: each.session.ranking is not None, timeout=PATIENCE_MS)
    first = window.session.photos[0].path
    window.gallery.view.select_path(first)
    window.marking.toggle(STAR)
    qtbot.waitUntil(lambda: window.session.photos[0].marks == (STAR,), timeout=PATIENCE_MS)
    another.gallery.view.select_path(first)
    another.session.open_photo(another.session.photos[1].path)
    another.gallery.view.select_path(another.session.photos[1].path)
    another.marking.toggle("roof")
    qtbot.waitUntil(lambda: another.session.photos[1].marks == ("roof",), timeout=PATIENCE_MS)
    opened(another, qtbot, shared)
    qtbot.waitUntil(lambda: another.session.photos[0].marks == (STAR,), timeout=PATIENCE_MS)
    assert another.session.photos[1].marks == ("roof",)


def test_a_collection_that_is_gone_at_a_start_is_told(window: MainWindow, settings: Settings, tmp_path: Path) -> None:
    settings.add_recent(tmp_path / "unplugged")
    window.restoring.restore()
    assert "unplugged: it is not there any more" in window.messages.text()
    assert window.welcome.isVisible()
    assert settings.recent == ()


def test_a_box_is_typed(window: MainWindow, qtbot: QtBot, library: Path) -> None:
    opened(window, qtbot, library)
    qtbot.waitUntil(window.canvas.has_photo, timeout=PATIENCE_MS)
    window.actions_by_id["box"].trigger()
    fields = window.details.box.fields
    assert fields["Left"].accessibleName() == "Left of the box"
    for name, value in (("Left", 100), ("Top", 50), ("Width", 200), ("Height", 120)):
        fields[name].setValue(value)
    assert window.canvas.box() == Box(100, 50, 300, 170)
    assert window.session.query is not None
    assert window.session.query.box == Box(100, 50, 300, 170)
    window.canvas.set_box(Box(10, 20, 110, 220))
    window.session.set_box(Box(10, 20, 110, 220))
    assert [field.value() for field in fields.values()] == [10, 20, 100, 200]
    fields["Width"].setValue(0)
    assert window.session.query.box is None
