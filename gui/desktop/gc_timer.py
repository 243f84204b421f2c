"""Collect Python's garbage on the window's thread only.

A cycle may contain Qt objects, which must be deleted on their own thread; Python collects on any thread that allocates,
here often one of the background.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

PERIOD_MS = 2000
OLD = 15
"""A full collection, of old objects too, is made every so many times."""

STARTING = 30
"""The objects of the first collections (modules, the network, the window) stay for good, and are frozen."""

MANY = 30_000
"""Number of new objects that starts a collection, which takes a tenth of a second."""


class GcTimer(QObject):
    """Collects from a timer; Python's automatic collection is off while it exists."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._times = 0
        self._timer = QTimer(self, interval=PERIOD_MS)
        self._timer.timeout.connect(self._collect)
        self._timer.start()
        gc.disable()

    def stop(self) -> None:
        """Turn automatic collection on again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    @Slot()
    def _collect(self) -> None:
        self._times += 1
        if self._times <= STARTING and gc.get_count()[0] > MANY:
            gc.freeze()  # later collections skip them
            return
        gc.collect(2 if self._times % OLD == 0 else 1)
