"""Feed photos to a network: decode them ahead in threads, and group them by shape.

Everything is bounded, so memory does not grow with the collection.  The order depends only on the photos, not on which
thread was faster.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
A = TypeVar("A")
B = TypeVar("B")

ROOM = 3
"""Number of groups' worth of photos that may wait for others of their shape."""


def ahead(
    items: Iterable[A], work: Callable[[A], B], threads: int, waiting: int, begin: Callable[[], None] | None = None
) -> Iterator[B]:
    """The results of ``work`` in the order of ``items``, computed in threads while the consumer does something else.

    Args:
        items: iterated in the consumer's thread.
        waiting: largest number of results that are computed and not yet consumed.
        begin: called first in each thread.
    """
    pool = ThreadPoolExecutor(threads, thread_name_prefix="ahead", initializer=begin)
    futures: deque[Future[B]] = deque()
    try:
        for item in items:
            futures.append(pool.submit(work, item))
            if len(futures) > waiting:
                yield futures.popleft().result()
        while futures:
            yield futures.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


class ShapeGroups(Generic[K, A]):
    """Collects items with equal keys into groups.

    Args:
        size: number of items in a full group of a key.
    """

    def __init__(self, size: Callable[[K], int]) -> None:
        self._size = size
        self._open: dict[K, list[A]] = {}  # in the order of their first items

    def add(self, key: K, item: A) -> list[list[A]]:
        """Add an item; returns the groups to process now: a full one, and the oldest if too many items wait."""
        size = self._size(key)
        group = self._open.setdefault(key, [])
        group.append(item)
        ready = [self._open.pop(key)] if len(group) >= size else []
        while sum(map(len, self._open.values())) > ROOM * size:
            ready.append(self._open.pop(next(iter(self._open))))
        return ready

    def rest(self) -> list[list[A]]:
        """The incomplete groups, the oldest first."""
        groups = list(self._open.values())
        self._open.clear()
        return groups
