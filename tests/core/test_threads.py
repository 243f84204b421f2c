"""Linear algebra keeps to one thread for as long as anybody asks, and then has its threads back."""

from __future__ import annotations

import threading

import numpy as np
from threadpoolctl import threadpool_info

from core.threads import one_thread


def blas_threads() -> set[int]:
    np.ones((2, 2)) @ np.ones((2, 2))
    return {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"}


def test_one_thread_until_the_last_is_done() -> None:
    before = blas_threads()
    entered, leave = threading.Event(), threading.Event()

    def other() -> None:
        with one_thread():
            entered.set()
            leave.wait(10)

    thread = threading.Thread(target=other)
    with one_thread():
        assert blas_threads() == {1}
        thread.start()
        assert entered.wait(10)
    assert blas_threads() == {1}  # the other one still needs it
    leave.set()
    thread.join()
    assert blas_threads() == before
