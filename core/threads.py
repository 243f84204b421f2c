"""Numpy's linear algebra on one thread, for processes that search.

Its products are small there.  A second thread of the library, waiting busily beside a network or another program, makes
such a product many times slower than one thread alone.  Fits keep to one thread too, so that they repeat.
"""

from __future__ import annotations

from threadpoolctl import threadpool_limits


def keep_to_one_thread() -> None:
    """From now on, in this process."""
    threadpool_limits(limits=1, user_api="blas")
