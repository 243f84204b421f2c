"""Numbers of threads: one for numpy's linear algebra, a chosen number for the network.

The matrix products of describing and searching are small.  A second BLAS thread that busy-waits beside a network or
another program makes them many times slower.  Fits use one thread too, so that they are reproducible.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time
from collections.abc import Iterator

STEPS_BACK = 10
"""Niceness on Linux: beside a thread at 0 one at 10 gets about a tenth of a core, but all of an idle core."""


def keep_to_one_thread() -> None:
    """Limit BLAS to one thread from now on, in this process."""
    from threadpoolctl import threadpool_limits

    threadpool_limits(limits=1, user_api="blas")


def stand_back() -> None:
    """Lower the priority of the calling thread and of all threads that it starts below those that the user waits for.

    Only on Linux, where each thread has a niceness that new threads inherit, so that OpenMP's threads have it too.
    """
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), STEPS_BACK)


ASIDE_S = 1.0
"""So long after a person moved a box, indexing begins no photo."""

PATIENCE_S = 10.0
"""A photo waits no longer than this for a person who goes on moving boxes."""


class NetworkThreads:
    """How many threads the network may use while a collection is indexed."""

    def __init__(self) -> None:
        self._wanted, self._saving, self._passes = 0, False, 0
        self._aside_until = 0.0
        self._changed = threading.Condition()
        self._own = threading.local()

    def want(self, number: int) -> None:
        """Use ``number`` threads from the next photo on; 0: one for each core."""
        with self._changed:
            self._wanted = number
            self._changed.notify_all()

    def save(self, saving: bool) -> None:
        """Use only one thread while ``saving`` power."""
        with self._changed:
            self._saving = saving
            self._changed.notify_all()

    def stand_aside(self) -> None:
        """A person moves a box: for ``ASIDE_S`` from now, indexing begins no photo."""
        self._aside_until = time.monotonic() + ASIDE_S

    @property
    def number(self) -> int:
        """The number that is wanted now."""
        return 1 if self._saving else self._wanted or os.cpu_count() or 1

    @property
    def lanes(self) -> int:
        """How many threads, with the calling one, run the network at the same time (``turn``)."""
        return int(getattr(self._own, "lanes", 1))

    def apply(self) -> None:
        """Set torch's number for the calling thread, as OpenMP keeps it per thread; nothing where torch is not loaded.

        Of some that run at a time each gets twice its share, as there is more to a photo than the network.
        """
        if "torch" in sys.modules:
            sys.modules["torch"].set_num_threads(min(self.number, -(-2 * self.number // self.lanes)))

    @contextlib.contextmanager
    def turn(self, lanes: int) -> Iterator[None]:
        """Work on one photo beside ``lanes - 1`` others.

        Waits while as many are worked on as there are threads wanted, and while a person moves a box.
        """
        longest = time.monotonic() + PATIENCE_S
        with self._changed:
            while self._passes >= self.number or time.monotonic() < min(self._aside_until, longest):
                self._changed.wait(ASIDE_S)
            self._passes += 1
        self._own.lanes = lanes
        try:
            self.apply()
            yield
        finally:
            with self._changed:
                self._passes -= 1
                self._changed.notify_all()


NETWORK_THREADS = NetworkThreads()
