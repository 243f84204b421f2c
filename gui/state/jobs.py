"""Background work for the window: lanes of which the newest job wins, progress, pause, cancel, orderly shutdown."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

from core.util.progress import Cancelled, Ticket

TICK_S = 0.05
"""At most twenty progress reports a second reach the window."""

THREADS = 4
"""Lanes that may run at once, so that indexing does not hold up a query."""


@dataclass
class _Job:
    """What the window's thread remembers of a submitted job."""

    lane: str
    ticket: Ticket
    on_done: Callable[[Any], None]
    on_failed: Callable[[Exception], None]


class _Task(QRunnable):
    """Runs on a pool thread; owns no QObject, so it may be freed on any thread."""

    def __init__(self, number: int, work: Callable[[Ticket], Any], ticket: Ticket, post: Callable[..., None]) -> None:
        super().__init__()
        self._number, self._work, self._ticket, self._post = number, work, ticket, post

    def run(self) -> None:
        """Do the work and post how it ended."""
        try:
            self._ticket.checkpoint(0, 0)
            kind, payload = "done", self._work(self._ticket)
        except Cancelled:
            kind, payload = "cancelled", None
        except Exception as error:  # the one broad catch of the window: it becomes a message
            kind, payload = "failed", error
        self._post(self._number, kind, payload)


class JobRunner(QObject):
    """Lives on the window's thread; its signals fire and its callbacks run there.

    Emits ``progressed(lane, done, total, what)`` and ``ended(lane)``, the latter however the newest job of a lane ended.
    """

    progressed = Signal(str, object, object, str)
    ended = Signal(str)
    _posted = Signal(object, str, object)
    _ticked = Signal(object, object, object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(THREADS)
        self._numbers = itertools.count(1)
        self._jobs: dict[int, _Job] = {}
        self._newest: dict[str, int] = {}
        self._posted.connect(self._on_posted)
        self._ticked.connect(self._on_ticked)

    def submit(
        self,
        lane: str,
        work: Callable[[Ticket], Any],
        on_done: Callable[[Any], None],
        on_failed: Callable[[Exception], None],
    ) -> None:
        """Start ``work``; an older job of the lane is cancelled and its result never reaches anybody."""
        self.cancel(lane)
        number = next(self._numbers)
        ticket = Ticket(on_progress=self._throttled(number))
        self._jobs[number] = _Job(lane, ticket, on_done, on_failed)
        self._newest[lane] = number
        self._pool.start(_Task(number, work, ticket, self._posted.emit))

    def ticket(self, lane: str) -> Ticket | None:
        """The ticket of the lane's running job, to pause or resume it; None when it is idle."""
        job = self._jobs.get(self._newest.get(lane, -1))
        return job.ticket if job else None

    def busy(self, lane: str) -> bool:
        """Whether the lane's newest job still runs."""
        return self._newest.get(lane, -1) in self._jobs

    def cancel(self, lane: str) -> None:
        """Ask the lane's job to stop."""
        if ticket := self.ticket(lane):
            ticket.cancel()

    def shutdown(self, wait_ms: int = 10_000) -> bool:
        """Cancel everything and wait; False when something still runs and must not be destroyed."""
        for job in self._jobs.values():
            job.ticket.cancel()
        self._pool.clear()
        return self._pool.waitForDone(wait_ms)

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
        if job is None or self._newest[job.lane] != number:
            return  # superseded
        if kind == "done" and not job.ticket.cancelled:
            job.on_done(payload)
        elif kind == "failed":
            job.on_failed(payload)  # type: ignore[arg-type]
        if self._newest[job.lane] == number:
            self.ended.emit(job.lane)
