"""Signals to end (SIGTERM, SIGHUP, Ctrl+C in the terminal): the windows are closed properly."""

from __future__ import annotations

import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Signal, Slot

NAMES = ("SIGTERM", "SIGHUP", "SIGINT", "SIGBREAK")


class Termination(QObject):
    """Emits ``asked`` on the window's thread when the system wants the program to end.

    Python runs a signal's handler only between two of its own instructions, and Qt's event loop may run none for minutes.
    So Python also writes the signal's number into a socket, which wakes the event loop.
    """

    asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._read, self._write = socket.socketpair()
        for end in (self._read, self._write):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._read.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_signal)
        self._before = signal.set_wakeup_fd(self._write.fileno(), warn_on_full_buffer=False)
        found = (getattr(signal, name, None) for name in NAMES)
        self._handlers = {number: signal.signal(number, _ignore) for number in found if number is not None}

    def stop(self) -> None:
        """Restore the earlier handlers."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._before)
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        for end in (self._read, self._write):
            end.close()

    @Slot()
    def _on_signal(self) -> None:
        if any(number in self._handlers for number in self._read.recv(64)):
            self.asked.emit()


def _ignore(number: int, frame: FrameType | None) -> None:
    """Does nothing; the signal's number arrives at the socket."""
