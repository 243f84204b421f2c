"""End a subcommand cleanly when a key or the system asks for it."""

from __future__ import annotations

import signal
import threading
from types import FrameType


def end_in_order() -> None:
    """Treat the system's termination signals like Ctrl+C: finish storing first."""
    if threading.current_thread() is threading.main_thread():
        for name in ("SIGTERM", "SIGHUP", "SIGBREAK"):
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is signal.SIG_DFL:
                signal.signal(number, _stop)


def _stop(number: int, frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_IGN)  # a second signal must not interrupt the first one's work
    raise KeyboardInterrupt
