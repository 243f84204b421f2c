"""Finished work is stored in small transactions, so that a kill loses little."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Generic, TypeVar

COMMIT_S = 0.5
"""Seconds between two transactions."""

T = TypeVar("T")


class Commits(Generic[T]):
    """Stores items every ``COMMIT_S``, and the last ones at the end of the block of ``with``, however it ends."""

    def __init__(self, store: Callable[[Sequence[T]], None]) -> None:
        self._store = store
        self._waiting: list[T] = []
        self._committed = time.monotonic()

    def __enter__(self) -> Commits[T]:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._store(self._waiting)

    def take(self, item: T | None) -> None:
        """Called after each piece of work, with what is to be stored of it, if anything is."""
        if item is not None:
            self._waiting.append(item)
        if time.monotonic() - self._committed > COMMIT_S:
            self._store(self._waiting)
            self._waiting, self._committed = [], time.monotonic()
