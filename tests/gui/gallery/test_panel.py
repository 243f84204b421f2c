"""The gallery in the real window: filter, order, sections, selection, keys, marks; and its arithmetic at any size."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelectionModel, QLocale, QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.library.listing import Listing, PhotoRow
from core.library.ordering import ordered
from core.records import STAR
from gui.gallery.panel import ListedTiles
from gui.gallery.titles import written
from gui.main_window import MainWindow
from gui.widgets.section_layout import SectionLayout
from tests.conftest import own_copy
from tests.gui.test_window import PATIENCE_MS, opened


@given(
    st.lists(st.integers(1, 40), min_size=1, max_size=12), st.integers(1, 900), st.sampled_from([0, 28]), st.integers(-9, 9)
)
def test_every_tile_lies_where_it_is_looked_for(sizes: list[int], width: int, header: int, lines: int) -> None:
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)
    count = sum(sizes)
    shelves = SectionLayout(starts, count, (110, 96), width, header)
    for tile in range(count):
        x, y = shelves.corner(tile)
        assert shelves.tile_at(x, y) == shelves.tile_at(x + 109, y + 95) == tile
        assert tile in shelves.tiles_between(y, y + 1)
        there = shelves.stepped(tile, lines)
        assert 0 <= there < count
        assert (shelves.corner(there)[1] - y) * lines >= 0
    assert shelves.tile_at(0, shelves.height) == -1
    assert list(shelves.tiles_between(0, shelves.height)) == list(range(count))


def test_a_million_photos_are_laid_out_and_only_those_in_sight_are_made(qtbot: QtBot, window: MainWindow) -> None:
    listing = Listing([PhotoRow("/photos", f"{place // 1000:04}/{place:07}.jpg", place) for place in range(200_000)])
    order = ordered(listing, "", "folder")
    made: list[int] = []

    class Counted(ListedTiles):
        def __getitem__(self, place: Any) -> Any:
            made.append(place)
            return super().__getitem__(place)

    view = window.gallery.view
    view.show_tiles(Counted(listing, order), order.starts, order.titles)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    view.grab()
    assert 199_999 in made
    assert len(set(made)) < 200
    assert len(order.titles) == 200
    assert view.tiles.row_of(listing[123_456].path) == 123_456


@pytest.fixture
def browsing(window: MainWindow, qtbot: QtBot, library: Path, tmp_path: Path) -> MainWindow:
    opened(window, qtbot, own_copy(library, tmp_path / "own.cropseek"))
    window.shell.go("browse")
    qtbot.waitUntil(lambda: window.gallery.view.tiles.rowCount() == 6, timeout=PATIENCE_MS)
    return window


def test_filters_orders_and_mistakes(browsing: MainWindow, qtbot: QtBot) -> None:
    gallery = browsing.gallery
    gallery.filter.setText("loggia")
    qtbot.waitUntil(lambda: gallery.words() == "2 of 6 photos", timeout=PATIENCE_MS)
    gallery.filter.setText("size:huge")
    qtbot.waitUntil(lambda: "is not a size" in gallery.words(), timeout=PATIENCE_MS)
    assert gallery.view.tiles.rowCount() == 2  # what was shown stays
    gallery.filter.clear()
    qtbot.waitUntil(lambda: gallery.words() == "6 photos", timeout=PATIENCE_MS)
    session = browsing.session
    assert session.query is not None
    gallery.sort.setCurrentIndex(gallery.sort.findData("similar"))
    qtbot.waitUntil(lambda: gallery.view.tiles.row_of(session.query.path) == 0, timeout=PATIENCE_MS)
    gallery.sort.setCurrentIndex(gallery.sort.findData("date"))
    qtbot.waitUntil(lambda: gallery.view._titles == ("Without a date",), timeout=PATIENCE_MS)


def test_tiles_are_opened_selected_and_gone_through(browsing: MainWindow, qtbot: QtBot) -> None:
    view, session = browsing.gallery.view, browsing.session
    viewport, left, none = view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    places = [view.visualRect(view.tiles.index(row)).center() for row in range(3)]
    QTest.mouseClick(viewport, left, none, places[1])
    assert browsing.gallery.chosen() == [session.photos[1].path]
    QTest.mouseDClick(viewport, left, none, places[1])
    assert session.coming is not None
    assert session.coming.path == session.photos[1].path
    assert browsing.shell.now == "search"
    browsing.shell.go("browse")
    assert browsing.gallery.chosen() == [session.photos[1].path]
    QTest.mouseClick(viewport, left, Qt.KeyboardModifier.ControlModifier, places[0])
    assert browsing.gallery.chosen() == [session.photos[0].path, session.photos[1].path]
    assert session.coming.path == session.photos[1].path  # gathering opens nothing
    QTest.mouseClick(viewport, left, Qt.KeyboardModifier.ShiftModifier, places[2])
    assert len(browsing.gallery.chosen()) == 3
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.currentIndex().row() == 5
    QTest.keyClick(view, Qt.Key.Key_Up)
    QTest.keyClick(view, Qt.Key.Key_Left)
    here = view.currentIndex().row()
    assert here < 5
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert session.coming.path == session.photos[here].path
    browsing.shell.go("browse")
    browsing.gallery.sort.setCurrentIndex(browsing.gallery.sort.findData("date"))
    qtbot.waitUntil(lambda: view.sections.header > 0, timeout=PATIENCE_MS)
    view.verticalScrollBar().setValue(0)
    assert view.indexAt(QPoint(5, 5)).row() == -1  # the header


def test_the_size_of_the_pictures_is_kept(browsing: MainWindow) -> None:
    before = browsing.gallery.view.sections.columns
    browsing.gallery.size_slider.setValue(240)
    assert browsing.gallery.view.sections.columns < before
    assert browsing.settings.edge == 240


def test_photos_are_marked_by_key_and_it_is_undone(browsing: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    session, view = browsing.session, browsing.gallery.view

    def marks(row: int) -> tuple[str, ...]:
        return session.photos[row].marks

    browsing.gallery.view.select_path(session.photos[2].path)
    session.open_photo(session.photos[2].path)
    qtbot.waitUntil(lambda: session.shown == session.photos[2].path, timeout=PATIENCE_MS)
    browsing.actions_by_id["mark star"].trigger()
    qtbot.waitUntil(lambda: marks(2) == (STAR,), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: view.tiles.tile(2).caption.startswith("★"), timeout=PATIENCE_MS)
    for row in (0, 1):
        view._select(session.photos[row].path, view.selectionModel().SelectionFlag.Select)
    browsing.marking.toggle(" roof ")
    qtbot.waitUntil(lambda: all("roof" in marks(row) for row in (0, 1, 2)), timeout=PATIENCE_MS)
    assert len(browsing.gallery.chosen()) == 3  # the selection stays
    browsing.actions_by_id["undo"].trigger()
    qtbot.waitUntil(lambda: not any("roof" in marks(row) for row in (0, 1, 2)), timeout=PATIENCE_MS)
    assert marks(2) == (STAR,)
    browsing.gallery.filter.setText("is:starred")
    qtbot.waitUntil(lambda: view.tiles.rowCount() == 1, timeout=PATIENCE_MS)
    browsing.marking.export(tmp_path / "marks.csv")
    qtbot.waitUntil(lambda: "The marks of 1 photo are in" in browsing.messages.text(), timeout=PATIENCE_MS)
    browsing.actions_by_id["undo"].trigger()
    qtbot.waitUntil(lambda: view.tiles.rowCount() == 0, timeout=PATIENCE_MS)


def test_a_renamed_photo_is_followed(window: MainWindow, qtbot: QtBot, folder: Path, tmp_path: Path) -> None:
    photos = Path(shutil.copytree(folder, tmp_path / "photos"))
    with qtbot.waitSignal(window.session.indexed, timeout=PATIENCE_MS):
        window.session.open_folder(photos, tmp_path / "l.cropseek")
    qtbot.waitUntil(lambda: str(photos) in window.watcher.folders(), timeout=PATIENCE_MS)
    first = window.session.photos[0]
    window.session.open_photo(first.path)
    window.actions_by_id["mark star"].trigger()
    qtbot.waitUntil(lambda: window.session.photos[0].marks == (STAR,), timeout=PATIENCE_MS)
    first.path.rename(photos / "zzz.jpg")
    qtbot.waitUntil(lambda: window.gallery.view.tiles.row_of(photos / "zzz.jpg") == 5, timeout=PATIENCE_MS)
    assert window.session.photos[5].id == first.id  # not described anew
    assert window.session.photos[5].marks == (STAR,)


def on_a_disk(window: MainWindow, qtbot: QtBot, folder: Path, tmp_path: Path) -> Path:
    """A disk whose folder ``photos`` is indexed and open."""
    disk = tmp_path / "disk"
    shutil.copytree(folder, disk / "photos")
    with qtbot.waitSignal(window.session.indexed, timeout=PATIENCE_MS):
        window.session.open_folder(disk / "photos", tmp_path / "l.cropseek")
    return disk


def test_an_unplugged_folder_is_greyed_and_comes_back(
    window: MainWindow, qtbot: QtBot, folder: Path, tmp_path: Path
) -> None:
    disk, view = on_a_disk(window, qtbot, folder, tmp_path), window.gallery.view
    window.watcher._look.setInterval(100)
    (disk / "photos").rename(disk / "away")
    qtbot.waitUntil(lambda: view.tiles.tile(0).faded, timeout=PATIENCE_MS)
    assert view.tiles.rowCount() == 6
    assert "Not there now" in window.gallery.words()
    window.actions_by_id["refresh"].trigger()
    qtbot.waitUntil(lambda: "does not exist" in window.messages.text(), timeout=PATIENCE_MS)
    assert len(window.session.photos) == 6  # nothing is forgotten
    (disk / "away").rename(disk / "photos")
    qtbot.waitUntil(lambda: not view.tiles.tile(0).faded, timeout=PATIENCE_MS)


def test_a_folder_that_only_the_gallery_saw_away_comes_back_too(
    window: MainWindow, qtbot: QtBot, folder: Path, tmp_path: Path
) -> None:
    disk, view = on_a_disk(window, qtbot, folder, tmp_path), window.gallery.view
    window.watcher._look.stop()
    (disk / "photos").rename(disk / "away")
    window.gallery.refresh()
    qtbot.waitUntil(lambda: view.tiles.tile(0).faded, timeout=PATIENCE_MS)
    (disk / "away").rename(disk / "photos")
    window.watcher._look.start(100)
    qtbot.waitUntil(lambda: not view.tiles.tile(0).faded, timeout=PATIENCE_MS)


def test_a_further_folder_is_added(browsing: MainWindow, qtbot: QtBot, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(folder / "loggia-03.jpg", other / "new.jpg")
    with qtbot.waitSignal(browsing.session.indexed, timeout=PATIENCE_MS):
        browsing.session.add_folders([other])
    assert [photo.path.name for photo in browsing.session.photos if photo.path.parent == other] == ["new.jpg"]
    assert len(browsing.session.photos) == 7


def test_near_duplicates_are_shown_in_groups(window: MainWindow, qtbot: QtBot, folder: Path, tmp_path: Path) -> None:
    photos = Path(shutil.copytree(folder, tmp_path / "photos"))
    first = sorted(photos.iterdir())[0]
    shutil.copy(first, photos / "zz-copy.jpg")
    with qtbot.waitSignal(window.session.indexed, timeout=PATIENCE_MS):
        window.session.open_folder(photos)
    gallery = window.gallery
    gallery.sort.setCurrentIndex(gallery.sort.findData("duplicates"))
    qtbot.waitUntil(lambda: gallery.view.tiles.rowCount() == 2, timeout=PATIENCE_MS)
    assert [gallery.view.tiles.tile(row).path.name for row in (0, 1)] == [first.name, "zz-copy.jpg"]
    assert gallery.view._titles == ("2 nearly the same",)
    assert gallery._count.text() == "2 of 7 photos"
    assert "Shift+K" in gallery.words()


def test_more_like_the_chosen_photos_in_one_key(browsing: MainWindow, qtbot: QtBot) -> None:
    view, session = browsing.gallery.view, browsing.session
    paths = [photo.path for photo in session.photos]
    view.setFocus()
    view.select_path(paths[2])
    view._select(paths[4], QItemSelectionModel.SelectionFlag.Select)
    QTest.keyClick(view, Qt.Key.Key_M)
    qtbot.waitUntil(lambda: session.asked is not None and session.asked.path == paths[2], timeout=PATIENCE_MS)
    assert session.asked is not None
    assert [example.path for example in session.asked.more] == [paths[4]]
    qtbot.waitUntil(lambda: session.ranking is not None and session.ranking.query == session.asked, timeout=PATIENCE_MS)
    hits = browsing.results.view
    hits.setFocus()
    hits.setCurrentIndex(hits.tiles.index(1))
    chosen = hits.tiles.tile(1).path
    QTest.keyClick(hits, Qt.Key.Key_M)
    qtbot.waitUntil(lambda: session.asked is not None and session.asked.path == chosen, timeout=PATIENCE_MS)


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("2024-05", "May 2024"), ("2024-05-17", "Friday, 17 May 2024"), ("Without a date", "Without a date"),
        ("/a/b/cd", "/a/b/cd"), ("2024-13", "2024-13"),
    ],
)  # fmt: skip
def test_days_and_months_are_written_as_people_do(title: str, words: str) -> None:
    QLocale.setDefault(QLocale(QLocale.Language.English))
    assert written(title) == words
