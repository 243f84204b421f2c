"""Opening asks a server few things, each once: the first photos come with it, the rest when it is asked for."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core.engine import Engine
from core.library import LibraryFile, create_library
from core.library.entries import Entry
from core.library.listing import Listing
from core.records import STAR
from core.remote import contents, listing
from core.remote.library import RemoteLibrary
from core.remote.opening import open_any, publish_library
from core.remote.postgres import Server
from core.util.errors import UserError
from core.util.progress import Cancelled, Ticket
from core.util.resources import cache_folder
from tests.core.library.plain import CONFIG
from tests.core.remote.conftest import READER, PostgresServer, random_entries
from tests.core.remote.test_stopping import until


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The statements that servers were asked."""
    found: list[str] = []
    read = Server._read

    def noted(self: Server, connection: Any, sql: str, *given: Any) -> Any:
        found.append(sql)
        return read(self, connection, sql, *given)

    monkeypatch.setattr(Server, "_read", noted)
    return found


@pytest.fixture
def several(tmp_path: Path) -> Iterator[LibraryFile]:
    """A library of two folders, with marks, and a skipped and a missing photo."""
    roots = [tmp_path / "b", tmp_path / "a"]
    for root in roots:
        root.mkdir()
    library = create_library(tmp_path / "several.cropseek", CONFIG, b"no describer", "half")
    library.begin(roots)
    library.store(random_entries(roots[0], 7, seed=1))
    library.store(random_entries(roots[1], 5, seed=2))
    library.store([Entry(roots[1] / "Ærø" / "broken.jpg", 1, 1, reason="no photo")])
    with library._transaction() as db:
        db.execute("UPDATE photos SET state = 'missing' WHERE id = 2")
    library.mark([photo.id for photo in library.photos()[1:4]], STAR, True)
    library.mark([library.photos()[2].id], "roof", True)
    yield library
    library.close()


def published(server: PostgresServer, library: LibraryFile, user: str = READER) -> Path:
    database = server.database()
    publish_library(library.path, server.address(database), Ticket())
    return Path(server.address(database, user))


def first(shared: RemoteLibrary | Any) -> tuple[Listing, int]:
    found = shared.first_photos()
    assert found is not None
    return found


@pytest.mark.parametrize("number", [3, 6, 500])
def test_the_first_photos_are_the_beginning_of_all(
    server: PostgresServer, several: LibraryFile, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr(contents, "_CONTENTS", contents._CONTENTS.replace(str(contents.FIRST), str(number)))
    everything = several.photos(missing=True)
    with contextlib.closing(open_any(published(server, several))) as shared:
        begun, total = first(shared)
        assert total == len(everything) == 13
        assert list(begun) == list(everything[:number])
        assert any(photo.marks for photo in begun)
        assert shared.photos(missing=True) == everything
        assert shared.first_photos() is None


def test_opening_asks_twice_and_its_summary_nothing_more(
    server: PostgresServer, made_up: LibraryFile, asked: list[str]
) -> None:
    address, engine = published(server, made_up), Engine()
    for times in (2, 1, 1):  # once the version is known
        asked.clear()
        opened = engine.prepare(address)
        info, begun = opened.info(), opened.first_photos()
        assert begun is not None
        assert (info.photos, len(begun[0]), begun[1]) == (400, 400, 400)
        assert len(asked) == times
        opened.let_go()


def test_another_version_than_the_last_time_is_noticed(server: PostgresServer, made_up: LibraryFile) -> None:
    address = published(server, made_up)
    for number in (400, 401, 402):
        if number > 400:
            made_up.store(random_entries(made_up.roots()[0], number)[-1:])
            publish_library(made_up.path, server.address("photos"), Ticket())
            if number == 402:  # the version of the last time is dropped
                publish_library(made_up.path, server.address("photos"), Ticket())
        with contextlib.closing(open_any(address)) as shared:
            assert first(shared)[1] == len(shared.photos()) == number
    for note in ("x", "-1", "99", "9" * 30, ""):
        (noted,) = cache_folder("versions").iterdir()
        noted.write_text(note)
        with contextlib.closing(open_any(address)) as shared:
            assert first(shared)[1] == 402
    server.database()
    with pytest.raises(UserError, match="no library is published there"):
        open_any(address)


def test_a_version_of_an_earlier_program_opens_as_well(server: PostgresServer, several: LibraryFile) -> None:
    address = published(server, several)
    server.sql("DELETE FROM cropseek_1.meta WHERE key IN ('counts', 'describer_key')", database="photos")
    with contextlib.closing(open_any(address)) as shared:
        assert shared.counts() == several.counts()
        assert shared.describer_key == several.describer_key
        assert first(shared)[1] == 13


def test_a_describer_is_fetched_once_and_a_changed_copy_is_not_used(
    server: PostgresServer, made_up: LibraryFile, asked: list[str]
) -> None:
    address = published(server, made_up)

    def fetched() -> int:
        asked.clear()
        with contextlib.closing(open_any(address)) as shared:
            assert shared.describer_bytes() == made_up.describer_bytes()
        return sum("describer" in sql for sql in asked)

    assert [fetched(), fetched()] == [1, 0]
    (kept,) = cache_folder("describers").iterdir()
    kept.write_bytes(b"another")
    assert [fetched(), fetched()] == [1, 0]
    server.sql("UPDATE cropseek_1.describer SET data = 'another'", database="photos")
    assert fetched() == 0
    kept.unlink()
    with contextlib.closing(open_any(address)) as shared, pytest.raises(UserError, match="damaged one"):
        shared.describer_bytes()
    assert not kept.exists()


@pytest.mark.parametrize("key", ["../../other", "A" * 64, ""])
def test_a_key_that_is_none_names_no_file(server: PostgresServer, made_up: LibraryFile, key: str) -> None:
    address = published(server, made_up)
    server.sql(f"UPDATE cropseek_1.meta SET value = '{key}' WHERE key = 'describer_key'", database="photos")
    with contextlib.closing(open_any(address)) as shared:
        assert shared.describer_key == made_up.describer_key
    assert not cache_folder("describers").exists()


def test_reading_all_tells_how_far_it_is_and_ends_when_it_is_cancelled(
    server: PostgresServer, made_up: LibraryFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "_PAGE", listing._PAGE.replace(str(listing.PAGE), "150"))
    with contextlib.closing(open_any(published(server, made_up))) as shared:
        told: list[tuple[int, int]] = []
        stopped = Ticket(lambda done, total, _: (told.append((done, total)), done == 300 and stopped.cancel()))  # type: ignore[func-returns-value]
        with stopped.current(), pytest.raises(Cancelled):
            shared.photos()
        assert told == [(150, 400), (300, 400)]
        with Ticket().current():
            assert shared.photos() == made_up.photos()


def test_others_are_answered_while_all_are_read_and_who_waits_can_be_cancelled(
    server: PostgresServer, made_up: LibraryFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, begun, ended = threading.Event(), threading.Event(), list[BaseException]()
    read = listing._page

    def held(*given: Any) -> Any:
        begun.set()
        assert gate.wait(30)
        return read(*given)

    monkeypatch.setattr(listing, "_page", held)
    with contextlib.closing(open_any(published(server, made_up))) as shared:
        reader = threading.Thread(target=shared.photos)
        reader.start()
        assert begun.wait(30)
        assert shared.find(made_up.photos()[0].path)
        assert shared.cells(1) is None
        ticket = Ticket()

        def wait() -> None:
            with ticket.current():
                try:
                    shared.photos()
                except Cancelled as error:
                    ended.append(error)

        waiting = threading.Thread(target=wait)
        waiting.start()
        ticket.cancel()
        until(lambda: bool(ended))
        gate.set()
        reader.join()
        waiting.join()
        assert shared.photos() == made_up.photos()


def test_small_copies_that_are_expected_come_together(server: PostgresServer, library: Path, asked: list[str]) -> None:
    publish_library(library, server.address(server.database()), Ticket())
    near, far = Engine(), Engine()
    near.open_library(library)
    far.open_library(Path(server.address("photos", READER)))
    assert (near.pictures.together, far.pictures.together) == (1, 24)
    paths = [photo.path for photo in near.photos()]
    expected = [near.thumbnail(path, 64).tolist() for path in paths]
    asked.clear()
    far.pictures.expect([*paths, paths[0].with_name("none.jpg")])
    assert [far.thumbnail(path, 64).tolist() for path in paths] == expected
    assert len(asked) == 2
    for engine in (near, far):
        engine.close_library()


HOSTILE = {
    "more settings than there are": "INSERT INTO cropseek_1.meta SELECT 'k' || n, '' FROM generate_series(1, 100) AS n",
    "a root that hides": "UPDATE cropseek_1.roots SET path = '/a/../etc'",
    "a name that leaves its folder": "UPDATE cropseek_1.photos SET name = '../../secret' WHERE id = 5",
    "a date that is none": "UPDATE cropseek_1.photos SET taken = 'yesterday' WHERE id = 5",
    "a state that is none": "UPDATE cropseek_1.photos SET state = 'odd' WHERE id = 5",
    "a reason without end": "UPDATE cropseek_1.photos SET state = 'skipped', reason = repeat('x', 5000) WHERE id = 5",
    "ids that are none": "UPDATE cropseek_1.photos SET id = -5 WHERE id = 5",
    "marks without end": "INSERT INTO cropseek_1.marks SELECT content, 'm' || n, ''"
    " FROM cropseek_1.photos, generate_series(1, 600) AS n WHERE id = 5",
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_server_is_told_when_it_is_opened(server: PostgresServer, made_up: LibraryFile, what: str) -> None:
    address = published(server, made_up)
    server.sql(HOSTILE[what], database="photos")
    with pytest.raises(UserError, match="no library of Cropseek, or a damaged one"):
        open_any(address)


def test_counts_that_are_none_are_counted(server: PostgresServer, made_up: LibraryFile) -> None:
    address = published(server, made_up)
    for value in ("x", "[]", '{"indexed": -1}', '{"odd": 1}', '{"indexed": "1"}', '{"indexed": 1e9}'):
        server.sql(f"UPDATE cropseek_1.meta SET value = '{value}' WHERE key = 'counts'", database="photos")
        with contextlib.closing(open_any(address)) as shared:
            assert shared.counts() == {"indexed": 400}
