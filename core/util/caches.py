"""Caches that threads share: bounded, the least used goes first, and nothing is computed twice at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from cachetools import LRUCache

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


def _one(value: object) -> int:
    """Every value counts alike."""
    return 1


class Kept(Generic[K, V]):
    """Values by key, safe to share between threads.

    Who asks for what is just being made waits for it; who asks for something else does not.

    Args:
        limit: how much is kept, in whatever ``size`` measures; a value larger than that is not kept.
        size: of one value (default: each counts 1, so that ``limit`` is their number).
    """

    def __init__(self, limit: int, size: Callable[[V], int] = _one) -> None:
        self._values: LRUCache[K, V] = LRUCache(limit, size)
        self._making: set[K] = set()
        self._changed = threading.Condition()

    def get(self, key: K, make: Callable[[], V]) -> V:
        """The value of a key, made when it is not there.

        Raises:
            Exception: whatever ``make`` raises; the next who asks tries again.
        """
        with self._changed:
            while key in self._making:
                self._changed.wait()
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
        """Forget everything."""
        with self._changed:
            self._values.clear()

    def __len__(self) -> int:
        with self._changed:
            return len(self._values)

    def _made(self, key: K, *values: V) -> None:
        """The making has ended, with a value or without."""
        with self._changed:
            self._making.discard(key)
            for value in values:
                if self._values.getsizeof(value) <= self._values.maxsize:
                    self._values[key] = value
            self._changed.notify_all()
