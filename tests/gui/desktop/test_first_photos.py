"""A shared library shows its first photos at once; what needs all of them waits, and says so."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QLocale
from pytestqt.qtbot import QtBot

from core.engine import Listing, Ticket, ordered, publish_library
from core.library.listing import PhotoRow
from core.remote import contents, listing
from core.remote.address import parse_address
from core.remote.causes import gone
from gui.gallery.panel import ListedTiles
from gui.main_window import MainWindow
from gui.state.lanes import Lane
from tests.core.remote.conftest import READER, PostgresServer
from tests.core.remote.conftest import server as server
from tests.gui.desktop.test_shared_library import typed
from tests.gui.test_window import PATIENCE_MS
from tests.gui.test_window import opened as opened_file

FIRST = 3


class Held:
    """Lets the list of all photos be read, page by page: ``more()`` gives one more page, ``all()`` the rest."""

    def __init__(self) -> None:
        self._pages, self._free = threading.Semaphore(0), False
        self.failing: Callable[[], Exception] | None = None

    def wait(self) -> None:
        while not self._free and not self._pages.acquire(timeout=0.05):
            pass
        if self.failing is not None:
            raise self.failing()

    def more(self) -> None:
        self._pages.release()

    def all(self) -> None:
        self._free = True


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    """The list comes in pages of two photos, the first photos are three."""
    held, page = Held(), listing._page

    def held_page(*given: Any) -> Any:
        held.wait()
        return page(*given)

    monkeypatch.setattr(listing, "_page", held_page)
    monkeypatch.setattr(listing, "_PAGE", listing._PAGE.replace(str(listing.PAGE), "2"))
    monkeypatch.setattr(contents, "_CONTENTS", contents._CONTENTS.replace(str(contents.FIRST), str(FIRST)))
    yield held
    held.all()


@pytest.fixture
def address(server: PostgresServer, library: Path) -> str:
    name = server.database()
    publish_library(library, server.address(name), Ticket())
    return server.address(name, READER)


@pytest.fixture
def begun(window: MainWindow, qtbot: QtBot, address: str, held: Held) -> MainWindow:
    """The window with the first photos on show."""
    QLocale.setDefault(QLocale(QLocale.Language.English))
    window.actions_by_id["open shared"].trigger()
    with qtbot.waitSignal(window.session.library_changed, timeout=PATIENCE_MS):
        typed(window, address)
    window.shell.go("browse")
    qtbot.waitUntil(lambda: window.gallery.view.tiles.rowCount() == FIRST, timeout=PATIENCE_MS)
    return window


def words(window: MainWindow) -> str:
    return window.gallery.words()


def test_the_first_photos_are_shown_and_the_rest_follows_without_moving_anything(
    begun: MainWindow, qtbot: QtBot, held: Held
) -> None:
    session, view = begun.session, begun.gallery.view
    first = [photo.path for photo in session.photos]
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


def test_another_collection_and_closing_end_the_reading(
    begun: MainWindow, qtbot: QtBot, held: Held, library: Path, address: str
) -> None:
    opened_file(begun, qtbot, library)
    assert not begun.session.rest.total
    assert "list of photos" not in begun.status.text()
    held.more()  # what was read meanwhile is let go
    qtbot.waitUntil(lambda: not begun.session.jobs.busy(Lane.REST), timeout=PATIENCE_MS)
    assert len(begun.session.photos) == 6
    held.more()
    begun.actions_by_id["open shared"].trigger()
    with qtbot.waitSignal(begun.session.library_changed, timeout=PATIENCE_MS):
        typed(begun, address)
    assert begun.session.rest.total == 6
    threading.Timer(0.3, held.more).start()
    assert begun.shutdown()  # and in the fixture


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


def test_agreeing_reads_nothing_again(begun: MainWindow, qtbot: QtBot, held: Held) -> None:
    session = begun.session
    begun.foreign.agree()
    qtbot.waitUntil(lambda: session.library is not None and session.library.agreed, timeout=PATIENCE_MS)
    assert session.rest.total == 6
    held.all()
    qtbot.waitUntil(lambda: len(session.photos) == 6 and session.ranking is not None, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: begun.canvas.has_photo(), timeout=PATIENCE_MS)
