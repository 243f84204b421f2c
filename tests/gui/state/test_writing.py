"""What a person does is kept: in order, from a busy window, up to its end; and what fails is told and taken back."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core.engine import Engine
from core.geometry import Box
from core.library import open_library
from core.library.opening import agree_to_library
from core.records import STAR, Query
from core.util.errors import UserError
from core.util.progress import Ticket
from gui.gallery.marking import Marking
from gui.results.saved_queries import SavedQueries
from gui.state.history import UndoStack
from gui.state.lanes import THREADS, Lane
from gui.state.session import AppSession
from gui.widgets.messages import MessageBar
from tests.gui.test_window import PATIENCE_MS


@pytest.fixture
def own(library: Path, tmp_path: Path) -> Path:
    """A library that tests may change."""
    own = Path(shutil.copyfile(library, tmp_path / "own.cropseek"))
    agree_to_library(own, None)
    return own


@pytest.fixture
def session(qtbot: QtBot, own: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppSession]:
    """A session with the library open, that asks nothing by itself."""
    monkeypatch.setattr(AppSession, "_begin", lambda self, first: None)
    made = AppSession(Engine())
    with qtbot.waitSignal(made.library_changed, timeout=PATIENCE_MS):
        made.open_library(own)
    yield made
    assert made.jobs.shutdown()
    made.engine.close_library()


@pytest.fixture
def marking(session: AppSession, qtbot: QtBot) -> Marking:
    window, stack = QWidget(), UndoStack(session.history, session.recall, session)
    qtbot.addWidget(window)
    return Marking(session, MessageBar(window), lambda: [session.photos[0].path], stack, window)


def written(session: AppSession, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not session.jobs.busy(Lane.WRITE), timeout=PATIENCE_MS)


def test_two_hundred_stars_and_tags_from_a_busy_window_are_all_kept(
    session: AppSession, marking: Marking, qtbot: QtBot, own: Path
) -> None:
    """Of four stars set in a hurry two were kept: each cancelled the one before, as did every change of the library."""
    gate = threading.Event()
    for lane in (lane for lane in Lane if lane is not Lane.WRITE):
        for _ in range(THREADS[lane.crew]):
            session.jobs.submit(lane, lambda ticket: gate.wait(60), lambda _: None)
    saved = SavedQueries(session, MessageBar(marking.parent()), marking.parent())
    paths = [photo.path for photo in session.photos]
    for number in range(100):
        marking.write([paths[number % len(paths)]], STAR, number < len(paths))
        marking.write([paths[number % len(paths)]], f"tag {number}", True)
        if number % 10 == 0:
            session.searches.asked = Query(session.photos[0].path)
            saved.save(f"query {number}")
            session.library_changed.emit()
    written(session, qtbot)
    gate.set()
    with closing(open_library(own)) as library:
        marks = library.marks()
        assert len(library.queries()) == 10
    found = sorted(mark for names in marks.values() for mark in names if mark != STAR)
    assert found == sorted(f"tag {number}" for number in range(100))
    assert not any(STAR in names for names in marks.values())  # set six times, then taken away: the order was kept


def test_marks_are_seen_at_once_and_taken_back_when_they_cannot_be_written(
    session: AppSession, marking: Marking, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise UserError("the disk is full")

    photo, told = int(session.photos.ids[0]), list[Exception]()
    session.failed.connect(told.append)
    session.query = Query(session.photos[0].path)
    marking.toggle(STAR)
    written(session, qtbot)
    mark = session.engine.browse.mark
    monkeypatch.setattr(session.engine.browse, "mark", refuse)
    marking.toggle("roof")
    assert session.photos.marks[photo] == (STAR, "roof")  # nobody waits for the disk
    assert marking._stack.count() == 2
    written(session, qtbot)
    assert session.photos.marks[photo] == (STAR,)
    assert [str(error) for error in told] == ["the disk is full."]
    assert marking._stack.count() == 1  # what was not done is no step to undo
    marking._stack.undo()
    written(session, qtbot)
    assert session.photos.marks[photo] == (STAR,)
    assert marking._stack.canUndo()  # nor was it undone
    monkeypatch.setattr(session.engine.browse, "mark", mark)
    marking._stack.undo()
    written(session, qtbot)
    assert session.photos.marks.get(photo, ()) == ()


def test_what_is_still_to_be_written_is_written_before_the_window_closes(session: AppSession, own: Path) -> None:
    browser, photo = session.engine.browse, int(session.photos.ids[0])

    def slow(name: str, library: Path) -> None:
        time.sleep(0.02)
        browser.mark([photo], name, True, library)

    for number in range(20):
        session.write(lambda library, number=number: slow(f"late {number}", library), lambda _: None)
    assert session.jobs.flush()
    assert session.jobs.shutdown()
    with closing(open_library(own)) as library:
        assert len(library.marks()[photo]) == 20


def test_a_failure_while_closing_is_told(session: AppSession) -> None:
    def fail(library: Path) -> None:
        raise UserError("the disk is full")

    told = list[Exception]()
    session.failed.connect(told.append)
    session.write(fail, lambda _: None)
    assert not session.jobs.flush()
    assert [str(error) for error in told] == ["the disk is full."]
    assert session.jobs.flush()  # who closes again has read it


def test_what_runs_on_a_collection_ends_with_it_and_without_a_word(
    session: AppSession, qtbot: QtBot, folder: Path, tmp_path: Path
) -> None:
    """Was: no library is open."""
    told, gate = list[Exception](), threading.Event()
    session.failed.connect(told.append)

    def work(ticket: Ticket) -> object:
        session.engine.photos()
        assert gate.wait(60)
        return session.engine.photos()

    session.jobs.submit(Lane.MAP, work, lambda _: told.append(AssertionError()), session.failed.emit)
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(next(folder.glob("*.jpg")), other)
    session.refresh = lambda: None  # type: ignore[method-assign]  # only shown, not indexed
    session.open_folder(other)
    qtbot.waitUntil(lambda: session.folders == (other,), timeout=PATIENCE_MS)
    gate.set()
    qtbot.waitUntil(lambda: not session.jobs.busy(Lane.MAP), timeout=PATIENCE_MS)
    assert not told
    assert session.library is None


def test_a_box_that_is_drawn_while_the_next_photo_is_read_is_the_box_of_the_photo_on_show(
    session: AppSession, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (photo.path for photo in session.photos[:2])
    gate, read = threading.Event(), session.engine.photo
    monkeypatch.setattr(session.searches, "ask", lambda query: None)
    session.open_photo(first)
    qtbot.waitUntil(lambda: session.shown == first, timeout=PATIENCE_MS)
    monkeypatch.setattr(session.engine, "photo", lambda path: read(path) if gate.wait(60) else None)
    session.open_photo(second)
    assert session.query == Query(first)
    assert session.coming == Query(second)
    box = Box(20, 20, 120, 120)
    session.set_box(box)
    assert session.query == Query(first, box)
    gate.set()
    qtbot.waitUntil(lambda: session.shown == second, timeout=PATIENCE_MS)
    assert session.query == Query(second)


def test_a_photo_that_cannot_be_read_changes_nothing(session: AppSession, qtbot: QtBot, tmp_path: Path) -> None:
    first, bad = session.photos[0].path, tmp_path / "bad.jpg"
    bad.write_bytes(b"no photo")
    told = list[Exception]()
    session.failed.connect(told.append)
    session.open_photo(first)
    qtbot.waitUntil(lambda: session.shown == first and session.ranking is not None, timeout=PATIENCE_MS)
    session.open_photo(bad)
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE_MS)
    assert (session.query, session.shown, session.coming) == (Query(first), first, Query(first))
    assert session.ranking is not None
    assert session.ranking.query == session.asked == Query(first)
    assert not session.can_go(-1)
