"""Python's garbage is collected on the window's thread only.

A cycle may hold Qt objects, and those must die on the thread they live on; Python collects on whichever thread happens to
allocate, which here are often the background's.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

PERIOD_MS = 2000
OLD = 15
"""Every so many times the old objects are looked through too."""

STARTING = 30
"""For so many times what comes in large numbers is modules, the network and the window, and they stay."""

MANY = 30_000
"""New objects that would take a tenth of a second to look through."""


class GcTimer(QObject):
    """Python's own collecting is off for as long as it is there."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._times = 0
        self._timer = QTimer(self, interval=PERIOD_MS)
        self._timer.timeout.connect(self._collect)
        self._timer.start()
        gc.disable()

    def stop(self) -> None:
        """Let Python collect by itself again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    @Slot()
    def _collect(self) -> None:
        self._times += 1
        if self._times <= STARTING and gc.get_count()[0] > MANY:
            gc.freeze()  # from now on nobody looks through them
            return
        gc.collect(2 if self._times % OLD == 0 else 1)
