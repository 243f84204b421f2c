"""Lanes: results on the window's thread, newest wins, cancel, pause, failure, shutdown."""

from __future__ import annotations

import threading

import pytest
from pytestqt.qtbot import QtBot

from core.util.progress import Pace, Ticket
from gui.state.jobs import JobRunner


@pytest.fixture
def runner(qtbot: QtBot) -> JobRunner:
    return JobRunner()


def refuse(error: Exception) -> None:
    raise AssertionError from error


def test_results_arrive_on_the_windows_thread(runner: JobRunner, qtbot: QtBot) -> None:
    seen: list[tuple[object, bool]] = []
    here = threading.get_ident()
    with qtbot.waitSignal(runner.ended):
        runner.submit(
            "a", lambda t: threading.get_ident(), lambda r: seen.append((r, threading.get_ident() == here)), refuse
        )
    assert seen[0][0] != here
    assert seen[0][1]


def test_the_newest_job_wins(runner: JobRunner, qtbot: QtBot) -> None:
    gate, results = threading.Event(), []

    def slow(ticket: Ticket) -> str:
        gate.wait(5)
        return "old"

    runner.submit("a", slow, results.append, refuse)
    with qtbot.waitSignal(runner.ended):
        runner.submit("a", lambda t: "new", results.append, refuse)
    gate.set()
    assert runner.shutdown()
    qtbot.wait(20)
    assert results == ["new"]


def test_cancel_pause_and_resume(runner: JobRunner, qtbot: QtBot) -> None:
    reached = threading.Event()
    results: list[object] = []

    def work(ticket: Ticket) -> None:
        for step in range(1, 10_000_000):
            ticket.checkpoint(step, 10_000_000)
            reached.set()

    runner.submit("a", work, results.append, refuse)
    qtbot.waitUntil(reached.is_set)
    ticket = runner.ticket("a")
    assert ticket is not None
    ticket.pause()
    assert ticket.paused
    ticket.resume()
    with qtbot.waitSignal(runner.ended):
        runner.cancel("a")
    assert results == []
    assert not runner.busy("a")


def test_a_paused_job_can_be_cancelled(runner: JobRunner, qtbot: QtBot) -> None:
    def work(ticket: Ticket) -> None:
        while True:
            ticket.checkpoint(1, 2)

    runner.submit("a", work, refuse, refuse)
    ticket = runner.ticket("a")
    assert ticket is not None
    ticket.pause()
    with qtbot.waitSignal(runner.ended):
        runner.cancel("a")


def test_failure_is_handed_over(runner: JobRunner, qtbot: QtBot) -> None:
    errors: list[Exception] = []

    def work(ticket: Ticket) -> None:
        raise ValueError("broken")

    with qtbot.waitSignal(runner.ended):
        runner.submit("a", work, refuse, errors.append)
    assert str(errors[0]) == "broken"


def test_progress_holds_large_numbers(runner: JobRunner, qtbot: QtBot) -> None:
    with qtbot.waitSignal(runner.progressed) as signal:
        runner.submit("a", lambda t: t.checkpoint(3_000_000_000, 3_000_000_000, "bytes"), lambda r: None, refuse)
    assert signal.args == ["a", 3_000_000_000, 3_000_000_000, "bytes"]


def test_pace_estimates_the_time_left() -> None:
    now = [0.0]
    pace = Pace(clock=lambda: now[0])
    assert pace.seconds_left(10) is None
    now[0] = 2.0
    pace.update(4)
    assert pace.rate == 2.0
    assert pace.seconds_left(10) == 3.0


def test_pace_begins_anew_after_a_pause() -> None:
    now = [0.0]
    pace = Pace(clock=lambda: now[0])
    now[0] = 100.0
    pace.restart(50)
    assert pace.words(100) == ""
    now[0] = 102.0
    pace.update(54)
    assert pace.rate == 2.0
    assert pace.seconds_left(100) == 23.0
