"""Living with a collection: quitting in the middle and starting again, two windows on one library, a collection gone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from core.geometry import Box
from core.records import STAR, Query
from gui.desktop.settings import Settings
from gui.main_window import MainWindow
from gui.state import collection
from gui.state.lanes import Lane
from tests.conftest import NAMES, own_copy
from tests.gui.conftest import new_window
from tests.gui.test_window import PATIENCE_MS, opened


@pytest.fixture
def another(qtbot: QtBot, settings: Settings) -> Iterator[MainWindow]:
    """A window as a second start of the program makes it."""
    with new_window(settings) as made:
        yield made


def indexed_copy(window: MainWindow, qtbot: QtBot, folder: Path, place: Path) -> Path:
    """A copy of the folder that tests may change, open and indexed."""
    photos = Path(shutil.copytree(folder, place / "photos"))
    with qtbot.waitSignal(window.session.indexed, timeout=PATIENCE_MS):
        window.session.open_folder(photos)
    return photos


def test_quitting_while_indexing_and_starting_again_goes_on(
    window: MainWindow, another: MainWindow, qtbot: QtBot, folder: Path, tmp_path: Path
) -> None:
    photos = Path(shutil.copytree(folder, tmp_path / "photos"))
    done: list[str] = []
    window.session.jobs.progressed.connect(lambda lane, n, total, what: done.append(lane) if n >= 2 else None)
    window.session.open_folder(photos)
    qtbot.waitUntil(lambda: Lane.INDEX in done, timeout=PATIENCE_MS)
    assert window.shutdown()
    kept = window.session.engine.library_for([photos])
    assert kept.exists()
    with qtbot.waitSignal(another.session.indexed, timeout=PATIENCE_MS) as report:
        another.recent.restore()  # the same settings: what was open last
    assert another.session.folders == (photos,)
    assert another.session.library is not None
    assert another.session.library.photos == len(NAMES)
    assert report.args[0].indexed < len(NAMES)  # what was done is not done again


def test_two_windows_work_on_one_library(
    window: MainWindow, another: MainWindow, qtbot: QtBot, library: Path, tmp_path: Path
) -> None:
    shared = own_copy(library, tmp_path / "shared.cropseek")
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
    qtbot.waitUntil(lambda: not another.session.jobs.busy(Lane.WRITE), timeout=PATIENCE_MS)
    opened(another, qtbot, shared)
    qtbot.waitUntil(lambda: another.session.photos[0].marks == (STAR,), timeout=PATIENCE_MS)
    assert another.session.photos[1].marks == ("roof",)


@pytest.mark.parametrize("name", ["unplugged", "/".join(["n" * 250] * 17)])
def test_a_collection_that_is_gone_at_a_start_is_told(
    window: MainWindow, qtbot: QtBot, settings: Settings, tmp_path: Path, name: str
) -> None:
    settings.add_recent(tmp_path / name)  # the second is longer than the system takes: was an OSError
    window.recent.restore()
    qtbot.waitUntil(lambda: "it is not there any more" in window.messages.text(), timeout=PATIENCE_MS)
    assert len(window.messages.text()) < 500
    assert window.welcome.isVisible()
    assert settings.recent == ()


def test_a_box_is_typed(window: MainWindow, qtbot: QtBot, library: Path) -> None:
    opened(window, qtbot, library)
    qtbot.waitUntil(window.canvas.has_photo, timeout=PATIENCE_MS)
    window.actions_by_id["box"].trigger()
    fields = window.box_fields.fields
    assert window.box_fields.isVisible()
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


def test_a_start_goes_back_to_where_a_person_was(
    window: MainWindow, another: MainWindow, qtbot: QtBot, library: Path
) -> None:
    opened(window, qtbot, library)
    qtbot.waitUntil(lambda: window.gallery.view.tiles.rowCount() == 6, timeout=PATIENCE_MS)
    window.resize(900, 500)
    window.gallery.sort.setCurrentIndex(window.gallery.sort.findData("name"))
    qtbot.waitUntil(lambda: not window.session.jobs.busy(Lane.ORDER), timeout=PATIENCE_MS)
    window.gallery.view.set_edge(256)
    window.gallery.view.bring(window.session.photos[3].path)
    assert window.gallery.position() == ("name", window.gallery.view.tiles.tile(3).path)
    window.close()
    another.resize(900, 500)
    another.gallery.view.set_edge(256)
    another.recent.restore()
    qtbot.waitUntil(lambda: another.gallery.position()[1] == window.gallery.view.tiles.tile(3).path, timeout=PATIENCE_MS)
    assert another.gallery.sort.currentData() == "name"


def test_a_deleted_photo_is_greyed_and_can_be_forgotten(
    window: MainWindow, qtbot: QtBot, folder: Path, tmp_path: Path
) -> None:
    photos = indexed_copy(window, qtbot, folder, tmp_path)
    gone = sorted(photos.iterdir())[2]
    gone.unlink()
    with qtbot.waitSignal(window.session.indexed, timeout=PATIENCE_MS):
        window.actions_by_id["refresh"].trigger()
    tiles = window.gallery.view.tiles
    qtbot.waitUntil(lambda: tiles.tile(2).faded, timeout=PATIENCE_MS)
    assert tiles.tile(2).path == gone
    assert "not there any more" in tiles.tile(2).tooltip
    assert "1 photo is not there any more" in window.messages.text()
    window.messages._action.click()
    qtbot.waitUntil(lambda: tiles.rowCount() == 5, timeout=PATIENCE_MS)


def test_one_of_two_disks_is_away_and_the_other_goes_on(
    window: MainWindow, qtbot: QtBot, folder: Path, tmp_path: Path
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    names = sorted(folder.iterdir())
    for place, some in ((first, names[:2]), (second, names[2:3])):
        place.mkdir()
        for path in some:
            shutil.copy(path, place)
    with qtbot.waitSignal(window.session.indexed, timeout=PATIENCE_MS):
        window.session.open_folders((first, second))
    second.rename(tmp_path / "away")
    shutil.copy(names[4], first / "new.jpg")
    with qtbot.waitSignal(window.session.indexed, timeout=PATIENCE_MS) as told:
        window.session.refresh()
    assert (told.args[0].indexed, told.args[0].removed) == (1, 0)
    assert [photo.state for photo in window.session.photos] == ["indexed"] * 4
    (tmp_path / "away").rename(second)
    library = window.session.library
    assert library is not None
    shutil.copy(names[5], second / "newer.jpg")
    with qtbot.waitSignal(window.session.indexed, timeout=PATIENCE_MS) as told:
        window.recent.reopen(library.path)  # of several folders: they are looked through too
    assert told.args[0].indexed == 1


def test_new_files_are_shown_before_they_are_indexed(
    window: MainWindow, qtbot: QtBot, folder: Path, tmp_path: Path
) -> None:
    photos = indexed_copy(window, qtbot, folder, tmp_path)
    states: list[list[str]] = []
    window.session.photos_changed.connect(lambda: states.append([photo.state for photo in window.session.photos]))
    shutil.copy(photos / f"{NAMES[0]}.jpg", photos / "a-copy.jpg")
    with qtbot.waitSignal(window.session.indexed, timeout=PATIENCE_MS):
        window.session.open_folder(photos)
    assert states[0] == ["indexed"] * 6  # at once, from the library
    assert ["new", *["indexed"] * 6] in states
    assert states[-1] == ["indexed"] * 7


def test_what_is_on_screen_is_indexed_first(window: MainWindow, qtbot: QtBot, folder: Path, tmp_path: Path) -> None:
    photos = Path(shutil.copytree(folder, tmp_path / "photos"))
    last = sorted(photos.iterdir())[-1]
    with qtbot.waitSignal(window.session.indexed, timeout=PATIENCE_MS):
        window.session.open_folder(photos, first=Query(last))
    assert min(window.session.photos, key=lambda photo: photo.id).path == last
    window.shell.go("browse")
    qtbot.waitUntil(lambda: len(window.session.seen) > 1, timeout=PATIENCE_MS)  # the panel tells what is in sight


def test_what_was_asked_is_searched_as_soon_as_something_is_indexed(
    window: MainWindow, qtbot: QtBot, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, photos = window.session, tmp_path / "photos"
    for place in range(8):
        shutil.copytree(folder, photos / str(place))
    monkeypatch.setattr(collection, "COUNT_S", 0.2)
    session.open_folder(photos)
    qtbot.waitUntil(lambda: session.ranking is not None and len(session.ranking.hits) > 1, timeout=PATIENCE_MS)
    assert session.indexing
    assert len(session.ranking.hits) < len(session.photos) - 1
    assert "searching" in window.status.text()
    session.cancel_indexing()


@pytest.mark.parametrize(("wish", "paused"), [("pause", True), ("slow", False), ("ignore", False)])
def test_indexing_minds_the_battery(
    window: MainWindow, settings: Settings, qtbot: QtBot, folder: Path, tmp_path: Path, wish: str, paused: bool
) -> None:
    settings.on_battery = wish
    photos = Path(shutil.copytree(folder, tmp_path / "photos"))
    heard: list[tuple[int, bool]] = []
    set_threads = window.session.engine.set_threads
    window.session.engine.set_threads = (  # type: ignore[method-assign]
        lambda number, saving=False: (heard.append((number, saving)), set_threads(number, saving))[1]
    )
    window.battery._ask = lambda: True
    window.session.open_folder(photos)
    qtbot.waitUntil(lambda: bool(heard), timeout=PATIENCE_MS)
    assert heard[0] == (0, wish == "slow")
    assert window.session.index_paused is paused
    if paused:
        assert "paused · " in window.progress.text()
        assert "on battery" in window.progress.text()
    window.battery._ask = lambda: False  # plugged in again
    with qtbot.waitSignal(window.session.indexed, timeout=PATIENCE_MS):
        window.battery.apply(False)
    assert heard[-1] == (0, False)


def test_folders_dropped_on_the_gallery_are_added(
    window: MainWindow, qtbot: QtBot, folder: Path, library: Path, tmp_path: Path
) -> None:
    own = own_copy(library, tmp_path / "own.cropseek")
    opened(window, qtbot, own)
    further = tmp_path / "further"
    further.mkdir()
    shutil.copy(folder / f"{NAMES[0]}.jpg", further / "further.jpg")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(further))])
    window.shell.go("browse")
    qtbot.waitUntil(window.gallery.isVisible, timeout=PATIENCE_MS)
    at = window.gallery.mapTo(window, window.gallery.rect().center())
    event = QDropEvent(
        QPointF(at), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    with qtbot.waitSignal(window.session.indexed, timeout=PATIENCE_MS):
        window.dropEvent(event)
    assert window.session.folders == (folder, further)
    assert len(window.session.photos) == 7


def test_panels_come_with_the_first_photos(window: MainWindow, qtbot: QtBot, library: Path) -> None:
    assert window.welcome.isVisible()
    panels = {"browse": window.gallery, "search": window.results, "inspect": window.inspector}
    assert not any(panel.isVisible() for panel in panels.values())
    opened(window, qtbot, library)
    for name in panels:
        window.shell.go(name)
        assert [panel.isVisible() for panel in panels.values()] == [name == other for other in panels]
