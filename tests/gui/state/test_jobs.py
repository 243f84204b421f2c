"""Lanes: results on the window's thread, newest wins, cancel, pause, failure, shutdown."""

from __future__ import annotations

import gc
import logging
import os
import sys
import threading
import time

import pytest
from pytestqt.qtbot import QtBot

from core.util.errors import UserError
from core.util.progress import Ticket
from gui.state.jobs import JobRunner, _Task
from gui.state.lanes import Crew, Lane


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
            Lane.SURVEY, lambda t: threading.get_ident(), lambda r: seen.append((r, threading.get_ident() == here)), refuse
        )
    assert seen[0][0] != here
    assert seen[0][1]


def test_the_newest_job_wins(runner: JobRunner, qtbot: QtBot) -> None:
    gate, results = threading.Event(), []

    def slow(ticket: Ticket) -> str:
        gate.wait(5)
        return "old"

    runner.submit(Lane.SURVEY, slow, results.append, refuse)
    with qtbot.waitSignal(runner.ended):
        runner.submit(Lane.SURVEY, lambda t: "new", results.append, refuse)
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

    runner.submit(Lane.SURVEY, work, results.append, refuse)
    qtbot.waitUntil(reached.is_set)
    ticket = runner.ticket(Lane.SURVEY)
    assert ticket is not None
    ticket.pause()
    assert ticket.paused
    ticket.resume()
    with qtbot.waitSignal(runner.ended):
        runner.cancel(Lane.SURVEY)
    assert results == []
    assert not runner.busy(Lane.SURVEY)


def test_a_paused_job_can_be_cancelled(runner: JobRunner, qtbot: QtBot) -> None:
    def work(ticket: Ticket) -> None:
        while True:
            ticket.checkpoint(1, 2)

    runner.submit(Lane.SURVEY, work, refuse, refuse)
    ticket = runner.ticket(Lane.SURVEY)
    assert ticket is not None
    ticket.pause()
    with qtbot.waitSignal(runner.ended):
        runner.cancel(Lane.SURVEY)


def test_failure_is_handed_over(runner: JobRunner, qtbot: QtBot) -> None:
    errors: list[Exception] = []

    def work(ticket: Ticket) -> None:
        raise ValueError("broken")

    with qtbot.waitSignal(runner.ended):
        runner.submit(Lane.SURVEY, work, refuse, errors.append)
    assert str(errors[0]) == "broken"


def test_progress_holds_large_numbers(runner: JobRunner, qtbot: QtBot) -> None:
    with qtbot.waitSignal(runner.progressed) as signal:
        runner.submit(Lane.SURVEY, lambda t: t.checkpoint(3_000_000_000, 3_000_000_000, "bytes"), lambda r: None, refuse)
    assert signal.args == [Lane.SURVEY, 3_000_000_000, 3_000_000_000, "bytes"]


def test_no_job_leaves_anything_behind(runner: JobRunner, qtbot: QtBot) -> None:
    """Of those that ended before their start had returned PySide kept a half for ever."""
    gc.collect()
    before = sum(type(found) in (Ticket, _Task) for found in gc.get_objects())  # other tests' windows may hold some
    for _ in range(300):
        runner.submit(Lane.SEARCH, lambda t: None, lambda _: None, refuse)
    qtbot.waitUntil(lambda: not runner._jobs)
    gc.collect()
    assert sum(type(found) in (Ticket, _Task) for found in gc.get_objects()) <= before


def test_a_queue_does_everything_in_its_order(runner: JobRunner, qtbot: QtBot) -> None:
    results: list[object] = []
    for number in range(50):
        runner.submit(Lane.WRITE, lambda t, number=number: number, results.append, refuse)
    qtbot.waitUntil(lambda: not runner.busy(Lane.WRITE))
    assert results == list(range(50))


def test_a_paused_job_holds_no_thread(runner: JobRunner, qtbot: QtBot) -> None:
    """The lane has one thread; what waits in it lets others work."""

    def waiting(ticket: Ticket) -> None:
        ticket.pause()
        ticket.checkpoint(1, 2)

    results: list[object] = []
    runner.submit(Lane.EXPORT, waiting, results.append, refuse)
    ticket = runner.ticket(Lane.EXPORT)
    assert ticket is not None
    runner.submit(Lane.EXPORT, lambda t: "done", results.append, refuse)
    qtbot.waitUntil(lambda: results == ["done"])
    ticket.resume()
    qtbot.waitUntil(lambda: results == ["done", None])


def test_a_search_begins_while_everything_else_runs(runner: JobRunner, qtbot: QtBot) -> None:
    """Four threads for everything: with index, map, survey and fit at work a search waited for one of them to end."""
    gate, running = threading.Event(), list[Lane]()

    def long(lane: Lane) -> bool:
        running.append(lane)
        return gate.wait(60)

    others = [lane for lane in Lane if lane.crew is not Crew.ASK]
    for lane in others:
        for _ in range(3):  # of which two are not wanted any more
            runner.submit(lane, lambda t, lane=lane: long(lane), lambda _: None, refuse)
    qtbot.waitUntil(lambda: {Lane.INDEX, Lane.MAP, Lane.SURVEY, Lane.FIT} <= set(running))
    found: list[object] = []
    runner.submit(Lane.SEARCH, lambda t: time.sleep(5), refuse, refuse)  # cancelled, and working on
    runner.submit(Lane.SEARCH, lambda t: "found", found.append, refuse)
    qtbot.waitUntil(lambda: found == ["found"], timeout=3000)
    assert not gate.is_set()
    gate.set()
    assert runner.shutdown()


def test_no_failure_vanishes(runner: JobRunner, qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    """Eight jobs threw their failures away: a defect in the inspection of a photo showed nothing."""
    broken: list[Exception] = []
    runner.broke.connect(broken.append)

    def fail(error: Exception) -> None:
        raise error

    with caplog.at_level(logging.WARNING, "cropseek"):
        for error in (UserError("a bad photo", "/home/me/secret.jpg"), ValueError("a defect")):
            with qtbot.waitSignal(runner.ended):
                runner.submit(Lane.INSPECT, lambda t, error=error: fail(error), refuse)
    assert [str(error) for error in broken] == ["a defect"]  # the other one is told by whoever shows the photo
    assert "inspect failed" in caplog.text
    assert "a bad photo" in caplog.text
    assert "secret" not in caplog.text
    assert "inspect broke" in caplog.text
    assert "ValueError: a defect" in caplog.text


def test_a_result_that_comes_too_late_is_let_go(runner: JobRunner, qtbot: QtBot) -> None:
    begun, gate, dropped, results = threading.Event(), threading.Event(), list[object](), list[object]()

    def late(ticket: Ticket) -> str:
        begun.set()
        gate.wait(5)
        return "opened"

    runner.submit(Lane.OPEN, late, results.append, refuse, dropped.append)
    assert begun.wait(5)
    runner.submit(Lane.OPEN, lambda t: "newer", results.append, refuse, dropped.append)
    gate.set()
    qtbot.waitUntil(lambda: dropped == ["opened"])
    qtbot.waitUntil(lambda: results == ["newer"])


@pytest.mark.skipif(sys.platform != "linux", reason="threads have a niceness of their own there only")
def test_long_work_stands_back_behind_what_a_person_waits_for(runner: JobRunner, qtbot: QtBot) -> None:
    """Beside index, map, survey and fit a box's ranking took nineteen times as long as alone."""

    def niceness(ticket: Ticket) -> tuple[int, int]:
        started: list[int] = []
        thread = threading.Thread(target=lambda: started.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id())))
        thread.start()
        thread.join()
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id()), started[0]

    usual, found = os.getpriority(os.PRIO_PROCESS, 0), dict[Lane, tuple[int, int]]()
    for lane in (Lane.INDEX, Lane.SEARCH, Lane.WRITE):
        runner.submit(lane, niceness, lambda result, lane=lane: found.update({lane: result}), refuse)
    qtbot.waitUntil(lambda: len(found) == 3)
    assert found[Lane.SEARCH] == found[Lane.WRITE] == (usual, usual)
    assert found[Lane.INDEX] == (max(usual, 10), max(usual, 10)) or usual > 10


def test_what_waits_for_idle_lanes_is_done_once(runner: JobRunner, qtbot: QtBot) -> None:
    gate, order = threading.Event(), list[str]()
    runner.when_idle((Lane.PHOTO, Lane.SEARCH), lambda: order.append("at once"))
    assert order == ["at once"]

    def after(_: object) -> None:
        order.append("photo")
        runner.submit(Lane.SEARCH, lambda t: gate.wait(5), lambda _: order.append("search"), refuse)

    runner.submit(Lane.PHOTO, lambda t: None, after, refuse)
    runner.when_idle((Lane.PHOTO, Lane.SEARCH), lambda: order.append("idle"))
    qtbot.waitUntil(lambda: "photo" in order)
    qtbot.wait(20)
    assert order == ["at once", "photo"]
    gate.set()
    qtbot.waitUntil(lambda: "idle" in order)
    with qtbot.waitSignal(runner.ended):
        runner.submit(Lane.PHOTO, lambda t: None, lambda _: None, refuse)
    assert order == ["at once", "photo", "search", "idle"]
