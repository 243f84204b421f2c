"""A large library: how soon it is open and answers, and what memory it takes.

    python -m tests.benchmarks.opening [--photos 1000000] [--windows none] [--folder DIR]

The library is made up: names without files, random descriptors (512 numbers) and codes (512 bits).  ``made``: its vectors
are copied into mapped files, which happens once; ``open``: in a new process, the library opened, its photos listed and its
vectors ready; then a ranking by codes, and one by codes and cosines, and what the latter reads from the disk at its first
time, when the system no longer has the descriptors in memory.  Memory is what the process holds of its own beyond what
the imports took, and, after a plus, the pages of the mapped files near to what it touched, which the system may take away.
Times are of the wall, and the processor's in brackets.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from core.chain.subwindows import LAYOUTS, subwindow_count
from core.util.resources import cache_folder

BATCH = 20_000


def main() -> None:
    """Print a row for the first opening and one for the second."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=int, default=1_000_000)
    parser.add_argument("--windows", choices=LAYOUTS, default="none")
    parser.add_argument("--folder", type=Path, help="where the library is made (default: the system's for such)")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one is not None:
        print(json.dumps(_opened(arguments.one)))
        return
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        library = Path(folder) / "many.cropseek"
        _make(library, arguments.photos, arguments.windows)
        codes = arguments.photos * 64 * (1 + subwindow_count(arguments.windows)) / 2**20
        print(f"{arguments.photos:,} photos, windows {arguments.windows}: {codes:.0f} MiB of codes,", end=" ")
        print(f"a file of {library.stat().st_size / 2**20:.0f} MiB\n")
        print("| | open s | by codes ms | codes, cosines ms | MiB read | MiB open | MiB after |\n" + "|---" * 7 + "|")
        environment = os.environ | {"XDG_CACHE_HOME": folder}
        for name in ("made", "open"):
            command = [sys.executable, "-m", "tests.benchmarks.opening", "--one", str(library)]
            text = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
            print(f"| {name} | " + " | ".join(json.loads(text)) + " |", flush=True)


def _make(path: Path, number: int, layout: str) -> None:
    from core.chain.presets import preset, shipped_file
    from core.library import create_library

    shipped = shipped_file("standard")
    assert shipped is not None
    rng, parts = np.random.default_rng(1), subwindow_count(layout)
    library = create_library(path, preset("standard"), shipped.read_bytes(), layout)
    with contextlib.closing(library):
        with library._transaction() as db:
            db.execute("INSERT INTO roots (path) VALUES (?)", (str(path.parent),))
        for start in range(1, number + 1, BATCH):  # one each: a transaction may take steps in proportion to the file's size
            ids = range(start, min(start + BATCH, number + 1))
            values = (rng.standard_normal((len(ids), 512), dtype=np.float32) / np.sqrt(512)).astype(np.float16)
            with library._transaction() as db:
                db.executemany(
                    "INSERT INTO photos (id, root, name, size, mtime_ns, content, width, height, taken, state, reason)"
                    " VALUES (?, 1, ?, 1, 1, ?, 4000, 3000, '', 'indexed', '')",
                    ((photo, f"{photo // 500:05}/IMG_{photo:08}.jpg", f"{photo:x}") for photo in ids),
                )
                db.executemany(
                    "INSERT INTO vectors VALUES (?, ?, ?)",
                    ((photo, values[row].tobytes(), rng.bytes(64)) for row, photo in enumerate(ids)),
                )
                if parts:
                    db.executemany("INSERT INTO windows VALUES (?, ?)", ((photo, rng.bytes(64 * parts)) for photo in ids))


def _opened(path: Path) -> list[str]:
    from core.engine import Engine
    from core.search.multi_query import Question
    from core.search.ranking.searcher import Asked

    engine, before = Engine(), _memory()
    searcher = None

    def ready() -> None:
        nonlocal searcher
        engine.open_library(path)
        engine.photos()
        with engine._open.reading() as library:
            searcher = engine._search.searcher(library)

    opened, memory = _timed(ready), _memory()
    assert searcher is not None
    rng = np.random.default_rng(2)
    query = (rng.standard_normal(512) / np.sqrt(512)).astype(np.float32)
    question = Question((Asked(query, rng.integers(0, 256, 64, dtype=np.uint8)),))
    answers = []
    _forgotten()
    for ranking in ("hamming", "rerank"):
        before_read = _read()
        searcher.rank(question, 200, ranking)
        read = _read() - before_read
        answers.append(_timed(lambda ranking=ranking: searcher.rank(question, 200, ranking)))  # type: ignore[misc]
    return [
        f"{opened[0]:.2f} ({opened[1]:.2f})",
        *(f"{1000 * wall:.1f} ({1000 * work:.1f})" for wall, work in answers),
        f"{read:.0f}",
        *(" + ".join(f"{now[kind] - before[kind]:.0f}" for kind in before) for now in (memory, _memory())),
    ]


def _timed(run: Callable[[], object]) -> tuple[float, float]:
    """Seconds on the wall and of the thread."""
    wall, work = time.perf_counter(), time.thread_time()
    run()
    return time.perf_counter() - wall, time.thread_time() - work


def _forgotten() -> None:
    """Have the system let go of the descriptors' file."""
    for path in cache_folder("vectors").glob("*/descriptors"):
        with path.open("rb") as file:
            os.fsync(file.fileno())
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _read() -> float:
    """MiB that this process has read from disks."""
    lines = dict(line.split(": ", 1) for line in Path("/proc/self/io").read_text().splitlines())
    return int(lines["read_bytes"]) / 2**20


def _memory() -> dict[str, float]:
    """MiB in memory now: of the process's own, and of files."""
    lines = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return {kind: int(lines[kind].split()[0]) / 1024 for kind in ("RssAnon", "RssFile")}


if __name__ == "__main__":
    main()
