"""Mutated libraries, opened and used for everything a library is used for.

    python -m tests.fuzz.libraries [--count 1000] [--seed 1] [--folder DIR]

A case is a library of six photos with a few of its values, bytes or pages changed.  Roots and saved queries of many name a
folder of secrets; the system itself tells whether anybody opened one.  The exit status is 1 when there was a crash, a hang
of 10 seconds, a traceback, a peak over 1.5 GiB, or a file that was touched.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import random
import shutil
import sqlite3
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from core.engine import Engine
from core.geometry import Box
from core.photos.images import encode_jpeg, shrink
from core.records import Query
from core.util.progress import Ticket
from core.util.resources import SAMPLE
from tests.fuzz.runner import Report, Work, run_cases, run_command, told
from tests.fuzz.watching import Watch

NAMES = ("loggia-03", "loggia-06", "gothic-tower-01", "gothic-tower-06", "triumphal-arch-01", "field-01")
HOMES = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")

TEXTS = (
    "", "\0", "a\0b", "\ud7ff", "[" * 3000, "9" * 5000, "{}", "[]", "null", "1e999", "NaN", "../../../etc/passwd",
    "/etc/passwd", "C:\\windows\\win.ini", "<img src='/dev/zero'>", "x" * 70_000, "new", "indexed", "😀",
)  # fmt: skip
NUMBERS = (0, -1, 1, 2, 255, 65_535, 65_536, 2**31, 2**40, 2**62, 2**63 - 1, -(2**63))
BLOBS = (b"", b"\0", b"\xff" * 7, b"\0" * 64, bytes(range(256)) * 8, b"\xff" * 40_000, b"\xff\xd8\xff\xe0" + b"\0" * 400)
JSONS = (
    "{}", "[]", "3", "null", '"x"', "NaN", "[" * 5000, '{"a":' * 5000, '{"words": 1e999}', '{"longest_side": 8192}',
    '{"words": 65536, "pca_dimension": 4096}', '{"bits": true}', '{"baseline": ["mac"]}', '{"power": NaN}', '{"seed": -1}',
)  # fmt: skip


def make_seed(folder: Path) -> Path:
    """A small collection with its library, saved queries, marks and rejections; returns the library."""
    photos = folder / "photos"
    photos.mkdir(parents=True)
    for name in NAMES:
        # Not by the program's own door: a library that an earlier test left open may name the sample's photos.
        photo = shrink(np.asarray(Image.open(SAMPLE / "photos" / f"{name}.jpg")), 320)
        (photos / f"{name}.jpg").write_bytes(encode_jpeg(photo, 90))
    (folder / "mine").mkdir()
    shutil.copy(photos / f"{NAMES[2]}.jpg", folder / "mine")
    (photos / "no-photo.jpg").write_text("this is no photo")
    secrets = folder / "secrets"
    secrets.mkdir()
    for name in (*NAMES[:2], "passwd"):
        shutil.copy(photos / f"{NAMES[0]}.jpg", secrets / f"{name}.jpg")
    library, engine = folder / "seed.cropseek", Engine()
    engine.index([photos], library)
    engine.open_library(library)
    query = Query(photos / f"{NAMES[0]}.jpg", Box(20, 20, 200, 200))
    engine.save_query("the loggia", query)
    engine.browse.mark([1, 2], "*", True)
    engine.browse.mark([2], "roof", True)
    engine.rejections.reject(query, [3], True)
    engine.close_library()
    with contextlib.closing(sqlite3.connect(library)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return library


def mutated(seed: Path, target: Path, number: int, run: int) -> Path:
    """One case: the library ``number`` of a run, always the same."""
    rng = random.Random(f"{run} {number}")
    shutil.copy(seed, target)
    rng.choice(KINDS)(target, rng)
    return target


def _bytes(path: Path, rng: random.Random) -> None:
    """Bytes anywhere."""
    data = bytearray(path.read_bytes())
    for _ in range(rng.choice((1, 3, 20, 300))):
        data[rng.randrange(len(data))] = rng.randrange(256)
    path.write_bytes(data)


def _schema_bytes(path: Path, rng: random.Random) -> None:
    """Bytes of the header and the schema, which fill the first page."""
    data = bytearray(path.read_bytes())
    for _ in range(rng.choice((1, 2, 8, 40))):
        data[rng.randrange(rng.choice((100, 4096)))] = rng.choice((0, 1, 255, rng.randrange(256)))
    path.write_bytes(data)


def _pages(path: Path, rng: random.Random) -> None:
    """Pages cut off, swapped, repeated or zeroed."""
    data = path.read_bytes()
    pages = [data[place : place + 4096] for place in range(0, len(data), 4096)]
    for _ in range(rng.choice((1, 4))):
        first, second = rng.randrange(len(pages)), rng.randrange(len(pages))
        kind = rng.randrange(4)
        if kind == 0:
            pages[first], pages[second] = pages[second], pages[first]
        elif kind == 1:
            pages[first] = pages[second]
        elif kind == 2:
            pages[first] = bytes(4096)
        else:
            del pages[max(1, first) :]
    path.write_bytes(b"".join(pages))


def _values(path: Path, rng: random.Random) -> None:
    """Values of other types and sizes: SQLite's own checks are written out of the schema, and put back."""
    with _unchecked(path) as db:
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for _ in range(rng.choice((1, 2, 6))):
            table = rng.choice([table for table in tables if not table.startswith("sqlite")])
            columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
            value = rng.choice((rng.choice(TEXTS), rng.choice(NUMBERS), rng.choice(BLOBS), rng.random() * 1e300, None))
            few = rng.choice(("", f"LIMIT {rng.randrange(1, 4)}"))
            key = "rowid" if table not in ("meta", "queries", "marks", "apart") else columns[0]
            change = f"UPDATE OR REPLACE {table} SET {rng.choice(columns)} = ?"
            with contextlib.suppress(sqlite3.Error, UnicodeEncodeError):
                db.execute(f"{change} WHERE {key} IN (SELECT {key} FROM {table} {few})", (value,))


def _documents(path: Path, rng: random.Random) -> None:
    """Configuration, describer and saved query as JSON of other shapes."""
    with _unchecked(path) as db:
        kind = rng.randrange(3)
        if kind == 0:
            (text,) = db.execute("SELECT value FROM meta WHERE key = 'config'").fetchone()
            text = rng.choice((rng.choice(JSONS), json.dumps(json.loads(text) | _entry(rng)), _scratched(text, rng)))
            db.execute("UPDATE meta SET value = ? WHERE key = 'config'", (text,))
        elif kind == 1:
            (data,) = db.execute("SELECT data FROM describer").fetchone()
            db.execute("UPDATE describer SET data = ?", (mutated_describer(data, rng),))
        else:
            (text,) = db.execute("SELECT data FROM queries").fetchone()
            text = rng.choice((rng.choice(JSONS), _scratched(text, rng), json.dumps(json.loads(text) | _asked(rng))))
            db.execute("UPDATE queries SET data = ?", (text,))


def _entry(rng: random.Random) -> dict[str, object]:
    name = rng.choice(
        ("longest_side", "words", "pca_dimension", "bits", "truncate", "backbone", "layer", "mask", "hashing")
    )
    return {name: rng.choice((*NUMBERS, *TEXTS[:6], None, [], {}, 1.5, True, "sift", "rootsift", "kmh", "none"))}


def _asked(rng: random.Random) -> dict[str, object]:
    values = (*NUMBERS, *TEXTS, None, [], {}, [1, 2], [[1, 2]], [0, 0, 1e308, 1e308], float("nan"), "\ud800")
    return {rng.choice(("photo", "box", "cells", "more", "how", "ranking", "only")): rng.choice(values)}


def _scratched(text: str, rng: random.Random) -> str:
    letters = list(text)
    for _ in range(rng.choice((1, 3, 10))):
        letters[rng.randrange(len(letters))] = rng.choice('{}[]",:0123456789eE-\\u')
    return "".join(letters)


def mutated_describer(data: bytes, rng: random.Random) -> bytes:
    """A describer's file with other bytes, another header, or none."""
    changed, length = bytearray(data), int.from_bytes(data[:8], "little")
    kind = rng.randrange(6)
    if kind == 0:
        return bytes(len(data))
    if kind == 1:
        for _ in range(20):
            changed[rng.randrange(8 + length)] = rng.randrange(256)
    elif kind == 2:
        for _ in range(200):
            changed[rng.randrange(len(changed))] = rng.choice((0, 127, 255))
    elif kind == 3:
        changed[:8] = rng.choice(NUMBERS[:10]).to_bytes(8, "little", signed=True)
    elif kind == 4:
        changed[8 + length :] = bytes(len(data) - 8 - length)
    else:
        header = rng.choice(JSONS).encode()
        return len(header).to_bytes(8, "little") + header + data[8 + length :]
    return bytes(changed)


def _secrets(path: Path, rng: random.Random) -> None:
    """A root, or a saved query, that names what is none of the library's business."""
    secrets = str(path.parent.parent / "secrets")
    with _unchecked(path) as db:
        root = rng.choice(
            (secrets, f"{secrets}/.", f"{secrets}/../secrets", "/", ".", f"{path.parent.parent}/photos/../secrets")
        )
        if rng.random() < 0.5:
            db.execute("UPDATE roots SET path = ?", (root,))
        else:
            (text,) = db.execute("SELECT data FROM queries").fetchone()
            photo = f"{secrets}/{rng.choice((*NAMES[:2], 'passwd'))}.jpg"
            more = [{"photo": photo, "good": rng.random() < 0.5}]
            changed = json.loads(text) | rng.choice(({"photo": photo}, {"more": more}))
            db.execute("UPDATE queries SET data = ?", (json.dumps(changed),))


KINDS: tuple[Callable[[Path, random.Random], None], ...] = (
    _bytes, _schema_bytes, _pages, _values, _values, _documents, _documents, _secrets,
)  # fmt: skip


@contextlib.contextmanager
def _unchecked(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that may put any value anywhere, and leaves the schema as it was."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as db:
        schema = db.execute("SELECT rowid, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
        db.execute("PRAGMA writable_schema = ON")
        db.execute("UPDATE sqlite_master SET sql = replace(replace(sql, ' STRICT,', ''), ' STRICT', '')")
        db.execute("UPDATE sqlite_master SET sql = replace(replace(sql, 'NOT NULL', ''), ' CHECK (id = 1)', '')")
        db.execute("UPDATE sqlite_master SET sql = replace(sql, ') WITHOUT ROWID', ') WITHOUT ROWID')")
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as db:
        yield db
        db.execute("PRAGMA writable_schema = ON")
        db.executemany("UPDATE sqlite_master SET sql = ? WHERE rowid = ?", [(sql, row) for row, sql in schema])
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def prepare(folder: Path) -> Work:
    """The work on one library, of one engine as a window has it."""
    for name in HOMES:
        os.environ[name] = str(folder / "stranger")
    engine, ticket = Engine(), Ticket()
    own = Query(folder / "mine" / f"{NAMES[2]}.jpg", Box(10, 10, 250, 250))

    def work(path: Path) -> str:
        engine.is_library(path)
        info = engine.open_library(path)
        try:
            steps = _steps(engine, own, ticket)
            if zlib.crc32(path.stem.encode()) % 8 == 0:
                steps += _slow_steps(engine, own)
            done = sum(told(step) for step in steps)
        finally:
            engine.close_library()
        if engine_wrote(path):
            return "traceback: the library was written to"
        return f"used: {done} of {len(steps)} steps, {info.photos} photos"

    return work


def engine_wrote(path: Path) -> bool:
    """Whether anything lies beside a library."""
    return any(path.with_name(path.name + suffix).exists() for suffix in ("-wal", "-shm", "-journal"))


def _steps(engine: Engine, own: Query, ticket: Ticket) -> list[Callable[[], object]]:
    listing = engine.browse.photos
    return [
        engine.info,
        lambda: list(engine.photos()),
        lambda: [engine.thumbnail(photo.path, 128) for photo in listing()[:3]],
        lambda: [told(functools.partial(engine.photo, photo.path)) for photo in listing()[:3]],
        lambda: engine.search(own, ranking="hamming"),
        lambda: engine.search(own, ranking="windows"),
        lambda: engine.search(Query(own.path), only="date:2020 size:>1MP", k=5),
        lambda: [told(functools.partial(engine.search, kept.query, None, 5)) for kept in engine.saved_queries()[:2]],
        lambda: engine.browse.duplicates(ticket),
        lambda: engine.rejections.rejected(own),
        lambda: engine.browse.mark([1], "tag", True),
        lambda: engine.save_query("mine", own),
        lambda: engine.index(engine.info().roots, engine.info().path),
    ]


def _slow_steps(engine: Engine, own: Query) -> list[Callable[[], object]]:
    """Those that decode photos and ask the network again, of every eighth case."""
    listing = engine.browse.photos
    return [
        lambda: engine.search(own, ranking="verified", k=5),
        lambda: engine.explain(own, listing()[0].path) if len(listing()) else None,
        lambda: engine.browse.arranged(Ticket()),
    ]


def run(folder: Path, count: int, seed: int = 1) -> Report:
    """Make the cases below a folder and run them."""
    before = {name: os.environ.get(name) for name in HOMES}
    os.environ |= dict.fromkeys(HOMES, str(folder / "maker"))
    library = make_seed(folder)
    for name, value in before.items():
        os.environ.pop(name, None) if value is None else os.environ.__setitem__(name, value)
    watch, made = Watch(folder / "secrets"), folder / "cases"
    made.mkdir()
    touched: list[str] = []

    def cases() -> Iterator[Path]:
        for number in range(count):
            path = mutated(library, made / f"{number:05}.cropseek", number, seed)
            watch.touched()
            yield path

    def after(path: Path, good: bool) -> None:
        if names := watch.touched():
            touched.append(f"{path.name} touched {sorted(names)}")
        elif good:
            path.unlink()

    report = run_cases(cases(), functools.partial(prepare, folder), after)
    report.failures += touched
    return report


if __name__ == "__main__":
    sys.exit(run_command(run, __doc__ or "", 1000))
