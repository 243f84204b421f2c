"""A process that describes or searches keeps numpy's linear algebra to one thread."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

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


def test_threads_of_the_network_sleep_while_they_wait() -> None:
    environment = {name: value for name, value in os.environ.items() if name != "OMP_WAIT_POLICY"}
    code = "import core, os, sys; print(os.environ['OMP_WAIT_POLICY'], 'torch' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["PASSIVE", "False"]
