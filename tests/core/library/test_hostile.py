"""Hostile libraries: each quickly gives an error message, or is shown without obeying it."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from core.chain.config import config_from_dict
from core.chain.model_file import parse_describer
from core.engine import Engine
from core.geometry import Box
from core.library import limits, open_library
from core.library.opening import agree_to_library
from core.library.saved_queries import parse_query
from core.photos.images import read_photo
from core.records import Query
from core.util.errors import UserError
from core.util.forbidden_files import FENCE
from core.util.progress import Ticket
from tests.conftest import NAMES, own_copy
from tests.fuzz.watching import Watch

Change = Callable[[sqlite3.Connection], object]
DAMAGED = "damaged|not a Cropseek library|describer|out of range|too long|not of the type|no table of names"


def changed(library: Path, target: Path, change: Change) -> Path:
    """A copy of a library with something changed."""
    shutil.copy(library, target)
    with contextlib.closing(sqlite3.connect(target)) as db, db:
        db.execute("PRAGMA foreign_keys = OFF")
        change(db)
    return target


def sql(statement: str, *values: object) -> Change:
    return lambda db: db.execute(statement, values)


def config(text: str) -> Change:
    return sql("UPDATE meta SET value = ? WHERE key = 'config'", text)


def cells_at(position: int) -> Change:
    def change(db: sqlite3.Connection) -> None:
        for photo, data in db.execute("SELECT photo, positions FROM cells").fetchall():
            positions = np.full(len(data) // 2, position, dtype=np.uint16).tobytes()
            db.execute("UPDATE cells SET positions = ? WHERE photo = ?", (positions, photo))

    return change


def many_cells(db: sqlite3.Connection) -> None:
    number = 1_000_000
    db.execute("UPDATE cells SET rows = 1000, columns = 1000, positions = zeroblob(?), features = zeroblob(?)",
               (4 * number, 32 * number))  # fmt: skip


def many_marks(db: sqlite3.Connection) -> None:
    rows = ((str(number),) for number in range(20_000))
    db.executemany("INSERT INTO marks SELECT content, ? FROM photos WHERE content <> '' LIMIT 1", rows)


def same_bytes_and_marks(db: sqlite3.Connection) -> None:
    db.execute("UPDATE photos SET content = 'same'")
    db.executemany("INSERT INTO marks VALUES ('same', ?)", ((f"{number} {'x' * 1000}",) for number in range(3000)))


def many_queries(db: sqlite3.Connection) -> None:
    text = json.dumps({"photo": "/a.jpg", "ranking": "cells"})
    db.executemany("INSERT INTO queries VALUES (?, ?)", ((str(number), text) for number in range(100_000)))


ATTACKS: dict[str, Change] = {
    "configuration of another shape": config("[1, 2]"),
    "configuration without end": config("[" * 50_000),
    "configuration that is infinite": config('{"power": 1e999}'),
    "configuration of 53 GiB": config('{"words": 65536, "pca_dimension": 4096, "embedding": "temb"}'),
    "photos of 8192 pixels": config('{"longest_side": 8192}'),
    "cells beyond their grid": cells_at(65_535),
    "cells without a grid": sql("UPDATE cells SET rows = 0, columns = 0"),
    "cells of a huge grid": sql("UPDATE cells SET rows = 4000, columns = 4000"),
    "a million cells": many_cells,
    "20,000 marks": many_marks,
    "3 MB of marks": same_bytes_and_marks,
    "a reason of 200 MB": sql("UPDATE photos SET state = 'skipped', reason = printf('%.*c', 200000000, 'x') WHERE id = 1"),
    "a root of 20 MB": sql("UPDATE roots SET path = '/' || printf('%.*c', 20000000, 'x')"),
    "a NUL in a root": sql("UPDATE roots SET path = '/a' || char(0) || 'b'"),
    "a root that leads up": sql("UPDATE roots SET path = path || '/../../etc'"),
    "a name of 20 MB": sql("UPDATE photos SET name = printf('%.*c', 20000000, 'x') WHERE id = 1"),
    "a describer of zeros": sql("UPDATE describer SET data = zeroblob(length(data))"),
    "a describer of 900 MB": sql("UPDATE describer SET data = zeroblob(900000000)"),
    "no describer": sql("DELETE FROM describer"),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_a_hostile_library_gets_a_sentence(name: str, library: Path, folder: Path, tmp_path: Path) -> None:
    bad = changed(library, tmp_path / "bad.cropseek", ATTACKS[name])
    agree_or_not(bad)
    engine = Engine()
    with pytest.raises(UserError, match=DAMAGED):
        used(engine, bad, Query(folder / f"{NAMES[0]}.jpg", Box(20, 20, 300, 300)))
    engine.close_library()


def agree_or_not(path: Path) -> None:
    """Refused even if the user agreed to it."""
    with contextlib.suppress(UserError):
        agree_to_library(path, None)


def used(engine: Engine, path: Path, query: Query) -> None:
    engine.open_library(path)
    engine.browse.photos()
    engine.saved_queries()
    engine.search(query, k=5, ranking="cells")


@pytest.mark.parametrize(
    "text",
    [
        '{"photo": "a", "ranking": "cells", "box": [NaN, 0, 1, 1]}',
        '{"photo": "a", "ranking": "cells", "box": [0, 0, 1e999, 1]}',
        '{"photo": "a\\u0000b", "ranking": "cells"}',
        '{"photo": "a\\ud800b", "ranking": "cells"}',
        '{"photo": "a", "ranking": "cells", "cells": [[-1, 99999999999]]}',
        '{"photo": "a", "ranking": "cells", "more": {"a": 1}}',
        '{"photo": "' + "a" * 5000 + '", "ranking": "cells"}',
    ],
)
def test_a_hostile_saved_query_gets_a_sentence(library: Path, tmp_path: Path, text: str) -> None:
    change = sql("INSERT INTO queries VALUES ('it', ?)", text)
    engine = Engine()
    engine.open_library(changed(library, tmp_path / "bad.cropseek", change))
    assert engine.saved_queries() == []
    engine.close_library()
    with pytest.raises(UserError, match="saved query 'it' is damaged"):
        parse_query("it", text, tmp_path)


@pytest.mark.parametrize("width", ["-5", "1099511627776", "'wide'"])
def test_a_photo_of_no_size_is_left_out(library: Path, tmp_path: Path, width: str) -> None:
    bad = changed(library, tmp_path / "bad.cropseek", sql("SELECT 1"))
    data = bad.read_bytes()
    with contextlib.closing(sqlite3.connect(bad)) as db, db:
        db.execute("PRAGMA writable_schema = ON")
        db.execute("UPDATE sqlite_master SET sql = replace(sql, ') STRICT', ')') WHERE name = 'photos'")
    with contextlib.closing(sqlite3.connect(bad)) as db, db:
        db.execute(f"UPDATE photos SET width = {width} WHERE id = 1")
        db.execute("PRAGMA writable_schema = ON")
        db.execute("UPDATE sqlite_master SET sql = sql || ' STRICT' WHERE name = 'photos'")
    assert bad.read_bytes() != data
    engine = Engine()
    engine.open_library(bad)
    assert len(engine.browse.photos()) == len(NAMES) - 1
    engine.close_library()


def test_a_hundred_thousand_saved_queries_are_refused(library: Path, tmp_path: Path) -> None:
    engine = Engine()
    engine.open_library(changed(library, tmp_path / "bad.cropseek", many_queries))
    with pytest.raises(UserError, match="damaged"):
        engine.saved_queries()
    engine.close_library()


@pytest.mark.parametrize("offset", [*range(4), 18, 19, 28, 52, 60, 68, *range(100, 1500, 97)])
def test_flipped_bytes_of_the_schema_get_a_sentence_or_harm_nothing(library: Path, tmp_path: Path, offset: int) -> None:
    bad = tmp_path / "bad.cropseek"
    data = bytearray(library.read_bytes())
    data[offset] ^= 0xFF
    bad.write_bytes(data)
    engine = Engine()
    with contextlib.suppress(UserError):
        engine.open_library(bad)
        engine.browse.photos()
    engine.close_library()


@pytest.mark.parametrize("writable", [False, True])
@pytest.mark.parametrize("name", [b"meta", b"describer", b"thumbnails"])
def test_a_schema_that_is_no_text_gets_a_sentence(library: Path, tmp_path: Path, name: bytes, writable: bool) -> None:
    """SQLite's error message contains the name, and is not valid text either."""
    bad = own_copy(library, tmp_path / "bad.cropseek")
    data = bad.read_bytes()
    statement = b"CREATE TABLE " + name
    assert data.count(statement) == 1
    data = data.replace(statement, b"CREATE TABLX " + name).replace(name, name[:-2] + b"\xff\xeb")
    bad.write_bytes(data)
    with pytest.raises(UserError, match="damaged"):
        open_library(bad, writable)


@pytest.mark.parametrize(
    "header", ["[" * 100_000, "{}", '{"__metadata__": 3}', '{"__metadata__": {"cropseek": "[1e999]"}}']
)
def test_a_hostile_describer_gets_a_sentence(header: str) -> None:
    with pytest.raises(UserError, match="not a describer's file"):
        parse_describer(struct.pack("<Q", len(header)) + header.encode(), "it")
    with pytest.raises(UserError, match="not a describer's file"):
        parse_describer(struct.pack("<Q", 1 << 62) + header.encode(), "it")


def test_settings_of_any_shape_are_told() -> None:
    for values in ([], "x", 3, {"words": True}, {"seed": -1}, {"layer": "x" * 10_000}, {"x" * 10_000: 1}):
        with pytest.raises(UserError) as refused:
            config_from_dict(values)
        assert len(str(refused.value)) < 500


@pytest.mark.parametrize("suffix", ["-journal", "-wal", "-shm"])
def test_a_journal_of_another_kind_is_never_played_back(library: Path, tmp_path: Path, suffix: str) -> None:
    """A journal that names a super-journal made SQLite delete that file."""
    bad, precious = Path(shutil.copy(library, tmp_path / "x.cropseek")), tmp_path / "precious"
    precious.write_bytes(b"\0" * 100)
    name = os.fsencode(precious)
    magic = bytes.fromhex("d9d505f920a163d7")
    page = bad.read_bytes()[:4096]
    journal = magic + struct.pack(">IIIII", 1, 0, 99, 512, 4096) + bytes(512 - 28)
    journal += struct.pack(">I", 1) + page + struct.pack(">I", 0)
    journal += struct.pack(">I", (1 << 30) // 4096 + 1) + name + struct.pack(">II", len(name), sum(name)) + magic
    beside = bad.with_name(bad.name + suffix)
    if suffix == "-journal":
        beside.write_bytes(journal)
    else:
        beside.symlink_to(precious)
    for writable in (False, True):
        with pytest.raises(UserError, match="does not belong to the library"):
            open_library(bad, writable)
    assert precious.read_bytes() == b"\0" * 100


def test_a_strangers_library_is_only_read_until_agreed_to(library: Path, folder: Path, tmp_path: Path) -> None:
    photos = Path(shutil.copytree(folder, tmp_path / "private"))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    foreign = changed(library, elsewhere / "foreign.cropseek", sql("UPDATE roots SET path = ?", str(photos)))
    before = foreign.read_bytes()
    engine, query = Engine(), Query(folder / f"{NAMES[0]}.jpg")
    info = engine.open_library(foreign)
    assert not info.agreed
    assert info.photos == len(NAMES)
    shown, watch = photos / f"{NAMES[1]}.jpg", Watch(photos)
    for refused in (
        lambda: engine.index(info.roots, foreign),
        lambda: engine.index([tmp_path], foreign),
        lambda: engine.browse.mark([1], "*", True),
        lambda: engine.browse.exclude(["a"]),
        lambda: engine.browse.look(info.roots, Ticket()),
        lambda: engine.save_query("it", query),
        lambda: engine.rejections.reject(query, [1], True),
    ):
        with pytest.raises(UserError, match="not made on this computer"):
            refused()
    with pytest.raises(UserError, match="not agreed to"):
        engine.photo(shown)
    assert engine.thumbnail(shown, 512).shape  # the library's own
    assert engine.search(query, ranking="verified").hits
    assert not watch.touched()
    assert foreign.read_bytes() == before
    assert [path.name for path in elsewhere.iterdir()] == [foreign.name]
    info = engine.open_library(engine.folders.agree())
    assert info.agreed
    assert engine.photo(shown).shape
    engine.browse.mark([1], "*", True)
    assert engine.index(info.roots, foreign).unchanged == len(NAMES)
    engine.close_library()


def test_a_root_that_was_added_later_is_not_agreed_to(library: Path, folder: Path, tmp_path: Path) -> None:
    own = own_copy(library, tmp_path / "own.cropseek")
    secrets = Path(shutil.copytree(folder, tmp_path / "secrets"))
    assert Engine().open_library(own).agreed
    with contextlib.closing(sqlite3.connect(own)) as db, db:
        db.execute("INSERT INTO roots (path) VALUES (?)", (str(secrets),))
        db.execute(
            "INSERT INTO photos SELECT 99, 2, name, size, mtime_ns, '', 0, 0, '', 'new', '' FROM photos WHERE id = 1"
        )
    engine = Engine()
    assert not engine.open_library(own).agreed
    with pytest.raises(UserError, match="not made on this computer"):
        engine.index([secrets], own)
    with pytest.raises(UserError, match="not agreed to"):
        engine.photo(secrets / f"{sorted(NAMES)[0]}.jpg")
    assert engine.photo(folder / f"{NAMES[0]}.jpg").shape
    engine.close_library()
    assert read_photo(secrets / f"{NAMES[0]}.jpg").shape


def test_another_library_at_the_same_place_is_a_strangers(library: Path, tmp_path: Path) -> None:
    own = own_copy(library, tmp_path / "own.cropseek")
    with contextlib.closing(sqlite3.connect(own)) as db, db:
        db.execute("UPDATE meta SET value = 'other' WHERE key = 'identity'")
    engine = Engine()
    assert not engine.open_library(own).agreed
    engine.close_library()


def test_a_saved_query_opens_no_file_that_nobody_agreed_to(library: Path, folder: Path, tmp_path: Path) -> None:
    secret = Path(shutil.copy(folder / f"{NAMES[0]}.jpg", tmp_path / "passwd"))
    os.mkfifo(tmp_path / "pipe") if hasattr(os, "mkfifo") else None
    asked = [{"photo": str(secret)}, {"photo": str(tmp_path / "pipe")}, {"photo": "passwd"}]
    asked.append({"photo": str(folder / f"{NAMES[0]}.jpg"), "more": [{"photo": str(secret), "good": True}]})

    def change(db: sqlite3.Connection) -> None:
        rows = [(str(n), json.dumps({"ranking": "cells"} | document)) for n, document in enumerate(asked)]
        db.executemany("INSERT INTO queries VALUES (?, ?)", rows)

    own = changed(library, tmp_path / "own.cropseek", change)
    agree_to_library(own, None)
    engine, watch = Engine(), Watch(tmp_path)
    engine.open_library(own)
    kept = engine.saved_queries()
    assert len(kept) == len(asked)
    watch.touched()
    for one in kept:
        with pytest.raises(UserError, match="not agreed to"):
            engine.search(one.query)
    assert not watch.touched() & {"passwd", "pipe"}
    # Files in queries that the user saved here are trusted, in any folder.
    other = Path(shutil.copy(folder / f"{NAMES[1]}.jpg", tmp_path / "mine.jpg"))
    engine.save_query("mine", Query(other))
    again = Engine()
    again.open_library(own)
    (mine,) = (one for one in again.saved_queries() if one.name == "mine")
    assert again.search(mine.query, k=1).hits
    for one in (engine, again):
        one.close_library()
    FENCE.check(secret)  # closed libraries close nothing


def test_what_leads_in_circles_ends(library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The steps of a statement are limited in proportion to the file."""
    monkeypatch.setattr(limits, "STEPS", 200_000)
    own = own_copy(library, tmp_path / "own.cropseek")
    with contextlib.closing(open_library(own)) as opened, pytest.raises(UserError, match="damaged"):
        opened._rows(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
        )  # fmt: skip
