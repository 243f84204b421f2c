"""How much memory all decoding together may take: large photos wait for each other, small ones do not."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

MOST = 1 << 30
"""Bytes; a photo that needs more is decoded alone."""


class Budget:
    """Bytes that are lent for a while, in the order in which they are asked for.  Safe to share between threads."""

    def __init__(self, most: int = MOST) -> None:
        self._most, self._lent = most, 0
        self._turn = threading.Condition()
        self._waiting: deque[object] = deque()

    @contextmanager
    def lent(self, wanted: int) -> Iterator[None]:
        """Wait until so many bytes are free, and hold them; more than there are means all of them."""
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
