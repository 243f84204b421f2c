"""Linear algebra on one thread, while a search runs.

Its products are small.  A second thread of the linear algebra library, waiting busily beside a network or another program,
makes such a product up to a hundred times slower than one thread alone (measured: ``tests.benchmarks.frames`` beside other
work).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from threadpoolctl import ThreadpoolController

_guard = threading.Lock()
_inside = 0
_limit: Any = None


@cache
def _controller() -> ThreadpoolController:
    return ThreadpoolController()


@contextmanager
def one_thread() -> Iterator[None]:
    """Numpy's and scipy's linear algebra uses one thread until the last of those who asked for it is done."""
    global _inside, _limit
    with _guard:
        if _inside == 0:
            _limit = _controller().limit(limits=1, user_api="blas")
        _inside += 1
    try:
        yield
    finally:
        with _guard:
            _inside -= 1
            if _inside == 0:
                _limit.restore_original_limits()
