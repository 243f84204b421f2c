"""What goes wrong with a server is one sentence, and a hostile one can do no more than that."""

from __future__ import annotations

import contextlib
import logging
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from core.library import LibraryFile, create_library, limits
from core.library.protocol import Library
from core.remote import postgres
from core.remote.address import parse_address
from core.remote.causes import LONGEST_S, ServerGoneError
from core.remote.opening import open_any, publish_library
from core.remote.postgres import Server
from core.search.ranking.searcher import Searcher
from core.util.errors import PassingError, UserError
from core.util.progress import Ticket
from tests.core.library.plain import CONFIG
from tests.core.remote.conftest import PASSWORDS, READER, PostgresServer
from tests.core.remote.conftest import random_entries as entries

ROOT = Path(__file__).resolve().parents[3]
NUMBERS = np.zeros(2, np.uint8)


@pytest.fixture
def database(server: PostgresServer, made_up: LibraryFile) -> str:
    """A database with the published library."""
    name = server.database()
    publish_library(made_up.path, server.address(name), Ticket())
    return name


def refusal(address: str) -> str:
    """The sentence with which opening is refused; it holds no password, and no chained error of the server either."""
    with pytest.raises(UserError) as refused:
        open_any(Path(address))
    assert refused.value.__cause__ is None
    told = str(refused.value)
    assert not any(secret in f"{told}{refused.value!r}" for secret in PASSWORDS.values())
    return told


def test_refusals_are_sentences(server: PostgresServer, database: str, tmp_path: Path) -> None:
    wrong = tmp_path / "pass"
    wrong.write_text(f"*:*:*:{READER}:the-wrong-secret\n")
    wrong.chmod(0o600)
    assert "does not accept" in (told := refusal(server.address(database, READER, passfile=str(wrong))))
    assert "the-wrong-secret" not in told
    assert "asks for a password" in refusal(server.address(database, READER, passfile=str(tmp_path / "none")))
    assert "no such database" in refusal(server.address("elsewhere", READER))
    with pytest.raises(UserError, match="no library is published there"):
        open_any(Path(server.address("postgres")))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        assert "cannot be reached" in refusal(f"postgresql://me@127.0.0.1:{free.getsockname()[1]}/photos")


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl")
def test_the_server_must_prove_its_name(server: PostgresServer, database: str) -> None:
    def address(authority: str) -> str:
        options = {"sslmode": "verify-full", "sslrootcert": str(server.folder / authority)}
        return server.address(database, READER, **options)

    with contextlib.closing(open_any(Path(address("authority.crt")))) as opened:
        assert len(opened.photos()) == 400
    assert "not made by an authority that this computer trusts" in refusal(address("stranger.crt"))
    assert "no certificate of an authority" in refusal(address("missing.crt"))
    elsewhere = address("authority.crt").replace("@127.0.0.1:", "@localhost:")
    assert "certificate is for another name" in refusal(elsewhere)


def test_a_full_server_is_told(server: PostgresServer, database: str) -> None:
    server.sql(f"ALTER ROLE {READER} CONNECTION LIMIT 0")
    try:
        assert "too many users" in refusal(server.address(database, READER))
    finally:
        server.sql(f"ALTER ROLE {READER} CONNECTION LIMIT -1")


def test_nothing_is_logged_of_a_password(
    server: PostgresServer, database: str, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    from core.cli import build_parser, run

    caplog.set_level(logging.DEBUG)
    assert run(build_parser().parse_args(["--verbose", "info", server.address(database, READER), "--json"])) == 0
    assert run(build_parser().parse_args(["info", f"postgresql://me:{PASSWORDS[READER]}@127.0.0.1/photos"])) == 1
    told = capsys.readouterr()
    for text in (told.out, told.err, caplog.text):
        assert PASSWORDS[READER] not in text
    assert f'"library": "postgresql://{READER}@127.0.0.1:{server.port}/{database}' in told.out


def test_a_server_that_comes_back_is_found_again(server: PostgresServer, database: str) -> None:
    with contextlib.closing(open_any(Path(server.address(database)))) as shared:
        before = shared.photos()
        server.stop()
        with pytest.raises(PassingError, match="cannot be reached"):
            shared.version()
        assert before[0].path == shared.roots()[0] / before.names[0]  # what was read is still there
        server.start()
        assert shared.photos() == before
        server.stop()
        server.start()
        shared.version()  # one that was restarted meanwhile is not even noticed


def test_a_server_that_dies_in_a_statement_is_told(server: PostgresServer, database: str) -> None:
    with contextlib.closing(Server(parse_address(server.address(database)))) as opened:
        opened.rows("SELECT 1")
        killed = threading.Timer(0.5, server.stop)
        killed.start()
        try:
            with pytest.raises(PassingError, match="cannot be reached"):
                opened.rows("SELECT pg_sleep(15)")
        finally:
            killed.join()
            server.start()
        assert opened.rows("SELECT 1") == [(1,)]


def test_a_server_that_falls_silent_is_given_up(
    server: PostgresServer, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "SPARE_S", 0.3 - LONGEST_S)
    with contextlib.closing(Server(parse_address(server.address(database)))) as opened:
        with pytest.raises(ServerGoneError, match="cannot be reached"):  # one that is there says that it took too long
            opened.rows("SELECT pg_sleep(15)")
        assert opened.rows("SELECT 1") == [(1,)]


@pytest.mark.parametrize("table", ["photos", "vectors"])
def test_a_server_that_never_ends_is_cut(
    server: PostgresServer, database: str, table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with contextlib.closing(open_any(Path(server.address(database)))) as shared:
        monkeypatch.setitem(limits.ROWS, table, 300)
        with pytest.raises(UserError, match="no library of Cropseek"):
            shared.photos() if table == "photos" else shared.search_vectors()


TAMPERED: dict[str, tuple[str, Callable[[Library], object]]] = {
    "short descriptor": (
        "UPDATE cropseek_1.vectors SET descriptor = substring(descriptor FROM 3) WHERE photo = 5",
        lambda shared: Searcher(shared.search_vectors(), {}).stored(5),
    ),
    "not a number": (
        "UPDATE cropseek_1.vectors SET descriptor = overlay(descriptor PLACING '\\x007e' FROM 1) WHERE photo = 5",
        lambda shared: Searcher(shared.search_vectors(), {}).cosines_with(np.ones(shared.config.dimensions, np.float32)),
    ),
    "windows of another length": (
        "UPDATE cropseek_1.codes SET windows = '1010' WHERE photo = 5",
        lambda shared: Searcher(shared.search_vectors(), {}).stored(4),
    ),
    "codes of another length": (
        "ALTER TABLE cropseek_1.codes ALTER COLUMN code TYPE bit(24) USING code::bit(24)",
        lambda shared: Searcher(shared.search_vectors(), {}).stored(4),
    ),
    "a huge thumbnail": (
        "INSERT INTO cropseek_1.thumbnails VALUES (5, convert_to(repeat('x', 5000000), 'UTF8')) ON CONFLICT (photo)"
        " DO UPDATE SET jpeg = excluded.jpeg",
        lambda shared: shared.thumbnail(5),
    ),
    "too many rows": (
        "INSERT INTO cropseek_1.roots SELECT n, '/' || n FROM generate_series(10, 2000) AS n",
        lambda shared: (setattr(shared, "_kept", {}), shared.roots()),
    ),
    "a name that leaves its folder": (
        "UPDATE cropseek_1.photos SET name = '../../secret' WHERE id = 5",
        lambda shared: shared.photos(),
    ),
    "a size that none has": ("UPDATE cropseek_1.photos SET width = -1 WHERE id = 5", lambda shared: shared.photos()),
    "numbers that are text": (
        "ALTER TABLE cropseek_1.photos ALTER COLUMN size TYPE text",
        lambda shared: shared.find(shared.photos()[0].path),
    ),
    "settings that are no JSON": (
        "UPDATE cropseek_1.meta SET value = 'x' WHERE key = 'config'",
        lambda shared: open_any(shared.path),
    ),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_a_hostile_server_is_told_in_one_sentence(server: PostgresServer, database: str, what: str) -> None:
    statement, read = TAMPERED[what]
    with contextlib.closing(open_any(Path(server.address(database)))) as shared:
        server.sql(statement, database=database)
        with pytest.raises(UserError, match="no library of Cropseek, or a damaged one"):
            read(shared)


def test_a_library_of_a_newer_program_is_told(server: PostgresServer, database: str, made_up: LibraryFile) -> None:
    server.sql("UPDATE cropseek.current SET layout = 2", database=database)
    assert "newer version of Cropseek" in refusal(server.address(database))
    with pytest.raises(UserError, match="newer version of Cropseek"):
        publish_library(made_up.path, server.address(database), Ticket())


def test_only_one_library_is_published_in_a_database(server: PostgresServer, database: str, tmp_path: Path) -> None:
    path = tmp_path / "b.cropseek"
    create_library(path, CONFIG, b"no describer").close()
    with pytest.raises(UserError, match="another library is published there"):
        publish_library(path, server.address(database), Ticket())


def test_a_server_that_talks_nonsense_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            with contextlib.suppress(OSError):
                for _ in range(2):  # libpq may ask again without encryption
                    connection, _ = listening.accept()
                    with connection:
                        connection.recv(1024)
                        connection.sendall(b"HTTP/1.1 418 teapot\r\n\r\n" * 100)

        threading.Thread(target=answer, daemon=True).start()
        assert "cannot be reached" in refusal(f"postgresql://me@127.0.0.1:{listening.getsockname()[1]}/photos")


def test_files_that_a_stranger_names_stay_closed(server: PostgresServer, database: str, tmp_path: Path) -> None:
    server.sql(f"UPDATE cropseek_1.roots SET path = '{tmp_path.parent}'", database=database)
    with contextlib.closing(open_any(Path(server.address(database)))) as shared:
        assert not shared.agreed
        assert shared.closes(tmp_path.parent / "any.jpg")
        server.stop()
        try:
            assert shared.closes(tmp_path.parent / "any.jpg")  # nor does a failure open them
        finally:
            server.start()


KILLED = """
import os, sys
from pathlib import Path
from core.remote import publish
from core.remote.opening import publish_library
from core.util.progress import Ticket

left = int(sys.argv[3])
def stop(*_):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), 9)
send = publish._Publishing._send
publish._Publishing._send = lambda self, table, rows: (send(self, table, rows), stop())
drop = publish._drop_old
publish._drop_old = lambda *given: (stop(), drop(*given))
publish_library(Path(sys.argv[1]), sys.argv[2], Ticket())
"""


@pytest.mark.parametrize("steps", [13, 14])
def test_a_killed_publication_leaves_one_version_whole(
    server: PostgresServer, database: str, made_up: LibraryFile, steps: int
) -> None:
    before = made_up.photos()
    made_up.store(entries(made_up.roots()[0], 405)[400:])
    command = [sys.executable, "-c", KILLED, str(made_up.path), server.address(database), str(steps)]
    done = subprocess.run(command, cwd=ROOT, timeout=120, check=False, capture_output=True)
    assert done.returncode == -9, done.stderr
    with contextlib.closing(open_any(Path(server.address(database)))) as shared:
        assert shared.photos() == (made_up.photos() if steps == 14 else before)
        assert len(shared.search_vectors().ids) == len(shared.photos())
    assert publish_library(made_up.path, server.address(database), Ticket()).photos == 405
