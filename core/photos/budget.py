"""Limits the memory of all decoding together: large photos wait for each other, small ones do not."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

MOST = 1 << 30
"""Limit in bytes; a photo that needs more is decoded alone."""


class Budget:
    """Lends bytes for a while, first come, first served.  Safe to share between threads."""

    def __init__(self, most: int = MOST) -> None:
        self._most, self._lent = most, 0
        self._turn = threading.Condition()
        self._waiting: deque[object] = deque()

    @contextmanager
    def lent(self, wanted: int) -> Iterator[None]:
        """Wait until ``wanted`` bytes are free, and hold them; a request above the limit gets all of it."""
        size, mine = min(max(wanted, 0), self._most), object()
        with self._turn:
            self._waiting.append(mine)
            try:
                self._turn.wait_for(lambda: self._waiting[0] is mine and self._lent + size <= self._most)
                self._lent += size
            finally:
                self._waiting.remove(mine)
                self._turn.notify_all()
        try:
            yield
        finally:
            with self._turn:
                self._lent -= size
                self._turn.notify_all()
