"""Mutated photos against the decoder and the metadata: every file becomes a photo, or one sentence.

    python -m tests.fuzz.photos --count 20000 --seed 1

Counts what may not be: crashes of a decoder, answers later than 10 s, errors without a sentence, processes that a decoder
started, files made in the folders for temporary things; and tells the most memory that was taken.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from core.photos.details import photo_details
from core.photos.images import read_picture, read_thumbnail, read_whole
from core.photos.workers import STOPPED, WORKERS
from core.util.errors import PassingError, UserError
from tests.core.photos.makers import encoded, ramp
from tests.fuzz.corpus import SUFFIXES, exif, mutated, photos
from tests.fuzz.memory import peak_mib

LONGEST_S = 10.0
CHECKED = 200
"""So many photos are read between two looks at the decoders."""


LARGEST_MIB = 1536
"""Memory of the program or of a decoder; to be measured in a process of its own, see ``main``."""


@dataclass
class Found:
    """What a run found; all but the first three ought to be nothing."""

    photos: int = 0
    read: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    crashes: list[str] = field(default_factory=list)
    hangs: list[str] = field(default_factory=list)
    tracebacks: list[str] = field(default_factory=list)
    processes: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    slowest_s: float = 0.0
    peak_mib: int = 0

    @property
    def faults(self) -> list[str]:
        """Everything that may not be."""
        return [*self.crashes, *self.hangs, *self.tracebacks, *self.processes, *self.files]

    def __str__(self) -> str:
        numbers = {"crashes": self.crashes, "answers later than 10 s": self.hangs, "tracebacks": self.tracebacks}
        numbers |= {"processes of others": self.processes, "files made": self.files}
        words = ", ".join(f"{len(these)} {what}" for what, these in numbers.items())
        kinds = "".join(f"\n  {number:6} {what}" for what, number in self.refused.most_common(12))
        return (
            f"{self.photos} photos: {self.read} read, {sum(self.refused.values())} refused; {words};"
            f" slowest answer {self.slowest_s:.1f} s, peak {self.peak_mib} MiB{kinds}"
        )


def fuzz(count: int, seed: int, keep: Path | None = None, threads: int = 2) -> Found:
    """Read mutated photos in every way.

    Args:
        keep: a folder for files that did what may not be; None: they are thrown away.
    """
    found, corpus = Found(), photos()
    WORKERS.close()  # those to come shall see the folders below
    with tempfile.TemporaryDirectory() as name, _watched(Path(name), found) as folder:
        with ThreadPoolExecutor(threads) as pool:
            for start in range(0, count, CHECKED):
                numbers = range(start, min(count, start + CHECKED))
                list(pool.map(lambda number: _one(number, seed, corpus, folder, found, keep), numbers))
                found.processes += [line for worker in WORKERS._free for line in _started_by(worker._process.pid)]
                decoders = (worker._process.pid for worker in WORKERS._free)
                found.peak_mib = max(found.peak_mib, peak_mib(), *map(peak_mib, decoders))
        WORKERS.close()
    found.photos = count
    return found


@contextlib.contextmanager
def _watched(folder: Path, found: Found) -> Iterator[Path]:
    """A folder for photos, while the usual folders for temporary things are empty ones whose changes are told."""
    photos, others = folder / "photos", [folder / "tmp", folder / "home", folder / "cwd"]
    before, here = dict(os.environ), Path.cwd()
    for place in (photos, *others):
        place.mkdir()
    os.environ |= {"TMPDIR": str(others[0]), "HOME": str(others[1]), "PYTHONPATH": str(here)}
    os.chdir(others[2])
    stamps = {place: place.stat().st_mtime_ns for place in others}
    try:
        yield photos
    finally:
        os.chdir(here)
        os.environ.clear()
        os.environ |= before
        found.files += [str(place) for place, stamp in stamps.items() if place.stat().st_mtime_ns != stamp]


def _one(number: int, seed: int, corpus: list[bytes], folder: Path, found: Found, keep: Path | None) -> None:
    chance = random.Random(f"{seed}/{number}")
    if chance.random() < 0.2:
        form = chance.choice(("JPEG", "PNG", "WEBP"))
        data = encoded(ramp(48, 32), form, exif=exif(chance))
    else:
        data = mutated(chance.choice(corpus), chance.choice(corpus), chance)
    path = folder / f"{number}{chance.choice(SUFFIXES)}"
    path.write_bytes(data)
    ways: list[Callable[[], object]] = [
        lambda: read_whole(path),
        lambda: photo_details(path),
        lambda: read_thumbnail(path, 16),
        lambda: read_picture(data),
    ]
    faults = len(found.faults)
    for way in ways[: 3 if number % 4 else 4]:
        _asked(way, number, found, way is ways[0])
    if keep is not None and len(found.faults) > faults:
        keep.mkdir(parents=True, exist_ok=True)
        (keep / path.name).write_bytes(data)
    path.unlink()


def _asked(way: Callable[[], object], number: int, found: Found, first: bool) -> None:
    started = time.monotonic()
    try:
        way()
        found.read += first
    except UserError as error:
        if error.what == STOPPED or (isinstance(error, PassingError) and "stopped" in error.what):
            found.crashes.append(f"{number}: {error.what}")
        if first:
            found.refused[error.what.partition(" (")[0]] += 1
    except Exception:
        found.tracebacks.append(f"{number}: {traceback.format_exc()}")
    took = time.monotonic() - started
    found.slowest_s = max(found.slowest_s, took)
    if took > LONGEST_S:
        found.hangs.append(f"{number}: {took:.1f} s")


def _started_by(number: int) -> list[str]:
    """The processes that a decoder has now, or has waited for, as the system counts them."""
    try:
        tasks = list(Path(f"/proc/{number}/task").iterdir())
        children = [child for task in tasks for child in (task / "children").read_text().split()]
        fields = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []  # it has ended, or this system has no such folder
    waited = int(fields[8]) + int(fields[10])  # page faults of children that were waited for
    return [f"decoder {number} started {child}" for child in children] + (
        [f"decoder {number} had a child"] if waited else []
    )


def main() -> int:
    """Run by command; the exit status tells whether anything was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="a folder for the files that did what may not be")
    arguments = parser.parse_args()
    started = time.monotonic()
    found = fuzz(arguments.count, arguments.seed, arguments.keep and arguments.keep.absolute(), arguments.threads)
    print(f"{found}\nin {time.monotonic() - started:.0f} s")
    print("\n".join(found.faults[:10]))
    return 1 if found.faults or found.peak_mib > LARGEST_MIB else 0


if __name__ == "__main__":
    sys.exit(main())
