"""Thread-safe, bounded LRU caches that never compute the same value twice at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from cachetools import LRUCache

from core.util.progress import Cancelled, current_ticket

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

LOOK_S = 0.1
"""Between two looks of one who waits at whether the work that it does is cancelled."""


def _one(value: object) -> int:
    """Every value has size 1."""
    return 1


class Kept(Generic[K, V]):
    """An LRU cache of values by key, safe to share between threads.

    If another thread is computing the value of a key, ``get`` waits for it.  Other keys are not blocked.

    Args:
        limit: largest total size of the values; a value larger than this is not kept.
        size: size of one value (default: 1, so that ``limit`` is the number of values).
    """

    def __init__(self, limit: int, size: Callable[[V], int] = _one) -> None:
        self._values: LRUCache[K, V] = LRUCache(limit, size)
        self._making: set[K] = set()
        self._changed = threading.Condition()

    def get(self, key: K, make: Callable[[], V]) -> V:
        """The value of ``key``, computed with ``make`` if it is not in the cache.

        Raises:
            Exception: any exception of ``make``; the next ``get`` tries again.
            Cancelled: by the ``current_ticket``, while another thread is computing it.
        """
        ticket = current_ticket()
        with self._changed:
            while key in self._making:
                self._changed.wait(LOOK_S if ticket is not None else None)
                if ticket is not None and ticket.cancelled:
                    raise Cancelled
            if key in self._values:
                return self._values[key]
            self._making.add(key)
        try:
            value = make()
        except BaseException:
            self._made(key)
            raise
        self._made(key, value)
        return value

    def clear(self) -> None:
        """Remove all values."""
        with self._changed:
            self._values.clear()

    def __contains__(self, key: K) -> bool:
        """Whether a value is there already."""
        with self._changed:
            return key in self._values

    def __len__(self) -> int:
        with self._changed:
            return len(self._values)

    def _made(self, key: K, *values: V) -> None:
        """End the computation of ``key``; keep its value, if there is one."""
        with self._changed:
            self._making.discard(key)
            for value in values:
                if self._values.getsizeof(value) <= self._values.maxsize:
                    self._values[key] = value
            self._changed.notify_all()
