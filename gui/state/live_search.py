"""Rankings that follow a box while it is dragged: as many as the machine manages, of the newest box each time."""

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
    """The newest box of one drag that still waits to be searched with; handed from the window's thread to the worker's."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: Query | None = None
        self._working = False

    def put(self, query: Query) -> bool:
        """Let a query wait instead of the one before; True when nobody works who would take it."""
        with self._lock:
            self._waiting, idle, self._working = query, not self._working, True
            return idle

    def take(self) -> Query | None:
        """What waits; None ends the work."""
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
        """Search for a box that is being dragged, once the search that runs is done, unless a newer box comes before."""
        drag = self._drag
        if drag.put(query):
            work = lambda ticket: self._work(drag, search, ticket)  # noqa: E731
            self._jobs.submit(Lane.SEARCH, work, lambda _: None)

    def release(self) -> None:
        """The drag is over: what waits is not asked any more, and what is still being searched is not shown."""
        self._drag = _Drag()

    def _work(self, drag: _Drag, search: Search, ticket: Ticket) -> None:
        while (query := drag.take()) is not None:
            ticket.checkpoint(0, 0)
            try:
                ranking = search(query, ticket)
            except UserError:
                continue  # a box over nothing is told when it is released
            self._posted.emit(drag, ranking)

    @Slot(object, object)
    def _on_posted(self, drag: _Drag, ranking: Ranking) -> None:
        if drag is self._drag:
            self.found.emit(ranking)
