"""Photos on their way through a network: decoded ahead in threads, grouped by shape, worked on in lanes.

Everything is bounded, so a collection of any size needs the same memory; and the order depends on the photos alone, not on
which thread was faster.
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
"""So many groups' worth of photos may wait for others of their shape."""


def ahead(
    items: Iterable[A], work: Callable[[A], B], threads: int, waiting: int, begin: Callable[[], None] | None = None
) -> Iterator[B]:
    """The results of ``work`` in the order of ``items``, made in threads while the consumer does something else.

    Args:
        items: taken in the consumer's thread.
        waiting: at most so many results are made and not yet taken.
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
    """Items of equal key, gathered until there are enough of them.

    Args:
        size: how many items of a key make a full group.
    """

    def __init__(self, size: Callable[[K], int]) -> None:
        self._size = size
        self._open: dict[K, list[A]] = {}  # in the order of their first items

    def add(self, key: K, item: A) -> list[list[A]]:
        """The groups that are to be worked on now: a full one, and the oldest when too many items wait."""
        size = self._size(key)
        group = self._open.setdefault(key, [])
        group.append(item)
        ready = [self._open.pop(key)] if len(group) >= size else []
        while sum(map(len, self._open.values())) > ROOM * size:
            ready.append(self._open.pop(next(iter(self._open))))
        return ready

    def rest(self) -> list[list[A]]:
        """What waits still, the oldest first."""
        groups = list(self._open.values())
        self._open.clear()
        return groups
