"""The rest of a large library: its first photos are on show at once, and all of them are read meanwhile."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from core.engine import Engine, Listing, PassingError, Ticket
from gui.state.jobs import JobRunner
from gui.state.lanes import Lane

AGAIN_MS = 2000
"""Between two tries while a server does not answer."""


class RestOfPhotos(QObject):
    """Reads all photos of the open library in the background, until a server has given them.

    Emits ``changed()`` with each step, ``came(Listing)`` and ``failed(exception)``; ``given_up()`` after the latter if it
    is of no use to try again, so that the first photos are all that can be shown.

    Attributes:
        total: number of photos of the library while only its first are on show; 0: all are.
        done: number of those that are read.
    """

    changed = Signal()
    came = Signal(object)
    failed = Signal(object)
    given_up = Signal()

    def __init__(self, engine: Engine, jobs: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine, self._jobs = engine, jobs
        self.total = self.done = 0
        self._told = False
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._again.timeout.connect(self._read)
        jobs.progressed.connect(self._on_progressed)

    def begin(self, total: int) -> None:
        """Read the photos of the library that is the open one now.

        Args:
            total: number of its photos; 0: all are on show, so nothing is to be read.
        """
        self._again.stop()
        self._jobs.cancel(Lane.REST)
        self.total, self.done, self._told = total, 0, False
        if total:
            self._read()
        self.changed.emit()

    def end(self) -> None:
        """All photos are shown now, from elsewhere."""
        if self.total:
            self.begin(0)

    @Slot()
    def _read(self) -> None:
        browser = self._engine.browse

        def work(ticket: Ticket) -> Listing:
            with ticket.current():
                return browser.photos()

        self._jobs.submit(Lane.REST, work, self._on_read, self._on_failed)

    def _on_read(self, photos: Listing) -> None:
        self.total = self.done = 0
        self.came.emit(photos)
        self.changed.emit()

    def _on_failed(self, error: Exception) -> None:
        passing = isinstance(error, PassingError)  # it is gone, or published anew meanwhile
        if not passing or not self._told:
            self.failed.emit(error)
        if passing:
            self._told = True
            self._again.start()
        else:
            self.begin(0)
            self.given_up.emit()

    @Slot(object, object, object, str)
    def _on_progressed(self, lane: Lane, done: int, total: int, _what: str) -> None:
        if lane is Lane.REST and self.total:
            self.done = done
            self.changed.emit()
