"""How Hamming search grows with the number of codes, against reading them once: the bandwidth of memory.

    python -m tests.benchmarks.growth [--codes 1000 10000 100000 1000000 10000000] [--folder DIR]

The codes are random, 512 bits, and lie in a file that is mapped into memory, as those of a large library do
(``core.library.vector_files``); it is removed afterwards.  The search is exact (recall 1), for the 1000 nearest.  A row
tells the least and the median processor time of the thread, which other work on the machine disturbs little, and the ratio
of the medians; then a filter that one photo in ten passes, at its first search and later.  The file is read before, so
that it lies in the system's cache, and each size is measured in a process of its own.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from core.search.ranking.codes import CodeIndex

BYTES, NEAREST, REPEATS, BATCH = 64, 1000, 9, 1 << 20
COLUMNS = (
    "codes", "MiB of codes", "read once ms", "search ms", "times reading", "10 % filter first ms", "later ms", "peak MiB",
)  # fmt: skip


def main() -> None:
    """Print a row for each number of codes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--codes", type=int, nargs="+", default=[10**power for power in range(3, 8)])
    parser.add_argument("--folder", type=Path, help="where the file is made (default: the system's for such)")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        print(_measured(arguments.codes[0], arguments.folder))
        return
    print("| " + " | ".join(COLUMNS) + " |\n|" + "---|" * len(COLUMNS))
    for number in arguments.codes:
        with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
            command = [sys.executable, "-m", "tests.benchmarks.growth", "--one", "--codes", str(number), "--folder", folder]
            print(subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip(), flush=True)


def _measured(number: int, folder: Path) -> str:
    rng = np.random.default_rng(1)
    with (folder / "codes").open("wb") as file:
        for start in range(0, number, BATCH):
            file.write(rng.bytes(BYTES * min(BATCH, number - start)))
    codes = np.memmap(folder / "codes", dtype=np.uint8, mode="r", shape=(number, BYTES))
    words, code = np.asarray(codes).view(np.uint64).ravel(), rng.integers(0, 256, BYTES, dtype=np.uint8)
    reading = _times(lambda: np.bitwise_xor.reduce(words))
    index = CodeIndex(codes)
    searching = _times(lambda: index.nearest(code, NEAREST))
    rows = np.flatnonzero(rng.random(number) < 0.1)
    made: list[CodeIndex] = []
    first = _times(lambda: made.append(CodeIndex(codes, rows)), 1) + _times(lambda: made[0].nearest(code, NEAREST), 1)
    later = _times(lambda: made[0].nearest(code, NEAREST))
    cells = [
        f"{number:,}", f"{number * BYTES / 2**20:.1f}", _told(reading), _told(searching),
        f"{np.median(searching) / np.median(reading):.2f}", f"{sum(first):.2f}", _told(later), f"{_peak():.0f}",
    ]  # fmt: skip
    return "| " + " | ".join(cells) + " |"


def _times(run: Callable[[], object], repeats: int = REPEATS) -> list[float]:
    """Milliseconds of this thread; the first of several, which warms the caches, left out."""
    times = []
    for _ in range(repeats if repeats == 1 else repeats + 1):
        started = time.thread_time()
        run()
        times.append(1000 * (time.thread_time() - started))
    return times if repeats == 1 else times[1:]


def _told(times: list[float]) -> str:
    return f"{min(times):.2f}, {np.median(times):.2f}"


def _peak() -> float:
    """The most memory the process had of its own and mapped, in MiB."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
