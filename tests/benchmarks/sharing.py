"""How long candidates of a shared library take, copied to a desktop and compared by the server, beside its file's.

    python -m tests.benchmarks.sharing [--photos N] [--clients N] [--queries N]

makes a library of random codes of 512 bits with ten codes a photo, publishes it to a PostgreSQL server of its own on a
loopback port, and prints: the time to publish and to copy the codes; of ``hamming`` and ``windows`` the median time of the
1000 nearest in the file, in the copy and by SQL, whether they are the same photos in the same order, with and without a
filter that a tenth of the photos pass; and the throughput and the 95th percentile of many desktops with copies that ask
together, each with its own connection, for the version and 1000 descriptors; they are threads of this one process.  Needs
PostgreSQL.
"""

from __future__ import annotations

import argparse
import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import numpy as np

from core.chain.config import DescriberConfig
from core.library import create_library
from core.library.entries import Entry
from core.library.protocol import Library
from core.remote.opening import open_any, publish_library
from core.search.ranking.searcher import Searcher
from core.util.progress import Ticket
from tests.benchmarks.own_home import own_home
from tests.core.remote.conftest import PostgresServer, own_server

CONFIG = DescriberConfig(pca_dimension=32, words=17, truncate=32, bits=512)
WINDOWS, NEAREST, FILTER = 9, 1000, "roma"
BATCH = 5000

T = TypeVar("T")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=int, default=500_000)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--queries", type=int, default=20)
    options = parser.parse_args()
    with own_home("sharing") as home, own_server() as server:
        _run(home, server, options)


def _run(home: Path, server: PostgresServer, options: argparse.Namespace) -> None:
    path, address = home / "made-up.cropseek", server.address(server.database())
    (home / "photos").mkdir()
    library = create_library(path, CONFIG, b"no describer", "half")
    library.begin([home / "photos"])
    for entries in _entries(home / "photos", options.photos):
        library.store(entries)
    seconds = _timed(lambda: publish_library(path, address, Ticket()))[0]
    print(f"{options.photos:,} photos, {os.cpu_count()} cores: published in {seconds:.1f} s", flush=True)
    shared = {source: open_any(Path(f"{address}&candidates={source}")) for source in ("mirror", "sql")}
    searchers = {"file": Searcher(library.search_vectors(), {})}
    for source, opened in shared.items():
        seconds, searchers[source] = _timed(lambda opened=opened: Searcher(opened.search_vectors(), {}))  # type: ignore[misc]
        print(f"{source}: ready in {seconds:.1f} s", flush=True)
    _compare(searchers, library, options.queries)
    _together(address, shared["mirror"], options)
    for opened in (library, *shared.values()):
        opened.close()


def _compare(searchers: dict[str, Searcher], library: Library, queries: int) -> None:
    print("| codes | filter | file ms | copy ms | SQL ms | same photos in the same order |\n|---|---|---|---|---|---|")
    some = library.passing(FILTER, Ticket())
    rng = np.random.default_rng(2)
    asked = rng.integers(0, 256, (min(queries, 5), CONFIG.bits // 8), dtype=np.uint8)
    for name, among in (("none", None), (f"{len(some):,} photos", some)):
        narrowed = {source: one if among is None else one.narrowed(among) for source, one in searchers.items()}
        for windows in (False, True):
            times: dict[str, list[float]] = {source: [] for source in narrowed}
            found: dict[str, list[list[int]]] = {source: [] for source in narrowed}
            for source, searcher in narrowed.items():
                _nearest(searcher, asked[0], windows)  # what is made once is made
                for code in asked:
                    seconds, ids = _timed(lambda s=searcher, c=code, w=windows: _nearest(s, c, w))  # type: ignore[misc]
                    times[source].append(1000 * seconds)
                    found[source].append(ids)
            same = sum(len({tuple(ids) for ids in each}) == 1 for each in zip(*found.values(), strict=True))
            middle = " | ".join(f"{np.median(ms):.0f}" for ms in times.values())
            print(f"| {'ten' if windows else 'one'} | {name} | {middle} | {same} of {len(asked)} |", flush=True)


def _nearest(searcher: Searcher, code: np.ndarray, windows: bool) -> list[int]:
    rows = searcher._nearest_windows(code, NEAREST) if windows else searcher._index.nearest(code, NEAREST)[0]
    return [int(photo) for photo in searcher._ids[rows]]


def _together(address: str, mirror: Library, options: argparse.Namespace) -> None:
    """Desktops that ask at the same time what a search with copied codes asks the server for."""
    ids = mirror.photos().ids
    times: list[float] = []
    errors: list[Exception] = []

    def desktop(number: int) -> None:
        rng = np.random.default_rng(number)
        opened = open_any(Path(f"{address}&candidates=mirror"))
        try:
            descriptors = opened.search_vectors().descriptors
            for _ in range(options.queries):
                rows = np.sort(rng.choice(len(ids), min(NEAREST, len(ids)), replace=False))
                times.append(_timed(lambda rows=rows: (opened.version(), descriptors[rows]))[0])  # type: ignore[misc]
        except Exception as error:
            errors.append(error)
        finally:
            opened.close()

    threads = [threading.Thread(target=desktop, args=(number,)) for number in range(options.clients)]
    seconds, _ = _timed(lambda: ([t.start() for t in threads], [t.join() for t in threads]))
    rate, late = len(times) / seconds, 1000 * float(np.percentile(times, 95))
    print(
        f"{options.clients} desktops x {options.queries}: {rate:.1f} a second, 95 % within {late:.0f} ms,"
        f" {len(errors)} errors"
    )


def _entries(root: Path, count: int) -> Iterator[list[Entry]]:
    rng = np.random.default_rng(1)
    for start in range(0, count, BATCH):
        size = min(BATCH, count - start)
        vectors = rng.standard_normal((size, CONFIG.dimensions)).astype(np.float16)
        codes = rng.integers(0, 256, (size, 1 + WINDOWS, CONFIG.bits // 8), dtype=np.uint8)
        yield [
            Entry(
                root / ("sea" if k % 10 else "roma") / f"{start + k:07}.jpg", 1, 1, f"{start + k:032x}", 640, 480,
                descriptor=vectors[k], code=codes[k, 0], windows=codes[k, 1:],
            )
            for k in range(size)
        ]  # fmt: skip


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    began = time.monotonic()
    result = work()
    return time.monotonic() - began, result


if __name__ == "__main__":
    main()
