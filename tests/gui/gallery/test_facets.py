"""What the gallery is narrowed to by a click, and what is known of photos while they are indexed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QLocale, QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTreeWidget
from pytestqt.qtbot import QtBot

from core.engine import Listing, parse_filter
from core.library.cameras import Cameras
from core.library.listing import PhotoRow
from core.records import STAR
from gui.gallery.facets import Facet, _item, facets_of, quoted
from gui.main_window import MainWindow
from gui.state.merging import merged
from tests.conftest import own_copy
from tests.gui.test_window import PATIENCE_MS, opened

ROWS = [
    PhotoRow("/photos", "a.jpg", 1, taken="2023-05-01 10:00:00"),
    PhotoRow("/photos", "rome/b.jpg", 2, taken="2024-05-02 10:00:00"),
    PhotoRow("/photos", "rome/old town/c.jpg", 3, taken="2024-06-02 10:00:00"),
    PhotoRow("/photos", "rome/old town/d.jpg", 4),
]


def test_folders_dates_and_tags_are_offered_with_their_numbers() -> None:
    QLocale.setDefault(QLocale(QLocale.Language.English))
    listing = Listing(ROWS, {1: (STAR,), 2: ("night walk", STAR), 3: ("night walk",)})
    whole, starred, folders, dates, tags = facets_of(listing)
    assert (whole.term, whole.count, starred.term, starred.count) == ("", 4, "is:starred", 2)
    (rome,) = folders.below
    assert (rome.words, rome.term, rome.count) == ("rome", "folder:rome", 3)
    assert [(facet.term, facet.count) for facet in rome.below] == [('folder:"rome/old town"', 2)]
    assert [(year.words, year.count) for year in dates.below] == [("2024", 2), ("2023", 1)]
    assert [(month.words, month.term) for month in dates.below[0].below] == [
        ("June", "date:2024-06"),
        ("May", "date:2024-05"),
    ]
    assert [(tag.term, tag.count) for tag in tags.below] == [('tag:"night walk"', 2)]
    for facet in (starred, rome, rome.below[0], *dates.below, *dates.below[0].below, *tags.below):
        assert sum(map(parse_filter(facet.term), listing)) == facet.count, facet.term


def test_cameras_are_offered_with_the_photos_that_their_filter_finds() -> None:
    """One name can begin another."""
    groups = [("Canon EOS 5D", [1]), ("Canon EOS 5D Mark II", [2, 3])]
    cameras = Cameras.of_groups([(name, np.array(ids, dtype=np.int64)) for name, ids in groups])
    listing = Listing(ROWS, cameras=cameras)
    (found,) = [facet for facet in facets_of(listing) if facet.words == "Cameras"]
    assert [(facet.words, facet.term, facet.count) for facet in found.below] == [
        ("Canon EOS 5D", 'camera:"Canon EOS 5D"', 3),
        ("Canon EOS 5D Mark II", 'camera:"Canon EOS 5D Mark II"', 2),
        ("Unknown", "-camera:", 1),
    ]
    for facet in found.below:
        assert sum(map(parse_filter(facet.term), listing)) == facet.count, facet.term


def test_kinds_that_are_not_there_are_left_out() -> None:
    assert [facet.words for facet in facets_of(Listing([PhotoRow("/photos", "a.jpg")]))] == ["All photos"]
    assert quoted("folder", "rome") == "folder:rome"


@pytest.mark.parametrize("dark", [False, True])
def test_a_line_that_holds_others_shows_that_it_opens(qtbot: QtBot, theme: Callable[[bool, int], None], dark: bool) -> None:
    tree = QTreeWidget(headerHidden=True, indentation=14)
    qtbot.addWidget(tree)
    tree.setColumnCount(2)
    tree.addTopLevelItems([_item(Facet("2024", "date:2024", 2)), _item(Facet("2023", "", 1))])
    tree.topLevelItem(0).addChild(_item(Facet("May", "date:2024-05", 2)))  # type: ignore[union-attr]
    theme(dark, 100)
    tree.show()

    def colours_before(row: int) -> int:
        line = tree.visualItemRect(tree.topLevelItem(row))  # type: ignore[arg-type]
        picture = tree.viewport().grab(QRect(0, line.top() + 1, 14, line.height() - 2)).toImage()
        return len({picture.pixel(x, y) for x in range(picture.width()) for y in range(picture.height())})

    assert colours_before(0) > 1
    assert colours_before(1) == 1


def test_what_is_stored_is_known_while_the_rest_is_indexed() -> None:
    found = Listing([PhotoRow(row.root, row.name) for row in ROWS])
    stored = Listing([ROWS[1]._replace(state="indexed", width=800, height=600)], {2: (STAR,)})
    both = merged(found, stored)
    assert [photo.path for photo in both] == [photo.path for photo in found]
    assert [photo.id for photo in both] == [-1, 2, -1, -1]
    assert (both[1].taken, both[1].marks, both[1].width) == (ROWS[1].taken, (STAR,), 800)


@pytest.fixture
def browsing(window: MainWindow, qtbot: QtBot, library: Path, tmp_path: Path) -> MainWindow:
    opened(window, qtbot, own_copy(library, tmp_path / "own.cropseek"))
    window.actions_by_id["workspace browse"].trigger()
    qtbot.waitUntil(lambda: window.gallery.view.tiles.rowCount() == 6, timeout=PATIENCE_MS)
    return window


def test_a_click_narrows_the_gallery_and_photos_are_kept(browsing: MainWindow, qtbot: QtBot) -> None:
    view, tree = browsing.gallery.view, browsing.facets.tree
    view.select_path(view.tiles.tile(1).path)
    browsing.actions_by_id["mark star"].trigger()
    qtbot.waitUntil(lambda: "is:starred" in browsing.facets.terms(), timeout=PATIENCE_MS)
    browsing.actions_by_id["mark keep"].trigger()
    qtbot.waitUntil(lambda: "tag:keep" in browsing.facets.terms(), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: view.tiles.tile(1).caption.startswith("★ ✓"), timeout=PATIENCE_MS)
    place = tree.visualItemRect(tree.topLevelItem(1)).center()  # type: ignore[arg-type]
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: view.tiles.rowCount() == 1, timeout=PATIENCE_MS)
    assert browsing.gallery.filter.text() == "is:starred"
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=tree.visualItemRect(tree.topLevelItem(0)).center())  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: view.tiles.rowCount() == 6, timeout=PATIENCE_MS)


def test_the_gallery_has_a_menu_of_its_own(browsing: MainWindow, qtbot: QtBot) -> None:
    view, menu = browsing.gallery.view, browsing.commands.gallery_menu
    view.select_path(view.tiles.tile(3).path)
    view.customContextMenuRequested.emit(QPoint(5, 5))
    assert menu.isVisible()
    menu.close()
    browsing.actions_by_id["hit paths"].trigger()
    assert QGuiApplication.clipboard().text() == str(view.tiles.tile(3).path)
    path = view.tiles.tile(3).path
    menu.actions()[0].trigger()
    assert browsing.shell.now == "search"
    qtbot.waitUntil(lambda: browsing.session.shown == path, timeout=PATIENCE_MS)
    qtbot.waitUntil(browsing.session.searches.settled, timeout=PATIENCE_MS)


def test_the_star_and_the_details_tell_how_a_photo_is_marked(browsing: MainWindow, qtbot: QtBot) -> None:
    view, star = browsing.gallery.view, browsing.actions_by_id["mark star"]
    browsing.actions_by_id["details"].trigger()
    view.select_path(view.tiles.tile(1).path)
    assert not star.isChecked()
    star.trigger()
    assert star.isChecked()
    browsing.marking.toggle("roof")
    qtbot.waitUntil(lambda: browsing.details.rows().get("Tags") == "roof", timeout=PATIENCE_MS)
    assert browsing.details.rows()["Star"] == "★"
    view.select_path(view.tiles.tile(2).path)
    assert not star.isChecked()
    qtbot.waitUntil(lambda: "Tags" not in browsing.details.rows(), timeout=PATIENCE_MS)
    view.select_path(view.tiles.tile(1).path)
    assert star.isChecked()
    star.trigger()
    assert not star.isChecked()
