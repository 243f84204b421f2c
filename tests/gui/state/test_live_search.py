"""Following a box: the newest one is searched for, and nothing of a drag is shown after its end."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core.geometry import Box
from core.records import Query, Ranking
from core.util.errors import UserError
from core.util.progress import Ticket
from gui.main_window import MainWindow
from gui.state.jobs import JobRunner
from gui.state.lanes import Lane
from gui.state.live_search import Follower
from tests.conftest import NAMES
from tests.gui.test_window import PATIENCE_MS, opened, searched


class Slow:
    """A search that waits until it may go on."""

    def __init__(self) -> None:
        self.asked: list[float] = []
        self.gate = threading.Semaphore(0)

    def __call__(self, query: Query, ticket: Ticket) -> Ranking:
        assert query.box is not None
        self.asked.append(query.box.x1)
        assert self.gate.acquire(timeout=20)
        ticket.checkpoint(0, 0)
        if query.box.x1 == 13:
            raise UserError("nothing in this part of the photo can be described")
        return Ranking(query, (), "cells", "standard", 0.0, 0)


def wide(width: float) -> Query:
    return Query(Path("a.jpg"), Box(0, 0, width, 10))


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[JobRunner]:
    runner = JobRunner()
    yield runner
    assert runner.shutdown()


def test_the_newest_box_is_followed(qtbot: QtBot, jobs: JobRunner) -> None:
    follower, search, found = Follower(jobs), Slow(), list[float]()
    follower.found.connect(lambda ranking: found.append(ranking.query.box.x1))
    follower.follow(wide(1), search)
    qtbot.waitUntil(lambda: search.asked == [1])
    for width in (2, 3, 13):
        follower.follow(wide(width), search)
    search.gate.release(2)
    qtbot.waitUntil(lambda: not jobs.busy(Lane.SEARCH))
    assert search.asked == [1, 13]  # what was in between is skipped
    assert found == [1]  # a box over nothing is no end
    follower.follow(wide(4), search)
    search.gate.release()
    qtbot.waitUntil(lambda: found == [1, 4])


def test_nothing_is_shown_after_the_end_of_a_drag(qtbot: QtBot, jobs: JobRunner) -> None:
    follower, search, found = Follower(jobs), Slow(), list[float]()
    follower.found.connect(lambda ranking: found.append(ranking.query.box.x1))
    follower.follow(wide(1), search)
    qtbot.waitUntil(lambda: search.asked == [1])
    follower.follow(wide(2), search)
    follower.release()
    follower.follow(wide(5), search)  # the next drag does not wait for the last one
    search.gate.release(3)
    qtbot.waitUntil(lambda: found == [5])
    qtbot.waitUntil(lambda: not jobs.busy(Lane.SEARCH))
    assert found == [5]


def test_only_the_first_box_has_an_early_answer(window: MainWindow, qtbot: QtBot, library: Path, folder: Path) -> None:
    """The network takes seconds to load, once."""
    opened(window, qtbot, library)
    searched(window, qtbot, folder / f"{NAMES[0]}.jpg")
    session, live = window.session, list[bool]()
    session.ranking_changed.connect(lambda: live.append(session.searches.live))
    for width, expected in ((400, [True, False]), (420, [False])):
        live.clear()
        box = Box(40, 40, width, 340)
        session.set_box(box)
        qtbot.waitUntil(session.searches.settled, timeout=PATIENCE_MS)
        assert session.ranking is not None
        assert session.ranking.query.box == box
        assert live[: len(expected)] == expected
        assert True not in live[len(expected) :]
