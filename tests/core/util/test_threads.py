"""A process that describes or searches keeps numpy's linear algebra to one thread."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time

import pytest

from core.util import threads as threads_module
from core.util.threads import NetworkThreads

CODE = """
import importlib, sys, threading
import numpy
def work():
    importlib.import_module(sys.argv[1])
thread = threading.Thread(target=work)
thread.start()
thread.join()
from threadpoolctl import threadpool_info
print({pool["num_threads"] for pool in threadpool_info() if "numpy.libs" in pool["filepath"]} <= {1})
"""


@pytest.mark.parametrize("module", ["core.search.ranking.searcher", "core.indexing.run"])
def test_one_thread_only(module: str) -> None:
    found = subprocess.run([sys.executable, "-c", CODE, module], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "True"


def test_saving_takes_one_thread_at_once() -> None:
    import torch

    threads, before = NetworkThreads(), torch.get_num_threads()
    try:
        threads.want(2)
        threads.apply()
        assert torch.get_num_threads() == 2
        threads.save(True)
        threads.apply()
        assert torch.get_num_threads() == 1
    finally:
        torch.set_num_threads(before)


@pytest.mark.parametrize(("wanted", "at_once"), [(1, 1), (2, 2), (8, 4)])
def test_no_more_passes_run_at_a_time_than_threads_are_wanted(wanted: int, at_once: int) -> None:
    lanes, running, most = 4, 0, 0
    threads, lock, met = NetworkThreads(), threading.Lock(), threading.Barrier(at_once)
    threads.want(wanted)

    def work() -> None:
        nonlocal running, most
        with threads.turn(lanes):
            with lock:
                running += 1
                most = max(most, running)
            assert threads.lanes == lanes
            met.wait(20)  # so many meet inside
            with lock:
                running -= 1

    workers = [threading.Thread(target=work) for _ in range(lanes)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(20)
    assert not any(worker.is_alive() for worker in workers)
    assert most == at_once
    assert threads.lanes == 1  # of this thread


def test_saving_lets_passes_run_one_after_another() -> None:
    threads = NetworkThreads()
    threads.want(2)
    begun = threading.Event()

    def second() -> None:
        with threads.turn(2):
            begun.set()

    threads.save(True)
    worker = threading.Thread(target=second)
    with threads.turn(2):
        worker.start()
        assert not begun.wait(0.2)
        threads.save(False)
        assert begun.wait(20)
    worker.join(20)


def test_no_photo_is_begun_while_a_box_is_moved(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threads_module, "ASIDE_S", 0.3)
    threads = NetworkThreads()
    threads.stand_aside()
    moved = time.monotonic()
    with threads.turn(2):
        assert time.monotonic() - moved >= 0.3  # the person has stopped


def test_a_photo_does_not_wait_for_ever_for_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threads_module, "ASIDE_S", 0.1)
    monkeypatch.setattr(threads_module, "PATIENCE_S", 0.3)
    threads = NetworkThreads()
    over = threading.Event()

    def move() -> None:
        while not over.wait(0.02):
            threads.stand_aside()

    threads.stand_aside()
    person = threading.Thread(target=move)
    person.start()
    with threads.turn(2):
        over.set()
    person.join(20)


def test_threads_of_the_network_sleep_while_they_wait() -> None:
    environment = {name: value for name, value in os.environ.items() if name != "OMP_WAIT_POLICY"}
    code = "import core, os, sys; print(os.environ['OMP_WAIT_POLICY'], 'torch' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["PASSIVE", "False"]
