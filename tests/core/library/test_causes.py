"""The error messages when a library cannot be read or written: each cause is produced here."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.library import create_library, open_library
from core.library.creating import remove_leftovers
from core.library.held_files import file_of
from core.library.open_file import is_library
from core.util.errors import PassingError, UserError
from tests.core.library.plain import CONFIG, as_nobody, entry, needs_root, open_place, plain_library

__all__ = ["open_place"]

ROOT = Path("/photos")


@contextlib.contextmanager
def small_disk(folder: Path, options: str = "size=512k") -> Iterator[Path]:
    """A nearly full disk; the test is skipped where none can be made."""
    folder.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("no small disk can be made here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def filled(folder: Path) -> None:
    """Fill the disk."""
    with contextlib.suppress(OSError), (folder / "full").open("wb", buffering=0) as file:
        while True:
            file.write(b"\0" * 4096)


@needs_root
def test_a_full_disk(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        library = plain_library(disk / "l.cropseek", ROOT)
        library.store([entry(ROOT / "1.jpg")])
        filled(disk)
        with pytest.raises(PassingError, match="the disk is full"):
            library.store([entry(ROOT / f"{number}.jpg", thumbnail=b"x" * 50_000) for number in range(9)])
        (disk / "full").unlink()
        library.store([entry(ROOT / "2.jpg")])
        library.close()
        with contextlib.closing(open_library(disk / "l.cropseek")) as again:
            assert len(again.photos()) == 2


@needs_root
def test_a_library_that_had_no_room_leaves_nothing(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "size=64k") as disk:
        with pytest.raises(PassingError, match="the disk is full"):
            create_library(disk / "l.cropseek", CONFIG, b"x" * 200_000)
        assert list(disk.iterdir()) == []


@needs_root
def test_a_disk_that_may_only_be_read(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "size=1m") as disk:
        plain_library(disk / "l.cropseek", ROOT).close()
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        with contextlib.closing(open_library(disk / "l.cropseek")) as library:
            assert len(library.photos()) == 0
        with pytest.raises(UserError, match="cannot be written here"):
            open_library(disk / "l.cropseek", writable=True)
        with pytest.raises(UserError, match="cannot be written here"):
            create_library(disk / "m.cropseek", CONFIG, b"")
        assert [path.name for path in disk.iterdir()] == ["l.cropseek"]


def test_a_library_in_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *args, **more: connect(*args, **{**more, "timeout": 0.1}))
    library = plain_library(tmp_path / "l.cropseek", ROOT)
    with contextlib.closing(connect(tmp_path / "l.cropseek")) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(PassingError, match="in use by another program"):
            library.store([entry(ROOT / "1.jpg")])
    library.close()


@needs_root
def test_a_library_that_may_not_be_read(open_place: Path) -> None:
    plain_library(open_place / "l.cropseek", ROOT).close()
    (open_place / "l.cropseek").chmod(0o600)
    with as_nobody():
        with pytest.raises(PassingError, match="may not be read"):
            open_library(open_place / "l.cropseek")
        with pytest.raises(UserError, match=r"may not be read|cannot be written here"):
            create_library(open_place / "m.cropseek", CONFIG, b"")


@pytest.mark.parametrize("change", ["moved", "removed", "replaced"])
def test_a_library_that_is_gone_meanwhile(tmp_path: Path, change: str) -> None:
    folder = tmp_path / "disk"
    library = plain_library(folder / "l.cropseek", ROOT)
    if change == "moved":
        folder.rename(tmp_path / "elsewhere")
    else:
        shutil.rmtree(folder)
    if change == "replaced":
        plain_library(folder / "l.cropseek", ROOT).close()
    with pytest.raises(PassingError, match="no longer there"):
        library.store([entry(ROOT / "1.jpg")])
    library.close()


def read(path: Path) -> None:
    with contextlib.closing(open_library(path)) as library:
        library.photos()
        library.vectors()


def test_a_damaged_library(tmp_path: Path) -> None:
    path = tmp_path / "l.cropseek"
    library = plain_library(path, ROOT)
    library.store([entry(ROOT / f"{number}.jpg", thumbnail=b"x" * 3000) for number in range(50)])
    library.close()
    data = bytearray(path.read_bytes())
    data[4096 * 3 :] = b"\xaa" * (len(data) - 4096 * 3)
    path.write_bytes(data)
    with pytest.raises(UserError, match="is damaged"):
        read(path)


def test_a_broken_rule_is_not_called_damage(tmp_path: Path) -> None:
    library = plain_library(tmp_path / "l.cropseek", ROOT)
    with pytest.raises(UserError, match="could not take in"), library._transaction() as db:
        db.execute("INSERT INTO vectors VALUES (99, x'', x'')")
    library.close()


@needs_root
def test_who_may_not_write_beside_a_library_sees_what_is_committed(open_place: Path) -> None:
    path = open_place / "l.cropseek"
    writer = plain_library(path, ROOT)
    writer.store([entry(ROOT / f"{number}.jpg", str(number)) for number in range(30)])
    assert path.with_name("l.cropseek-wal").stat().st_size
    for beside in ("", "-wal", "-shm"):
        path.with_name(path.name + beside).chmod(0o644)
    with as_nobody(), contextlib.closing(open_library(path)) as library:
        assert len(library.photos()) == 30
    shutil.copytree(open_place, copy := open_place / "killed")  # as left by a killed program
    (copy / "l.cropseek-shm").unlink()
    (open_place / "home").mkdir()
    (open_place / "home").chmod(0o777)
    before = sorted(os.listdir(copy))
    with pytest.MonkeyPatch.context() as patch, as_nobody():
        patch.setenv("XDG_CACHE_HOME", str(open_place / "home"))
        with contextlib.closing(open_library(copy / "l.cropseek")) as library:
            assert len(library.photos()) == 30
        patch.setenv("XDG_CACHE_HOME", "/proc/nowhere")
        with pytest.raises(UserError):
            open_library(copy / "l.cropseek")
    assert sorted(os.listdir(copy)) == before
    assert list((open_place / "home" / "cropseek" / "copies").iterdir()) == []
    writer.close()


@needs_root
def test_who_may_not_write_beside_a_library_sees_what_comes_later(open_place: Path) -> None:
    path = open_place / "l.cropseek"
    plain_library(path, ROOT).close()
    path.chmod(0o644)
    with as_nobody():
        library = open_library(path)
        assert len(library.photos()) == 0
    with contextlib.closing(open_library(path, writable=True)) as writer:
        writer.store([entry(ROOT / "1.jpg")])
        for beside in ("-wal", "-shm"):
            path.with_name(path.name + beside).chmod(0o644)
        with as_nobody():
            assert len(library.photos()) == 1
    with as_nobody():
        library.close()


def test_readers_leave_nothing_beside_a_library(tmp_path: Path) -> None:
    plain_library(tmp_path / "l.cropseek", ROOT).close()
    with contextlib.closing(open_library(tmp_path / "l.cropseek")) as library:
        assert len(library.photos()) == 0
        with pytest.raises(UserError):
            library.store([entry(ROOT / "1.jpg")])
    assert sorted(os.listdir(tmp_path)) == ["home", "l.cropseek"]


def test_what_killed_creations_left_is_removed(tmp_path: Path) -> None:
    path = tmp_path / "l.cropseek"
    left = [
        f".l.cropseek.{2**22 + 1}.part",
        f".l.cropseek.{2**22 + 1}-0a1b2c3d.part-wal",
        "l.cropseek-wal",
        "l.cropseek-shm",
    ]
    kept = [f".l.cropseek.{os.getpid()}-0a1b2c3d.part", ".m.cropseek.1.part"]
    for name in (*left, *kept):
        (tmp_path / name).write_text("x")
    remove_leftovers(path)
    assert set(os.listdir(tmp_path)) - {"home"} == set(kept)


@pytest.mark.skipif(os.name == "nt", reason="POSIX locks")
def test_looking_at_a_file_keeps_the_locks_on_it(tmp_path: Path) -> None:
    path = tmp_path / "l.cropseek"
    library = plain_library(path, ROOT)
    file = file_of(path)
    locks = [line for line in Path("/proc/locks").read_text().splitlines() if f":{file[1]} " in line]
    assert is_library(path)
    after = [line for line in Path("/proc/locks").read_text().splitlines() if f":{file[1]} " in line]
    library.close()
    assert len(locks) == len(after) > 0
