"""Progress, pause and cancel of long work, through a ticket that the caller passes in."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T")

APART_S = 0.5
"""Seconds between two reports by which a rate is measured."""


class Cancelled(Exception):  # noqa: N818 -- not an error: the caller requested it
    """The caller asked the running computation to stop."""


def _ignore(done: int, total: int, what: str) -> None:
    """Report nothing."""


def _just_wait(waits: bool) -> None:
    """Release nothing while paused."""


@dataclass
class Ticket:
    """Passed to long core functions; safe to share between threads.

    ``on_progress(done, total, what)`` is called on the working thread.  So is ``on_hold(waits)``: with True when paused
    work begins to wait, with False when it continues.
    """

    on_progress: Callable[[int, int, str], None] = _ignore
    on_hold: Callable[[bool], None] = _just_wait
    _stop: threading.Event = field(default_factory=threading.Event)
    _running: threading.Event = field(default_factory=threading.Event)
    _stops: list[Callable[[], None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._running.set()

    def cancel(self) -> None:
        """Stop the work at its next checkpoint, even if it is paused."""
        self._stop.set()
        self._running.set()
        for stop in tuple(self._stops):
            stop()

    def pause(self) -> None:
        """Make the work wait at its next checkpoint until ``resume`` or ``cancel``."""
        self._running.clear()

    def resume(self) -> None:
        """Let paused work continue."""
        self._running.set()

    @property
    def paused(self) -> bool:
        """Whether the work is paused, or will be at its next checkpoint."""
        return not self._running.is_set()

    @property
    def cancelled(self) -> bool:
        """Whether the work was asked to stop."""
        return self._stop.is_set()

    def checkpoint(self, done: int, total: int, what: str = "") -> None:
        """Wait while paused, then report ``done`` of ``total`` steps finished.

        Raises:
            Cancelled: ``cancel`` was called.
        """
        if self.paused:
            self.on_hold(True)
            try:
                self._running.wait()
            finally:
                self.on_hold(False)
        if self._stop.is_set():
            raise Cancelled
        self.on_progress(done, total, what)

    @contextlib.contextmanager
    def stopping(self, stop: Callable[[], None]) -> Iterator[None]:
        """While the block waits for somebody else's work, have ``cancel`` call ``stop``, which must return at once.

        Raises:
            Cancelled: ``cancel`` was called before.
        """
        self._stops.append(stop)
        try:
            if self.cancelled:
                raise Cancelled
            yield
        finally:
            self._stops.remove(stop)

    @contextlib.contextmanager
    def current(self) -> Iterator[None]:
        """Make this the ticket of what the block does, for those below that are given none (``current_ticket``)."""
        before = _CURRENT.set(self)
        try:
            yield
        finally:
            _CURRENT.reset(before)

    def each(self, items: Iterable[T], total: int, what: str = "") -> Iterator[T]:
        """Yield ``items``, with a checkpoint after each.

        Raises:
            Cancelled: ``cancel`` was called.
        """
        for done, item in enumerate(items, start=1):
            yield item
            self.checkpoint(done, total, what)


_CURRENT: ContextVar[Ticket | None] = ContextVar("ticket", default=None)


def current_ticket() -> Ticket | None:
    """The ticket of the work that this thread does now; None: it cannot be cancelled."""
    return _CURRENT.get()


class Pace:
    """Estimates the rate and the time left of work; pauses shorter than the time between two reports are not noticed.

    The rate is measured over the last ``window`` reports, so that it follows changes of speed.  Reports within ``APART_S``
    count as one, as others come in bursts: all photos of a block that another machine has described.
    """

    def __init__(self, window: int = 50, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._window = clock, window
        self._marks: list[tuple[float, int]] = [(clock(), 0)]
        self._since = 0.0  # the first report that the last mark stands for

    def restart(self, done: int) -> None:
        """Start the measurement again at ``done`` finished steps, as after a pause."""
        self._marks = [(self._clock(), done)]

    def update(self, done: int) -> None:
        """Record that ``done`` steps are finished now."""
        now = self._clock()
        if len(self._marks) > 1 and now - self._since < APART_S:
            self._marks.pop()
        else:
            self._since = now
        self._marks.append((now, done))
        del self._marks[: -self._window]

    @property
    def rate(self) -> float:
        """Steps per second; 0 while unknown."""
        (t0, d0), (t1, d1) = self._marks[0], self._marks[-1]
        return (d1 - d0) / (t1 - t0) if t1 > t0 else 0.0

    def seconds_left(self, total: int) -> float | None:
        """Estimated seconds until ``total`` steps are done; None while unknown."""
        return (total - self._marks[-1][1]) / self.rate if self.rate > 0 else None

    def text(self, what: str, total: int, left: str = "{time} left", written: Callable[[float, str], str] = format) -> str:
        """Progress as a line: ``reading 1,200 / 5,000 · 40.0/s · 1:35 left``.

        Rate and time left are omitted while unknown and when all is done.

        Args:
            what: the work.
            left: template of the time left, which callers may translate.
            written: writes a number in a form, as ``format`` does.
        """
        seconds = self.seconds_left(total)
        time_left = left.format(time=f"{int(seconds) // 60}:{int(seconds) % 60:02}") if seconds else ""
        rest = f" · {written(self.rate, '.1f')}/s · {time_left}" if time_left else ""
        return f"{what} {written(self._marks[-1][1], ',')} / {written(total, ',')}{rest}"
