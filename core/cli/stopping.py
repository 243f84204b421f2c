"""A subcommand that is asked to end, by a key or by the system, ends in order."""

from __future__ import annotations

import signal
import threading
from types import FrameType


def end_in_order() -> None:
    """Treat the system's wish to end like a press of Ctrl+C: what is being stored is stored first."""
    if threading.current_thread() is threading.main_thread():
        for name in ("SIGTERM", "SIGHUP", "SIGBREAK"):
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is signal.SIG_DFL:
                signal.signal(number, _stop)


def _stop(number: int, frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_IGN)  # a second one must not break off what the first began
    raise KeyboardInterrupt
