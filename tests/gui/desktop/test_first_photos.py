"""A large library shows its first photos at once; what needs all of them waits, and says so."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QLocale
from pytestqt.qtbot import QtBot

from core.engine import Listing, Ticket, ordered, publish_library
from core.library import listing_file, stored_listing
from core.library.listing import Columns, PhotoRow
from core.library.listing_file import Reading
from core.remote import contents, listing
from core.remote.address import parse_address
from core.remote.causes import gone
from core.util.errors import UserError
from gui.gallery.panel import ListedTiles
from gui.main_window import MainWindow
from gui.state.lanes import Lane
from tests.conftest import own_copy
from tests.core.remote.conftest import READER, PostgresServer
from tests.core.remote.conftest import server as server
from tests.gui.desktop.test_shared_library import typed
from tests.gui.test_window import PATIENCE_MS

FIRST = 3


class Held:
    """Lets the list of all photos be read, after ``hold()`` page by page: ``more()`` gives one more, ``all()`` the rest."""

    def __init__(self) -> None:
        self._pages, self._free = threading.Semaphore(0), True
        self.failing: Callable[[], Exception] | None = None

    def wait(self) -> None:
        while not self._free and not self._pages.acquire(timeout=0.05):
            pass
        if self.failing is not None:
            raise self.failing()

    def hold(self) -> None:
        self._free = False

    def more(self) -> None:
        self._pages.release()

    def all(self) -> None:
        self._free = True


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    """The list comes in pages of two photos, the first photos are three."""
    held, page, pages = Held(), listing._page, Reading._pages

    def held_page(*given: Any) -> Any:
        held.wait()
        return page(*given)

    def held_pages(self: Reading, number: int, most: int) -> Iterator[tuple[str, Columns]]:
        found = pages(self, number, most)
        while True:
            if most == listing_file.ALL:
                held.wait()
            if (one := next(found, None)) is None:
                return
            yield one

    monkeypatch.setattr(Reading, "_pages", held_pages)
    monkeypatch.setattr(listing_file, "PAGE", 2)
    monkeypatch.setattr(stored_listing, "FIRST", FIRST)
    monkeypatch.setattr(stored_listing, "MANY", FIRST)
    monkeypatch.setattr(listing, "_page", held_page)
    monkeypatch.setattr(listing, "_PAGE", listing._PAGE.replace(str(listing.PAGE), "2"))
    monkeypatch.setattr(contents, "_CONTENTS", contents._CONTENTS.replace(str(contents.FIRST), str(FIRST)))
    yield held
    held.all()


@pytest.fixture
def own(library: Path, tmp_path: Path) -> Path:
    """A library of one's own."""
    return own_copy(library, tmp_path / "own.cropseek")


@pytest.fixture
def address(library: Path, request: pytest.FixtureRequest) -> str:
    server: PostgresServer = request.getfixturevalue("server")
    name = server.database()
    publish_library(library, server.address(name), Ticket())
    return server.address(name, READER)


@pytest.fixture(params=["shared", "file", "folder"])
def begun(
    window: MainWindow, qtbot: QtBot, held: Held, own: Path, folder: Path, request: pytest.FixtureRequest
) -> MainWindow:
    """The window with the first photos on show."""
    QLocale.setDefault(QLocale(QLocale.Language.English))
    address = request.getfixturevalue("address") if request.param == "shared" else ""
    held.hold()
    with qtbot.waitSignal(window.session.library_changed, timeout=PATIENCE_MS):
        if address:
            window.actions_by_id["open shared"].trigger()
            typed(window, address)
        elif request.param == "file":
            window.open_path(own)
        else:
            window.session.open_folder(folder, own)
    window.shell.go("browse")
    qtbot.waitUntil(lambda: window.gallery.view.tiles.rowCount() == FIRST, timeout=PATIENCE_MS)
    return window


shared = pytest.mark.parametrize("begun", ["shared"], indirect=True)
near = pytest.mark.parametrize("begun", ["file", "folder"], indirect=True)


def words(window: MainWindow) -> str:
    return window.gallery.words()


def test_the_first_photos_are_shown_and_the_rest_follows_without_moving_anything(
    begun: MainWindow, qtbot: QtBot, held: Held
) -> None:
    session, view = begun.session, begun.gallery.view
    first = [photo.path for photo in session.photos]
    qtbot.waitUntil(lambda: all(view.tiles._store.get(path) is not None for path in first), timeout=PATIENCE_MS)
    assert begun.gallery._count.text() == "3 of 6 photos"
    assert "list of photos: 0 of 6 read" in begun.status.text()
    assert [facet.count for facet in begun.facets._shown] == [6]
    begun.resize(700, 420)
    begun.gallery.view.set_edge(256)
    view.select_paths(first[1:], first[2])
    qtbot.waitUntil(lambda: view.verticalScrollBar().maximum() > 0, timeout=PATIENCE_MS)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    place = view.visualRect(view.tiles.index(2)).top()
    held.more()
    qtbot.waitUntil(lambda: "list of photos: 2 of 6 read" in begun.status.text(), timeout=PATIENCE_MS)
    assert view.tiles.rowCount() == FIRST
    held.all()
    qtbot.waitUntil(lambda: view.tiles.rowCount() == 6, timeout=PATIENCE_MS)
    assert [photo.path for photo in session.photos][:FIRST] == first
    assert begun.gallery.chosen() == first[1:]
    assert view.current_path() == first[2]
    assert view.visualRect(view.tiles.index(2)).top() == place
    assert begun.gallery._count.text() == "6 photos"
    assert "list of photos" not in begun.status.text()
    qtbot.waitUntil(lambda: len(begun.facets._shown) >= 1 and not session.jobs.busy(Lane.FACETS), timeout=PATIENCE_MS)


@near
@pytest.mark.parametrize("room", ["browse", "search"])
def test_who_has_scrolled_away_from_the_photo_on_show_stays_there(
    begun: MainWindow, qtbot: QtBot, held: Held, room: str
) -> None:
    view = begun.gallery.view
    begun.resize(700, 420)
    view.set_edge(256)
    view.select_path(begun.session.photos[0].path)
    bar = view.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0, timeout=PATIENCE_MS)
    qtbot.wait(100)
    bar.setValue(bar.maximum())
    place = bar.value()
    begun.shell.go(room)
    held.all()
    qtbot.waitUntil(lambda: view.tiles.rowCount() == 6, timeout=PATIENCE_MS)
    begun.shell.go("browse")
    qtbot.waitUntil(view.isVisible, timeout=PATIENCE_MS)
    qtbot.wait(100)
    assert bar.value() == place


@shared
def test_what_stands_above_may_become_more(begun: MainWindow, qtbot: QtBot, held: Held) -> None:
    """A heading comes over the first tile when a second folder is known."""
    held.all()
    qtbot.waitUntil(lambda: begun.gallery.view.tiles.rowCount() == 6, timeout=PATIENCE_MS)
    view = begun.gallery.view
    one = Listing([PhotoRow("/photos", f"b/{k:04}.jpg", k) for k in range(1, 400)])
    two = Listing([PhotoRow("/photos", f"{folder}/{k:04}.jpg", k) for folder in "ab" for k in range(1, 400)])
    for each in (one, two):
        order = ordered(each, "", "folder")
        view.show_tiles(ListedTiles(each, order), order.starts, order.titles, same_order=True)
        if each is one:
            view.verticalScrollBar().setValue(1234)
            seen, where = view.in_sight()[0], view.visualRect(view.tiles.index(view.tiles.row_of(view.in_sight()[0])))
    assert view.in_sight()[0] == seen
    assert view.visualRect(view.tiles.index(view.tiles.row_of(seen))).top() == where.top()


def test_filters_orders_and_searches_wait_for_all_photos(begun: MainWindow, qtbot: QtBot, held: Held) -> None:
    gallery, session = begun.gallery, begun.session
    gallery.filter.setText("tower")
    qtbot.waitUntil(lambda: "wait until the list of all photos is read" in words(begun), timeout=PATIENCE_MS)
    assert gallery.view.tiles.rowCount() == FIRST
    gallery.filter.clear()
    qtbot.waitUntil(lambda: "wait until" not in words(begun), timeout=PATIENCE_MS)
    gallery.sort.setCurrentIndex(gallery.sort.findData("name"))
    qtbot.waitUntil(lambda: "wait until" in words(begun), timeout=PATIENCE_MS)
    gallery.filter.setText("tower")
    begun.survey.measure(None)
    assert "still being read" in begun.messages.text()
    assert session.jobs.busy(Lane.SEARCH)  # of the first photo, among all
    assert session.ranking is None
    held.all()
    qtbot.waitUntil(lambda: words(begun) == "2 of 6 photos", timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: session.ranking is not None, timeout=PATIENCE_MS)
    assert len(session.ranking.hits) == 5


def test_another_folder_ends_the_reading(
    begun: MainWindow, qtbot: QtBot, held: Held, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, other = begun.session, tmp_path / "other"
    monkeypatch.setattr(session, "_index", lambda *_: None)  # which would load the network
    other.mkdir()
    shutil.copy(folder / "loggia-03.jpg", other)
    with qtbot.waitSignal(session.photos_changed, timeout=PATIENCE_MS):
        session.open_folder(other, tmp_path / "none.cropseek")
    assert not session.rest.total
    assert "list of photos" not in begun.status.text()
    held.more()  # what was read meanwhile is let go
    qtbot.waitUntil(lambda: not session.jobs.busy(Lane.REST), timeout=PATIENCE_MS)
    assert [photo.path.parent for photo in session.photos] == [other]


def test_closing_ends_the_reading(begun: MainWindow, held: Held) -> None:
    assert begun.session.rest.total == 6
    threading.Timer(0.3, held.more).start()
    assert begun.shutdown()  # and in the fixture


@shared
def test_a_server_that_is_gone_meanwhile_is_told_once_and_read_again(begun: MainWindow, qtbot: QtBot, held: Held) -> None:
    session, told = begun.session, list[str]()
    session.failed.connect(lambda error: told.append(str(error)))
    session.rest._again.setInterval(50)
    assert session.library is not None
    where = parse_address(session.library.path)
    held.failing = lambda: gone(where)
    held.all()
    qtbot.waitUntil(lambda: any("cannot be reached" in one for one in told), timeout=PATIENCE_MS)
    qtbot.wait(500)
    assert sum("cannot be reached" in one for one in told) == 1
    assert begun.gallery.view.tiles.rowCount() == FIRST
    held.failing = None
    qtbot.waitUntil(lambda: begun.gallery.view.tiles.rowCount() == 6, timeout=PATIENCE_MS)


def test_the_first_photos_can_be_filtered_if_the_rest_cannot_be_read(begun: MainWindow, qtbot: QtBot, held: Held) -> None:
    told = list[str]()
    begun.session.failed.connect(lambda error: told.append(str(error)))
    begun.gallery.filter.setText("loggia")
    qtbot.waitUntil(lambda: "wait until" in words(begun), timeout=PATIENCE_MS)
    held.failing = lambda: UserError("this list cannot be read")
    held.all()
    qtbot.waitUntil(lambda: any("this list cannot be read" in one for one in told), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: "wait until" not in words(begun), timeout=PATIENCE_MS)
    assert begun.gallery.view.tiles.rowCount() < FIRST
    assert words(begun).endswith(f"of {FIRST} photos")
    assert "list of photos" not in begun.status.text()


def test_marks_set_meanwhile_stay(begun: MainWindow, qtbot: QtBot, held: Held) -> None:
    session = begun.session
    photo = session.photos[1].path
    begun.gallery.view.select_paths([photo])
    begun.marking.toggle("roof")
    assert session.photos[1].marks == ("roof",)
    qtbot.waitUntil(lambda: not session.jobs.busy(Lane.WRITE), timeout=PATIENCE_MS)
    held.all()
    qtbot.waitUntil(lambda: len(session.photos) == 6, timeout=PATIENCE_MS)
    assert session.photos[1].marks == ("roof",)


@shared
def test_agreeing_reads_nothing_again(begun: MainWindow, qtbot: QtBot, held: Held) -> None:
    session = begun.session
    begun.foreign.agree()
    qtbot.waitUntil(lambda: session.library is not None and session.library.agreed, timeout=PATIENCE_MS)
    assert session.rest.total == 6
    held.all()
    qtbot.waitUntil(lambda: len(session.photos) == 6 and session.ranking is not None, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: begun.canvas.has_photo(), timeout=PATIENCE_MS)


@near
def test_what_is_new_in_the_folders_is_looked_for_when_all_photos_are_there(
    begun: MainWindow, qtbot: QtBot, held: Held, folder: Path
) -> None:
    session, reports = begun.session, list[Any]()
    session.indexed.connect(reports.append)
    session.refresh()
    held.more()
    qtbot.waitUntil(lambda: "list of photos: 2 of 6 read" in begun.status.text(), timeout=PATIENCE_MS)
    assert not session.indexing
    held.all()
    qtbot.waitUntil(lambda: bool(reports), timeout=PATIENCE_MS)
    assert reports[0].unchanged == 6
    assert [len(session.photos), session.rest.total] == [6, 0]


@near
def test_photos_that_are_gone_and_forgotten_meanwhile_do_not_come_back(
    begun: MainWindow, qtbot: QtBot, held: Held, own: Path
) -> None:
    session = begun.session
    with contextlib.closing(sqlite3.connect(own)) as db, db:
        db.execute("UPDATE photos SET state = 'missing' WHERE id = (SELECT max(id) FROM photos)")
    session.forget_missing()
    held.all()
    qtbot.waitUntil(lambda: not session.rest.total and not session.jobs.busy(Lane.WRITE), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not session.jobs.busy(Lane.REST), timeout=PATIENCE_MS)
    assert len(session.photos) == 5
