"""Whether anything is lost when indexing is killed at any moment, and when several programs make one library at once.

    python -m tests.benchmarks.kills [--kills 100] [--rounds 50] [--photos 40] [--preset NAME] [--plain] [--seed 1]

A run is killed (SIGKILL, which nobody can catch) after a random time, as often as its round says, then ended in peace:

- ``index``: a new library with windows ``third``;
- ``quick pass``, ``fine pass``, ``last pass``: the same with all passes, first killed in this one;
- ``again``: photos changed, renamed, moved over others, deleted, a folder renamed, then indexed again;
- ``creation``: libraries made one after another.

Told are: committed photos that a kill lost (their files are there, and they were in the library before), libraries whose
contents differ from those of a run without kills, and files left beside a library.  Then two and three processes make and
fill one library at the same moment, every second round without the lock between them, as two persons would.  POSIX only.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

import core.indexing.passes
from core.chain.describer import Describer
from core.chain.subwindows import subwindow_count
from core.engine import Engine
from core.indexing.keypoints import WHAT
from core.indexing.passes import CLOSELY, QUICKLY
from core.library import open_library
from core.library.entries import Entry, content_of, edges_of
from core.library.opening import agree_to_library
from core.photos.images import read_photo
from core.photos.keypoints import find_points
from core.photos.scan import PhotoFile
from core.util.errors import UserError
from core.util.progress import Ticket

Contents = set[tuple[Any, ...]]

COLUMNS = ("what", "kills or rounds", "committed photos seen", "lost", "contents differ", "left over")
LAYOUT = "third"
PASSES = {"quick": QUICKLY, "fine": CLOSELY, "last": WHAT}
"""What a run says that it does in each pass."""

SIDE = (96, 72)
CREATED_S = 0.5
COMMIT_S = 0.02
"""Photos are committed more often than usual, as these take no time."""

OPENED_S = 30.0
"""A library that others write to is opened within so long, or the benchmark says that it is not."""


def main() -> None:
    """Print a row for each kind of round; the exit status tells whether anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=50, help="with two, and with three processes")
    parser.add_argument("--photos", type=int, default=40)
    parser.add_argument("--preset", help="default: that of the program on photos of 96 pixels, which costs least")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plain", action="store_true", help="store numbers made of each file's hash: no network runs")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cropseek-kills-") as folder:
        for name in ("XDG_CACHE_HOME", "XDG_DATA_HOME"):
            os.environ[name] = str(Path(folder) / name)
        preset = arguments.preset or _cheap()
        if arguments.plain:
            core.indexing.passes.described = _plainly
        bench = Bench(Path(folder), arguments.photos, preset, random.Random(arguments.seed))
        print("| " + " | ".join(COLUMNS) + " |\n" + "|---" * len(COLUMNS) + "|", flush=True)
        wrong = sum(
            (
                bench.told("index", bench.indexing, arguments.kills),
                *(bench.told(f"{each} pass", partial(bench.in_pass, each), arguments.kills) for each in PASSES),
                bench.told("again", bench.again, arguments.kills),
                bench.told("creation", bench.creation, arguments.kills),
                bench.told("two processes", lambda: bench.together(2), arguments.rounds),
                bench.told("three processes", lambda: bench.together(3), arguments.rounds),
            )
        )
    sys.exit(1 if wrong else 0)


class Bench:
    """Runs rounds of one kind, and counts what went wrong.

    Args:
        place: an empty folder.
        photos: number of photos that are made.
    """

    def __init__(self, place: Path, photos: int, preset: str, chance: random.Random) -> None:
        self.place, self.preset, self.chance = place, preset, chance
        self.seen = self.lost = self.differ = self.left = self.rounds = 0
        self.source = place / "source"
        for number in range(photos):
            picture(self.source / f"{'abc'[number % 3]}" / f"{number:03}.png", number)
        self.engine = _loaded(preset)
        self.plain = place / "plain" / "l.cropseek"
        started = time.monotonic()
        _in_child(lambda: self._index(self.source, self.plain))
        self.seconds = time.monotonic() - started
        self.expected = contents(self.plain)
        assert len(self.expected) == photos

    def told(self, name: str, work: Callable[[], int], wanted: int) -> int:
        """Work until there were so many kills or rounds; print a row, and return how much was wrong."""
        self.seen = self.lost = self.differ = self.left = done = 0
        while done < wanted:
            done += work()
        print(f"| {name} | {done} | {self.seen} | {self.lost} | {self.differ} | {self.left} |", flush=True)
        return self.lost + self.differ + self.left

    def indexing(self) -> int:
        """One new library, its run killed some times."""
        home = self._home()
        library = home / "l.cropseek"
        kills = self._killed(self.source, library, self.seconds)
        self._finish(self.source, library, self.expected)
        shutil.rmtree(home)
        return kills

    def in_pass(self, which: str) -> int:
        """One new library, killed in one of the passes, then anywhere; it ends as one that had one pass."""
        with _passes_for_few():
            home = self._home()
            library, mark = home / "l.cropseek", self.place / "mark"
            mark.unlink(missing_ok=True)
            child = _forked(lambda: self._index(self.source, library, _marking(mark, PASSES[which])))
            _wait(mark.exists)
            time.sleep(self.chance.uniform(0.0, self.seconds / 2))
            before = there(library, self.source)
            kills = int(_kill(child))
            after = there(library, self.source)
            self.seen += len(before)
            self.lost += len(before - after)
            kills += self._killed(self.source, library, self.seconds)
            self._finish(self.source, library, self.expected)
        shutil.rmtree(home)
        return kills

    def again(self) -> int:
        """A library brought up to date after changes, killed some times."""
        home = self._home()
        photos, library, peace = home / "photos", home / "l.cropseek", home / "peace" / "l.cropseek"
        shutil.copytree(self.source, photos)
        _in_child(lambda: self._index(photos, library))
        changed(photos, self.chance)
        peace.parent.mkdir()
        shutil.copy(library, peace)
        agree_to_library(peace, None)
        started = time.monotonic()
        _in_child(lambda: self._index(photos, peace))
        kills = self._killed(photos, library, time.monotonic() - started)
        expected = contents(peace)
        shutil.rmtree(peace.parent)
        self._finish(photos, library, expected)
        shutil.rmtree(home)
        return kills

    def creation(self) -> int:
        """Libraries made one after another until the kill; each is whole or not there, and can then be made."""
        home = self._home()
        engine = self.engine

        def make() -> None:
            for number in range(10_000):
                made(engine, home / f"{number}.cropseek", self.preset)

        child = _forked(make)
        while not list(home.iterdir()):
            time.sleep(0.001)
        time.sleep(self.chance.uniform(0.0, CREATED_S))
        _kill(child)
        names = {entry.name.lstrip(".").split(".")[0] for entry in home.iterdir()}
        for name in names:
            path = home / f"{name}.cropseek"
            try:
                if not path.exists():
                    made(engine, path, self.preset)
                made(engine, path, self.preset)
                self.seen += 1
            except UserError as error:
                print(f"  {error}")
                self.differ += 1
        self.left += len(set(os.listdir(home)) - {f"{name}.cropseek" for name in names})
        shutil.rmtree(home)
        return 1

    def together(self, number: int) -> int:
        """Some processes make and fill one library."""
        home = self._home()
        library = home / "l.cropseek"
        alone = self.rounds % 2 == 1
        self.rounds += 1
        reports = [home / f"report-{place}" for place in range(number)]

        def work(place: int) -> None:
            if alone:
                os.environ["XDG_CACHE_HOME"] = str(home / f"cache-{place}")
            report = self.engine.index([self.source], library, preset=self.preset, layout=LAYOUT)
            reports[place].write_text(json.dumps([report.indexed, report.unchanged, len(report.skipped)]))

        children = [_forked(lambda place=place: work(place)) for place in range(number)]  # type: ignore[misc]
        codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
        told = [json.loads(report.read_text()) if report.exists() else None for report in reports]
        for place in range(number):
            shutil.rmtree(home / f"cache-{place}", ignore_errors=True)
            reports[place].unlink(missing_ok=True)
        wrong = any(codes) or any(each is None or each[0] + each[1] != len(self.expected) or each[2] for each in told)
        # With the lock one does all the work and the others find it done.
        wrong |= not alone and sorted(each[0] for each in told if each) != [0] * (number - 1) + [len(self.expected)]
        self._compare(library, self.expected, wrong)
        self.seen += len(self.expected)
        shutil.rmtree(home)
        return 1

    def _killed(self, photos: Path, library: Path, seconds: float) -> int:
        """Kill a run one to three times; returns how often it was killed before it was done."""
        kills = 0
        for _ in range(self.chance.randint(1, 3)):
            child = _forked(lambda: self._index(photos, library))
            time.sleep(self.chance.uniform(0.0, 1.05 * seconds))
            before = there(library, photos)
            killed = _kill(child)
            after = there(library, photos)
            self.seen += len(before)
            self.lost += len(before - after)
            kills += killed
        return kills

    def _finish(self, photos: Path, library: Path, expected: Contents) -> None:
        _in_child(lambda: self._index(photos, library))
        self._compare(library, expected, False)

    def _compare(self, library: Path, expected: Contents, wrong: bool) -> None:
        found = contents(library)
        if found != expected or wrong:
            print(f"  {len(expected - found)} missing, {len(found - expected)} more, {wrong=}")
        self.differ += found != expected or wrong
        kept = {library.name, "photos", "peace"}
        self.left += len(set(os.listdir(library.parent)) - kept)

    def _index(self, photos: Path, library: Path, ticket: Ticket | None = None) -> None:
        self.engine.index([photos], library, ticket, preset=self.preset, layout=LAYOUT)

    def _home(self) -> Path:
        return Path(tempfile.mkdtemp(prefix="round-", dir=self.place))


@contextlib.contextmanager
def _passes_for_few() -> Iterator[None]:
    """Runs that are started meanwhile have all passes, though the photos are few."""
    few, core.indexing.passes.FEW = core.indexing.passes.FEW, 0
    try:
        yield
    finally:
        core.indexing.passes.FEW = few


def _marking(mark: Path, what: str) -> Ticket:
    """Makes a file when a run begins to do something."""

    def note(done: int, total: int, of: str) -> None:
        if of == what:
            mark.touch()

    return Ticket(on_progress=note)


def _wait(ready: Callable[[], bool]) -> None:
    """Until a run is so far.

    Raises:
        TimeoutError: it is not, after ``OPENED_S``.
    """
    end = time.monotonic() + OPENED_S
    while not ready():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.001)


def picture(path: Path, seed: int) -> None:
    """A photo of coloured noise, which has structure everywhere."""
    path.parent.mkdir(parents=True, exist_ok=True)
    noise = np.random.default_rng(seed).integers(0, 255, (9, 12, 3), dtype=np.uint8)
    Image.fromarray(noise).resize(SIDE, Image.Resampling.BICUBIC).save(path)


def changed(photos: Path, chance: random.Random) -> None:
    """Change, rename, move over others, and delete some photos; rename a folder."""
    paths = sorted(photos.rglob("*.png"))
    chance.shuffle(paths)
    for place, path in enumerate(paths[:4]):
        picture(path, chance.randrange(1000, 1_000_000) + place)
    for path in paths[4:8]:
        path.rename(path.with_name(f"renamed-{path.name}"))
    paths[8].replace(paths[9])
    paths[10].replace(paths[0])
    for path in paths[11:14]:
        path.unlink()
    picture(photos / "new.png", chance.randrange(1_000_000, 2_000_000))
    (photos / "b").rename(photos / "renamed")


def contents(library: Path) -> Contents:
    """What a library holds, but for the numbers of its photos."""
    with contextlib.closing(open_library(library)) as opened:
        columns = (
            "name, size, content, width, height, taken, state, reason, descriptor, code, codes, jpeg, positions, features,"
            " places, points.rows"
        )
        rows = opened._rows(
            f"SELECT {columns} FROM photos LEFT JOIN vectors ON vectors.photo = id LEFT JOIN windows ON windows.photo = id"
            " LEFT JOIN thumbnails ON thumbnails.photo = id LEFT JOIN cells ON cells.photo = id"
            " LEFT JOIN points ON points.photo = id"
        )
        assert len(opened.roots()) == 1
        assert opened._rows("PRAGMA integrity_check") == [("ok",)]
    # A photo of which the file is gone was one of several with these bytes, or of one name: only its content counts.
    return {(row[2], "missing") if row[6] == "missing" else row for row in rows}


def there(library: Path, photos: Path) -> set[str]:
    """The contents of the photos that a library holds whose files are there."""
    end = time.monotonic() + OPENED_S
    while library.exists():
        try:
            with contextlib.closing(open_library(library)) as opened:
                return {known.content for known in opened.known() if known.state == "indexed"} & on_disk(photos)
        except UserError:
            if time.monotonic() > end:
                raise
            time.sleep(0.01)
    return set()


def on_disk(photos: Path) -> set[str]:
    """The contents of all photos of a folder."""
    return {content_of(path) for path in photos.rglob("*.png")}


def made(engine: Engine, library: Path, preset: str) -> None:
    """Make a library, or open the one that is there."""
    with engine._maker.alone(library, Ticket()):
        engine._maker.library(library, preset, (), LAYOUT, preset, Ticket()).close()


def _cheap() -> str:
    """Save the program's fit as one for tiny photos; returns its name."""
    from core.chain.load import shipped_stages
    from core.chain.model_file import dump_describer
    from core.chain.presets import preset, save_preset

    config = dataclasses.replace(preset("standard"), longest_side=SIDE[0])
    save_preset("tiny", dump_describer(config, shipped_stages("standard")))
    return "tiny"


def _plainly(
    files: Iterable[PhotoFile], describer: Describer, claim: Callable[[Entry], bool], layout: str, remaining: str = ""
) -> Iterator[tuple[Entry, bool]]:
    """In the place of ``core.indexing.pipeline.described``: the same entries, but with numbers made of the file's hash."""
    config = describer.config
    for file in files:
        content, edges = content_of(file.path), edges_of(file.path)
        entry = Entry(file.path, file.size, file.mtime_ns, content, *SIDE, edges=edges, thumbnail=content.encode() * 200)
        if claim(entry):
            yield entry, False
            continue
        numbers = np.random.default_rng(int(content, 16))
        time.sleep(0.002)
        yield (
            dataclasses.replace(
                entry,
                descriptor=numbers.normal(size=config.dimensions).astype(np.float16),
                code=numbers.integers(0, 255, config.bits // 8, dtype=np.uint8),
                windows=numbers.integers(0, 255, (subwindow_count(layout), config.bits // 8), dtype=np.uint8),
                points=None if remaining else find_points(read_photo(file.path)),
                remaining=remaining,
            ),
            True,
        )


def _loaded(preset: str) -> Engine:
    """An engine with all that children need; they are forked, so that a run takes no seconds to start."""
    import torch

    import core.backbones.batch_sizes
    import core.chain.model_file
    import core.indexing.batched
    import core.indexing.commits
    import core.indexing.run

    torch.set_num_threads(1)  # a pool of threads does not survive a fork
    Image.init()
    core.indexing.commits.COMMIT_S = COMMIT_S
    engine = Engine()
    engine._describers.shipped(preset, Ticket())
    return engine


def _forked(work: Callable[[], None]) -> int:
    """Do some work in a process of its own, whose number is returned."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        sys.stdout.flush()
        work()
        code = 0
    except BaseException as error:
        print(f"  {type(error).__name__}: {error}", flush=True)
    finally:
        os._exit(code)


def _in_child(work: Callable[[], None]) -> None:
    """Do some work in a process of its own, to its end."""
    code = os.waitstatus_to_exitcode(os.waitpid(_forked(work), 0)[1])
    if code:
        raise SystemExit(f"a run without kills ended with {code}")


def _kill(child: int) -> bool:
    """Kill a process; whether it was still running."""
    os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


if __name__ == "__main__":
    main()
