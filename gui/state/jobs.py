"""Background work for the window: lanes of which the newest job wins, queues that lose nothing, orderly shutdown."""

from __future__ import annotations

import contextlib
import itertools
import logging
import sys
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QThread, QThreadPool, Signal, Slot

from core.engine import Cancelled, Ticket, UserError, stand_back
from gui.state.lanes import THREADS, Crew, Lane
from gui.widgets.report import error_report

TICK_S = 0.05
"""Least seconds between two progress reports of a job."""

SWITCH_S = 0.0005
"""After so long a thread of Python lets another one go on, if that waits.  With Python's own 5 ms a window is slow to the
eye while anything is worked out in the background, as its thread gives way at each call into Qt that lets others go on."""

LOGGED = (Crew.LONG, Crew.WRITE, Crew.EXPORT)
"""Crews whose jobs are logged; those of others only at level DEBUG."""

_log = logging.getLogger("cropseek.jobs")


@dataclass
class _Job:
    """What the window's thread remembers of a submitted job."""

    lane: Lane
    ticket: Ticket
    on_done: Callable[[Any], None]
    on_failed: Callable[[Exception], None] | None
    on_dropped: Callable[[Any], None] | None
    began: float


class _Task:
    """Runs on a pool thread; owns no QObject, so it may be freed on any thread.

    Not a ``QRunnable``: PySide leaks the Python object of one that ends before ``start`` returns.
    """

    def __init__(
        self, number: int, work: Callable[[Ticket], Any], ticket: Ticket, post: Callable[..., None], back: bool
    ) -> None:
        self._number, self._work, self._ticket, self._post, self._back = number, work, ticket, post, back

    def run(self) -> None:
        """Do the work and post its result."""
        if self._back:
            stand_back()
        try:
            self._ticket.checkpoint(0, 0)
            kind, payload = "done", self._work(self._ticket)
        except Cancelled:
            kind, payload = "cancelled", None
        except Exception as error:  # the only broad catch of the window: it becomes a message
            kind, payload = "failed", error
        del self._work  # its objects must not live until the pool frees the task
        with contextlib.suppress(RuntimeError):  # the runner was deleted with its window
            self._post(self._number, kind, payload)


class JobRunner(QObject):
    """Runs background jobs; their callbacks run on the window's thread.

    Emits ``progressed(lane, done, total, what)``, ``ended(lane)`` when the newest job of a lane has ended in any way,
    and ``broke(exception)`` for a defect in a job without ``on_failed``.

    Attributes:
        failed_writes: number of failed jobs that write.
    """

    progressed = Signal(object, object, object, str)
    ended = Signal(object)
    broke = Signal(object)
    _posted = Signal(object, str, object)
    _ticked = Signal(object, object, object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(SWITCH_S)
        self._pools = {crew: QThreadPool(self) for crew in Crew}
        for crew, pool in self._pools.items():
            pool.setMaxThreadCount(THREADS[crew])
        self._pools[Crew.LONG].setThreadPriority(QThread.Priority.LowPriority)  # Windows and macOS; Linux: ``stand_back``
        self._numbers = itertools.count(1)
        self._jobs: dict[int, _Job] = {}
        self._newest: dict[Lane, int] = {}
        self._waiting: list[tuple[Collection[Lane], Callable[[], object]]] = []
        self.failed_writes = 0
        self._posted.connect(self._on_posted)
        self._ticked.connect(self._on_ticked)

    def submit(
        self,
        lane: Lane,
        work: Callable[[Ticket], Any],
        on_done: Callable[[Any], None],
        on_failed: Callable[[Exception], None] | None = None,
        on_dropped: Callable[[Any], None] | None = None,
    ) -> None:
        """Start ``work``; unless the lane is a queue, its older job is cancelled, and its result is dropped.

        Args:
            on_failed: called with every failure.  None: a ``UserError`` is only logged, as another job shows it; a defect
                is emitted by ``broke``.
            on_dropped: called with a result that is dropped, to release it.
        """
        if not lane.queue:
            self.cancel(lane)
        number, pool = next(self._numbers), self._pools[lane.crew]

        def hold(waits: bool) -> None:  # on the worker's thread: a paused job frees its thread
            (pool.releaseThread if waits else pool.reserveThread)()

        ticket = Ticket(self._throttled(number), hold)
        self._jobs[number] = _Job(lane, ticket, on_done, on_failed, on_dropped, time.monotonic())
        self._newest[lane] = number
        pool.start(_Task(number, work, ticket, self._posted.emit, lane.crew is Crew.LONG).run)

    def ticket(self, lane: Lane) -> Ticket | None:
        """The ticket of the lane's newest job, to pause or resume it; None when it is idle."""
        job = self._jobs.get(self._newest.get(lane, -1))
        return job.ticket if job else None

    def busy(self, lane: Lane) -> bool:
        """Whether the lane's newest job still runs."""
        return self._newest.get(lane, -1) in self._jobs

    def when_idle(self, lanes: Collection[Lane], then: Callable[[], object]) -> None:
        """Call ``then`` as soon as none of some lanes is busy: now, if none is."""

        if any(map(self.busy, lanes)):
            self._waiting.append((lanes, then))
        else:
            then()

    def cancel(self, lane: Lane) -> None:
        """Ask the lane's newest job to stop."""
        if ticket := self.ticket(lane):
            ticket.cancel()

    def cancel_bound(self) -> None:
        """Cancel all jobs of the open collection."""
        for lane in Lane:
            if lane.bound:
                self.cancel(lane)

    def flush(self, wait_ms: int = 10_000) -> bool:
        """Wait for writing; False if it has not ended, or has failed (then a message was shown)."""
        failed = self.failed_writes
        done = self._pools[Crew.WRITE].waitForDone(wait_ms)
        QCoreApplication.sendPostedEvents(self)  # how it ended
        return done and failed == self.failed_writes

    def shutdown(self, wait_ms: int = 10_000) -> bool:
        """Cancel everything except writing, and wait; False if a job still runs, so that nothing must be destroyed."""
        end = time.monotonic() + wait_ms / 1000
        self._waiting.clear()
        for job in self._jobs.values():
            if job.lane is not Lane.WRITE:
                job.ticket.cancel()
        for crew, pool in self._pools.items():
            if crew is not Crew.WRITE:
                pool.clear()
        return all(pool.waitForDone(max(int(1000 * (end - time.monotonic())), 0)) for pool in self._pools.values())

    def _throttled(self, number: int) -> Callable[[int, int, str], None]:
        last = 0.0

        def report(done: int, total: int, what: str) -> None:  # on the worker's thread
            nonlocal last
            now = time.monotonic()
            if total and (done == total or now - last >= TICK_S):
                last = now
                self._ticked.emit(number, done, total, what)

        return report

    @Slot(object, object, object, str)
    def _on_ticked(self, number: int, done: int, total: int, what: str) -> None:
        job = self._jobs.get(number)
        if job and self._newest[job.lane] == number:
            self.progressed.emit(job.lane, done, total, what)

    @Slot(object, str, object)
    def _on_posted(self, number: int, kind: str, payload: object) -> None:
        job = self._jobs.pop(number, None)
        if job is None:
            return
        newest = self._newest[job.lane] == number
        try:
            self._tell(job, kind, payload, (newest or job.lane.queue) and not job.ticket.cancelled)
        finally:
            if newest and self._newest[job.lane] == number:
                self.ended.emit(job.lane)
                self._go_on()

    def _go_on(self) -> None:
        """Do what waited for lanes that are idle now."""
        waiting, self._waiting = self._waiting, []
        for lanes, then in waiting:
            self.when_idle(lanes, then)

    def _tell(self, job: _Job, kind: str, payload: Any, wanted: bool) -> None:
        """Call the callbacks of a job that has ended; failures are always logged."""
        _note(job, kind, payload)
        if kind == "done" and wanted:
            job.on_done(payload)
        elif kind == "done" and job.on_dropped is not None:
            job.on_dropped(payload)
        elif kind == "failed" and wanted:
            self.failed_writes += job.lane is Lane.WRITE
            if job.on_failed is not None:
                job.on_failed(payload)
            elif not isinstance(payload, UserError):
                self.broke.emit(payload)


def _note(job: _Job, kind: str, payload: object) -> None:
    """A line of the log: the lane, its time and the failure, but never a photo."""
    seconds = time.monotonic() - job.began
    if isinstance(payload, UserError):
        _log.warning("%s failed after %.3f s: %s", job.lane.word, seconds, payload.what)
    elif isinstance(payload, BaseException):
        _log.error("%s broke after %.3f s\n%s", job.lane.word, seconds, error_report(payload))
    else:
        level = logging.INFO if job.lane.crew in LOGGED else logging.DEBUG
        _log.log(level, "%s %s after %.3f s", job.lane.word, kind, seconds)
