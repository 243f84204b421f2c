"""How long many new photos take until they can be searched, and until all is done.

    python -m tests.benchmarks.many PHOTOS [--number 1000] [--work FOLDER] [--device cpu+int8]

The files are made from the given photos: a part of each, at times mirrored, encoded again.  So they are real pictures of
real sizes with bytes of their own, but there are fewer subjects than files.  ``--number 0`` takes the photos as they are.
One run
of the program then indexes them with its three passes.

The table has a row for each quarter of a pass: what a photo of it takes.  If that does not grow, the time grows as the
number of photos does.  The last lines tell when the whole collection could be searched, when every box could be asked, and
when all was done, and the most memory.  Processor seconds are of all threads.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from PIL import Image, ImageOps

from core.engine import Engine
from core.indexing.keypoints import WHAT
from core.indexing.passes import CLOSELY, QUICKLY
from core.photos.images import SUFFIXES
from core.util.progress import Ticket

PASSES = {QUICKLY: "searchable", CLOSELY: "every box can be asked", WHAT: "hits verified from what is stored"}
"""What a person has after each pass."""

LEAST_KEPT = 0.8
"""Least share of a side that is kept."""

QUALITIES = (85, 95)
FOLDER_SIZE = 500
QUARTERS = 4
MIB = 2**20


@dataclass(frozen=True)
class Mark:
    """A moment of a run: photos done in this pass, and seconds since the start on the wall and of the processor."""

    done: int
    wall: float
    processor: float


def main() -> None:
    """Make the files, index them, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path, help="a folder of photos to make the files from")
    parser.add_argument("--number", type=int, default=1000)
    parser.add_argument("--work", type=Path, help="an empty folder to work in (default: a temporary one)")
    parser.add_argument("--device", default="cpu")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cropseek-many-", dir=arguments.work) as work:
        for name in ("XDG_CACHE_HOME", "XDG_DATA_HOME"):
            os.environ[name] = str(Path(work) / name)
        photos, started = arguments.photos, time.monotonic()
        if arguments.number:
            photos = Path(work) / "photos"
            size = make(sorted(arguments.photos.rglob("*")), arguments.number, photos)
            seconds = time.monotonic() - started
            print(f"made {arguments.number} files, {size / MIB:.0f} MiB, in {seconds:.0f} s\n", flush=True)
        _measure(photos, Path(work) / "l.cropseek", arguments.device)


def make(sources: Sequence[Path], number: int, folder: Path) -> int:
    """Make files from photos, about as many from each, the same in each run; returns their bytes.

    Raises:
        SystemExit: there are no photos.
    """
    sources = [path for path in sources if path.suffix.lower() in SUFFIXES]
    if not sources:
        raise SystemExit("there are no photos")
    size = 0
    for place, source in enumerate(sources):
        with Image.open(source) as opened:
            photo = ImageOps.exif_transpose(opened).convert("RGB")
        for which in range(place, number, len(sources)):
            path = folder / f"{which // FOLDER_SIZE:04}" / f"{which:07}.jpg"
            path.parent.mkdir(parents=True, exist_ok=True)
            _changed(photo, random.Random(which)).save(path, quality=random.Random(which).randint(*QUALITIES))
            size += path.stat().st_size
    return size


def _changed(photo: Image.Image, chance: random.Random) -> Image.Image:
    """A part of the photo, mirrored one time in two."""
    sides = [max(1, round(side * chance.uniform(LEAST_KEPT, 1.0))) for side in photo.size]
    left, top = (chance.randint(0, whole - kept) for whole, kept in zip(photo.size, sides, strict=True))
    part = photo.crop((left, top, left + sides[0], top + sides[1]))
    return ImageOps.mirror(part) if chance.random() < 0.5 else part


def _measure(photos: Path, library: Path, device: str) -> None:
    passes: dict[str, list[Mark]] = {}
    engine = Engine(device)
    engine.warm_up()
    begun, worked = time.monotonic(), time.process_time()

    def note(done: int, total: int, what: str) -> None:
        if what in PASSES:
            passes.setdefault(what, []).append(Mark(done, time.monotonic() - begun, time.process_time() - worked))

    report = engine.index([photos], library, Ticket(on_progress=note))
    done = Mark(report.indexed, time.monotonic() - begun, time.process_time() - worked)
    print("| pass | photos | photos/s | processor ms a photo |\n|---|---|---|---|")
    before = Mark(0, 0.0, 0.0)
    for what, marks in passes.items():
        for first, last in _quarters([Mark(0, before.wall, before.processor), *marks]):
            count, wall, processor = last.done - first.done, last.wall - first.wall, last.processor - first.processor
            print(f"| {what} | {first.done + 1} to {last.done} | {count / wall:.1f} | {1000 * processor / count:.0f} |")
        before = marks[-1]
    print()
    for what, mark in [(said, passes[each][-1]) for each, said in PASSES.items() if each in passes] + [("done", done)]:
        each = 1000 * mark.processor / done.done
        print(f"{what} after {mark.wall:.0f} s, {mark.processor:.0f} processor s, {each:.0f} ms a photo")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = library.stat().st_size / MIB
    print(f"{report.indexed} photos, {len(report.skipped)} skipped, library {size:.0f} MiB, peak {peak:.0f} MiB")


def _quarters(marks: Sequence[Mark]) -> list[tuple[Mark, Mark]]:
    """First and last moment of each quarter of a pass."""
    ends = [marks[round(part * (len(marks) - 1) / QUARTERS)] for part in range(QUARTERS + 1)]
    return [(first, last) for first, last in pairwise(ends) if last.done > first.done]


if __name__ == "__main__":
    main()
