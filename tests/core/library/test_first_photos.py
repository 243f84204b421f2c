"""The first photos of a large library come at once, and its whole list is read beside everything else."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from core.library import LibraryFile, listing_file, open_library, stored_listing
from core.library.connection import LibraryConnection
from core.library.entries import Entry
from core.library.shared import SharedLibrary
from core.records import STAR
from core.util.errors import UserError
from core.util.progress import Cancelled, Ticket
from tests.core.library.plain import as_nobody, entry, needs_root, plain_library
from tests.core.library.plain import open_place as open_place

PAGE = 3


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten photos are many, and are read in pages of three."""
    monkeypatch.setattr(listing_file, "PAGE", PAGE)
    monkeypatch.setattr(stored_listing, "MANY", 5)


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A library of two folders, with marks, and a skipped and a missing photo."""
    path = tmp_path / "many.cropseek"
    with contextlib.closing(plain_library(path, tmp_path / "b")) as library:
        library.begin([tmp_path / "a"])
        for folder, number in (("b", 7), ("a", 5)):
            library.store(
                [entry(tmp_path / folder / f"{k}.jpg", f"{folder}{k}", thumbnail=b"small") for k in range(number)]
            )
        library.store([Entry(tmp_path / "a" / "0-broken.jpg", 1, 1, reason="no photo")])
        found = library.photos()
        library.miss([found[2].id])
        library.mark([photo.id for photo in found[3:8]], STAR, True)
    return path


class Held:
    """Lets statements that read a page run one by one; ``begun`` is set when the first one waits."""

    def __init__(self) -> None:
        self.begun, self._pages, self._free = threading.Event(), threading.Semaphore(0), False

    def wait(self) -> None:
        self.begun.set()
        while not self._free and not self._pages.acquire(timeout=0.05):
            pass

    def more(self) -> None:
        self._pages.release()

    def all(self) -> None:
        self._free = True


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    held, rows = Held(), LibraryConnection.rows

    def held_rows(self: LibraryConnection, sql: str, *given: Any) -> Any:
        if "group_concat(name" in sql:
            held.wait()
        return rows(self, sql, *given)

    monkeypatch.setattr(LibraryConnection, "rows", held_rows)
    yield held
    held.all()


@contextlib.contextmanager
def reading(library: LibraryFile | SharedLibrary, held: Held) -> Iterator[list[Any]]:
    """While the list of photos is being read by another thread; gives what that had in the end."""
    found: list[Any] = []

    def read() -> None:
        try:
            found.append(library.photos())
        except BaseException as error:
            found.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    try:
        assert held.begun.wait(30)
        yield found
    finally:
        held.all()
        reader.join()


@pytest.mark.parametrize("number", [2, 4, 6, 8, 500])
def test_the_first_photos_are_the_beginning_of_all(many: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.setattr(stored_listing, "FIRST", number)
    with contextlib.closing(open_library(many)) as library:
        found = library.first_photos()
        assert found is not None
        everything = library.photos(missing=True)
        assert found[1] == len(everything) == 13
        assert list(found[0]) == list(everything[:number])
        assert library.first_photos() is None  # now that all are there
        assert [photo.state for photo in everything].count("missing") == 1
        assert list(library.photos()) == [photo for photo in everything if photo.state != "missing"]
        assert any(photo.marks for photo in everything[:6])


def test_of_few_photos_all_are_read(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored_listing, "MANY", 13)
    with contextlib.closing(open_library(many)) as library:
        assert library.first_photos() is None


@pytest.mark.parametrize(
    "change",
    ["state = 'odd'", "name = 'x' || char(0)", "taken = char(0)", "name = printf('%.30000c', 'x')", "name = '../x.jpg'"],
)
def test_first_photos_that_are_damaged_are_not_shown_before_all_are_read(many: Path, change: str) -> None:
    with contextlib.closing(sqlite3.connect(many)) as db, db:
        db.execute(f"UPDATE photos SET {change} WHERE id = (SELECT min(id) FROM photos)")
    with contextlib.closing(open_library(many)) as library:
        assert library.first_photos() is None
        if ".." in change:
            with pytest.raises(UserError, match="not made by Cropseek"):
                library.photos()
        else:
            assert library.photos().notes


def test_others_are_answered_while_the_list_is_read(many: Path, held: Held, tmp_path: Path) -> None:
    with contextlib.closing(open_library(many)) as library:
        with reading(library, held) as found:
            [known] = library.find(tmp_path / "b" / "3.jpg")
            assert library.thumbnail(known.id) == b"small"
            assert library.counts() == {"indexed": 11, "skipped": 1, "missing": 1}
            assert not found
        assert len(found[0]) == 12


def test_what_is_written_meanwhile_is_seen_the_next_time(many: Path, held: Held, tmp_path: Path) -> None:
    with contextlib.closing(open_library(many)) as library:
        with reading(library, held) as found, contextlib.closing(open_library(many, writable=True)) as writer:
            held.more()
            writer.forget([known.id for known in writer.find(tmp_path / "b" / "6.jpg")])
            writer.store([entry(tmp_path / "a" / name, name) for name in ("0.jpg", "9.jpg")])
            writer.mark([known.id for known in writer.find(tmp_path / "b" / "0.jpg")], "roof", True)
        names = [photo.path.name for photo in found[0]]
        assert (names.count("6.jpg"), "9.jpg" in names) == (1, False)
        assert "roof" in found[0].at([tmp_path / "b" / "0.jpg"])[0].marks  # which a window may have set
        names = [photo.path.name for photo in library.photos()]
        assert (names.count("6.jpg"), "9.jpg" in names) == (0, True)


def test_a_library_that_is_closed_meanwhile_is_read_to_its_end(many: Path, held: Held) -> None:
    shared = SharedLibrary(open_library(many))
    shared.hold()
    with reading(shared, held) as found:
        shared.let_go()
    assert len(found[0]) == 13
    shared.release()
    with pytest.raises(UserError, match="closed meanwhile"):
        shared.photos()
    assert sorted(os.listdir(many.parent)) == ["home", "many.cropseek"]


def test_reading_tells_how_far_it_is_and_ends_when_it_is_cancelled(many: Path) -> None:
    with contextlib.closing(open_library(many)) as library:
        told: list[tuple[int, int]] = []
        stopped = Ticket(lambda done, total, _: (told.append((done, total)), done == 6 and stopped.cancel()))  # type: ignore[func-returns-value]
        with stopped.current(), pytest.raises(Cancelled):
            library.photos()
        assert told == [(3, 13), (6, 13)]
        assert len(library.photos()) == 12


@pytest.mark.skipif(os.name == "nt", reason="an open file cannot be replaced there")
@pytest.mark.parametrize(
    "change", [Path.unlink, lambda path: shutil.copy(path, f"{path}2") and Path(f"{path}2").replace(path)]
)
def test_the_open_file_is_read_after_another_took_its_place(many: Path, change: Callable[[Path], object]) -> None:
    with contextlib.closing(open_library(many)) as library:
        library.counts()
        change(many)
        assert len(library.photos()) == 12


def test_a_list_that_is_read_in_a_transaction_is_of_that_state(many: Path, tmp_path: Path) -> None:
    new = [entry(tmp_path / "a" / "9.jpg", "new")]
    with contextlib.closing(open_library(many, writable=True)) as writer, contextlib.closing(open_library(many)) as library:
        with library.snapshot():
            library.counts()
            writer.store(new)
            assert len(library.photos()) == 12
        assert len(library.photos()) == 13
        with contextlib.suppress(ZeroDivisionError), writer._transaction() as db:
            db.execute("DELETE FROM photos WHERE name = '9.jpg'")
            assert len(writer.photos()) == 12
            raise ZeroDivisionError
        assert len(writer.photos()) == 13


@needs_root
@pytest.mark.parametrize("how", ["nothing beside it", "its log in use", "a log that was left"])
def test_who_may_not_write_reads_it_beside_as_well(open_place: Path, held: Held, how: str) -> None:
    folder = open_place / "shelf"
    writer = plain_library(folder / "l.cropseek", Path("/photos"))
    writer.store([entry(Path(f"/photos/{k}.jpg"), str(k), thumbnail=b"small") for k in range(8)])
    if how == "nothing beside it":
        writer.close()
    if how == "a log that was left":
        folder = Path(shutil.copytree(folder, open_place / "left"))
        (folder / "l.cropseek-shm").unlink()
    for file in folder.iterdir():
        file.chmod(0o644)
    (open_place / "home").mkdir()
    (open_place / "home").chmod(0o777)
    with pytest.MonkeyPatch.context() as patch, as_nobody():
        patch.setenv("XDG_CACHE_HOME", str(open_place / "home"))
        library = open_library(folder / "l.cropseek")
        with reading(library, held) as found:
            assert library.thumbnail(5) == b"small"
            library.close()  # and what was copied stays as long as it is read
        assert len(found[0]) == 8
        copies = open_place / "home" / "cropseek" / "copies"
        assert not copies.exists() or not list(copies.iterdir())
    writer.close()
