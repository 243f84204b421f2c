"""What it costs to decode photos in a process of their own, beside what describing one costs.

    python -m tests.benchmarks.decoding PHOTOS [--count 60] [--rounds 3]

prints the processor time a photo of both ways, in turns, and that of describing one with everything that follows decoding;
the extra cost as a share of all that.  Processor times of this process and of its decoders.
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np


def main() -> None:
    """Print times and share."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    from core.photos import workers
    from core.photos.scan import scan

    paths = [file.path for file in scan([options.photos])][: options.count]
    both: dict[bool, list[float]] = {False: [], True: []}
    _decoded(paths[:2])  # modules are loaded
    for _ in range(options.rounds):
        for apart, times in both.items():
            workers.APART = apart
            times.append(_cost(lambda: _decoded(paths), len(paths)))
    here, there = (np.array(both[apart]) for apart in (False, True))
    workers.APART = True
    rest = _described(paths[:30]) - there.mean()
    print(f"decoding here:  {_words(here)} ms of processor a photo")
    print(f"decoding apart: {_words(there)} ms")
    share = 100 * (there.mean() - here.mean()) / (rest + here.mean())
    print(f"the rest of indexing: {rest:.1f} ms; decoding apart costs {share:.1f} % of all")


def _words(times: np.ndarray) -> str:
    return f"{times.mean():.2f} ({', '.join(f'{time:.2f}' for time in times)})"


def _cost(work: Callable[[], object], count: int) -> float:
    """Milliseconds of processor for each of ``count``, of this process and of the decoders, which are ended."""
    from core.photos.workers import WORKERS

    before = _used()
    work()
    WORKERS.close()
    return 1000 * (_used() - before) / count


def _used() -> float:
    found = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in found)


def _decoded(paths: list[Path]) -> None:
    from core.photos.images import read_whole

    for path in paths:
        read_whole(path)


def _described(paths: list[Path]) -> float:
    """Milliseconds of processor a photo for indexing, decoding included."""
    from core.engine import Engine

    with tempfile.TemporaryDirectory() as home:
        for name in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
            os.environ[name] = home
        folder = Path(home) / "photos"
        folder.mkdir()
        for path in paths:
            (folder / path.name).symlink_to(path)
        engine = Engine()
        engine.warm_up()
        return _cost(lambda: engine.index([folder], Path(home) / "l.cropseek"), len(paths))


if __name__ == "__main__":
    main()
