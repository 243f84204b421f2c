"""A process that searches keeps numpy's linear algebra to one thread."""

from __future__ import annotations

import subprocess
import sys

CODE = """
import threading
import numpy
def work():
    import core.search.searcher
thread = threading.Thread(target=work)
thread.start()
thread.join()
from threadpoolctl import threadpool_info
print({pool["num_threads"] for pool in threadpool_info() if "numpy.libs" in pool["filepath"]} <= {1})
"""


def test_searching_loads_one_thread_only() -> None:
    found = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "True"
