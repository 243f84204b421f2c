"""Rankings that follow a box while it is dragged: one after another, always for the newest box."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from core.engine import Ticket, UserError
from core.records import Query, Ranking
from gui.state.jobs import JobRunner
from gui.state.lanes import Lane

Search = Callable[[Query, Ticket], Ranking]


class _Drag:
    """The newest box of one drag that is not searched with yet; passed from the window's thread to the worker's."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: Query | None = None
        self._working = False

    def put(self, query: Query) -> bool:
        """Replace the waiting query; True if no worker is running, so that one must be started."""
        with self._lock:
            self._waiting, idle, self._working = query, not self._working, True
            return idle

    def take(self) -> Query | None:
        """The waiting query; None: there is none, and the worker ends."""
        with self._lock:
            query, self._waiting = self._waiting, None
            self._working = query is not None
            return query


class Follower(QObject):
    """Searches for a box while it is dragged.  Emits ``found(Ranking)``.

    The worker takes the next box itself: a job for each would wait for the window to draw before it begins.
    """

    found = Signal(object)
    _posted = Signal(object, object)

    def __init__(self, jobs: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._drag = jobs, _Drag()
        self._posted.connect(self._on_posted)

    def follow(self, query: Query, search: Search) -> None:
        """Search for a box that is being dragged, after the running search, unless a newer box replaces it."""
        drag = self._drag
        if drag.put(query):
            work = lambda ticket: self._work(drag, search, ticket)  # noqa: E731
            self._jobs.submit(Lane.SEARCH, work, lambda _: None)

    def release(self) -> None:
        """The drag is over: drop the waiting box, and the result of the running search."""
        self._drag = _Drag()

    def _work(self, drag: _Drag, search: Search, ticket: Ticket) -> None:
        while (query := drag.take()) is not None:
            ticket.checkpoint(0, 0)
            try:
                ranking = search(query, ticket)
            except UserError:
                continue  # the exact search will report a box without content
            self._posted.emit(drag, ranking)

    @Slot(object, object)
    def _on_posted(self, drag: _Drag, ranking: Ranking) -> None:
        if drag is self._drag:
            self.found.emit(ranking)
