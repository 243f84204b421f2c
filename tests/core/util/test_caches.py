"""Caches that threads share: each value is made once, limits hold, and a failure is not kept."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from core.util.caches import Kept
from core.util.errors import UserError


def test_a_value_is_made_once_and_nobody_else_waits_for_it() -> None:
    kept: Kept[str, int] = Kept(4)
    gate, made = threading.Event(), list[str]()

    def slow() -> int:
        made.append("slow")
        assert gate.wait(5)
        return 1

    with ThreadPoolExecutor(4) as pool:
        waiting = [pool.submit(kept.get, "a", slow) for _ in range(3)]
        assert kept.get("b", lambda: 2) == 2  # while the other is still computed
        gate.set()
        assert [one.result() for one in waiting] == [1, 1, 1]
    assert made == ["slow"]


def test_who_fails_lets_the_next_one_try() -> None:
    kept: Kept[str, int] = Kept(4)

    def fail() -> int:
        raise UserError("no")

    with pytest.raises(UserError):
        kept.get("a", fail)
    assert kept.get("a", lambda: 3) == 3


def test_a_cache_keeps_its_limit_under_many_threads() -> None:
    kept: Kept[int, bytes] = Kept(100, len)
    rng = np.random.default_rng(0)
    keys = rng.integers(0, 30, 4000).tolist()
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda key: kept.get(key, lambda: bytes([key]) * 10), keys))
    assert [data[0] for data in found] == keys
    assert len(kept) == 10
    assert kept.get(99, lambda: b"x" * 200) == b"x" * 200  # too large to be cached, but returned
    assert len(kept) == 10
