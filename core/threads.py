"""Numpy's linear algebra on one thread, for processes that search.

Its products are small there.  A second thread of the library, waiting busily beside a network or another program, makes
such a product up to a hundred times slower than one thread alone: matching the cells of a hundred hits took 1.5 s beside
other work, and takes 0.1 s (``python -m tests.benchmarks.frames``).  Fits keep to one thread too, so that they repeat.
"""

from __future__ import annotations

from functools import cache

from threadpoolctl import threadpool_limits


@cache
def keep_to_one_thread() -> None:
    """From now on, in this process."""
    threadpool_limits(limits=1, user_api="blas")
