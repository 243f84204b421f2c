"""A PostgreSQL server of the tests' own: on a loopback port, in a temporary folder, ended with them."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.library import LibraryFile, create_library
from core.library.entries import Entry
from tests.core.library.plain import CONFIG, NOBODY

ADMIN, PUBLISHER, READER, OTHER = "admin", "publisher", "reader", "other"
PHOTOS = "photos"
PASSWORDS = {user: f"secret-of-{user}" for user in (ADMIN, PUBLISHER, READER, OTHER)}
START_S = 60


def programs() -> Path | None:
    """The folder of PostgreSQL's programs; None: it is not installed."""
    found = shutil.which("initdb")
    folders = [*([Path(found).resolve().parent] if found else []), *sorted(Path("/usr/lib/postgresql").glob("*/bin"))]
    return next((folder for folder in reversed(folders) if (folder / "initdb").exists()), None)


class PostgresServer:
    """One server; ``port`` is its port, ``folder`` holds its data, certificates and password files."""

    def __init__(self, folder: Path, tools: Path) -> None:
        self.folder, self._tools = folder, tools
        self._as: dict[str, Any] = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        (folder / "secret").write_text(PASSWORDS[ADMIN])
        for user, password in PASSWORDS.items():
            (folder / f"{user}.pass").write_text(f"*:*:*:{user}:{password}\n")
            (folder / f"{user}.pass").chmod(0o600)
        self._certificates()
        self._run("initdb", "-D", "data", "-U", ADMIN, "--auth=scram-sha-256", "--pwfile=secret", "--no-sync", "-E", "UTF8")
        self.start()
        self.sql(f"CREATE DATABASE {PHOTOS}")
        for user in (PUBLISHER, READER, OTHER):
            self.sql(f"CREATE ROLE {user} LOGIN PASSWORD '{PASSWORDS[user]}'")
        self.sql("CREATE ROLE cropseek_reader NOLOGIN", f"GRANT cropseek_reader TO {READER}, {OTHER}")
        self.sql(f"GRANT CREATE ON DATABASE {PHOTOS} TO {PUBLISHER}")

    def start(self) -> None:
        options = {"port": self.port, "listen_addresses": "127.0.0.1", "unix_socket_directories": "", "fsync": "off"}
        if (self.folder / "server.key").exists():
            certificates = {"cert": "server.crt", "key": "server.key"}
            options |= {"ssl": "on"} | {f"ssl_{kind}_file": self.folder / name for kind, name in certificates.items()}
        settings = [f"--{name}={value}" for name, value in options.items()]
        with (self.folder / "log").open("ab") as log:
            command = [self._tools / "postgres", "-D", self.folder / "data", *settings]
            self._process = subprocess.Popen(command, cwd=self.folder, stdout=log, stderr=log, **self._as)
        until = time.monotonic() + START_S
        while True:
            try:
                return self.sql("SELECT 1")
            except Exception:
                if self._process.poll() is not None or time.monotonic() > until:
                    raise
                time.sleep(0.05)

    def stop(self) -> None:
        """As if its machine were switched off."""
        self._process.send_signal(3)
        self._process.wait(30)

    def sql(self, *statements: str, database: str = "postgres") -> None:
        self.rows(*statements, database=database)

    def rows(self, *statements: str, database: str = "postgres", user: str = ADMIN) -> Sequence[tuple[Any, ...]]:
        import psycopg

        place = f"host=127.0.0.1 port={self.port} user={user} dbname={database}"
        with psycopg.connect(place, password=PASSWORDS[user], autocommit=True) as connection:
            found: list[tuple[Any, ...]] = []
            for statement in statements:
                cursor = connection.execute(statement)
                found = cursor.fetchall() if cursor.description else []
            return found

    def database(self) -> str:
        """The name of a database in which nothing is published any more."""
        named = self.rows("SELECT nspname FROM pg_namespace WHERE nspname ~ '^cropseek'", database=PHOTOS)
        self.sql(*(f"DROP SCHEMA {name} CASCADE" for (name,) in named), database=PHOTOS)
        return PHOTOS

    def address(self, database: str, user: str = ADMIN, **options: str) -> str:
        given = {"passfile": str(self.folder / f"{user}.pass")} | options
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}?" + "&".join(f"{k}={v}" for k, v in given.items())

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run([self._tools / program, *arguments], cwd=self.folder, check=True, capture_output=True, **self._as)

    def _certificates(self) -> None:
        """An authority with the server's certificate, and another authority."""
        if shutil.which("openssl") is None:
            return
        days = ("-days", "2", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1")
        run = {"cwd": self.folder, "check": True, "capture_output": True}
        for name in ("authority", "stranger"):
            made = ("-keyout", f"{name}.key", "-out", f"{name}.crt", "-subj", f"/CN={name}")
            subprocess.run(["openssl", "req", "-x509", *days, *made], **run)  # type: ignore[call-overload]
        signed = ("-CA", "authority.crt", "-CAkey", "authority.key", "-addext", "subjectAltName=IP:127.0.0.1")
        made = ("-keyout", "server.key", "-out", "server.crt", "-subj", "/CN=museum")
        subprocess.run(["openssl", "req", "-x509", *days, *signed, *made], **run)  # type: ignore[call-overload]
        (self.folder / "server.key").chmod(0o600)
        if self._as:
            os.chown(self.folder / "server.key", NOBODY, NOBODY)


@contextlib.contextmanager
def own_server() -> Iterator[PostgresServer]:
    """A server in a temporary folder, which goes with it."""
    tools = programs()
    if tools is None:
        raise SystemExit("PostgreSQL is not installed")
    folder = Path(tempfile.mkdtemp(prefix="cropseek-postgres-"))  # pytest's own folders are closed to other users
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        folder.chmod(0o755)
        os.chown(folder, NOBODY, NOBODY)
    made = None
    try:
        made = PostgresServer(folder, tools)
        yield made
    finally:
        if made is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                made.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def server() -> Iterator[PostgresServer]:
    """The server of all tests of a run; skips where PostgreSQL or psycopg is missing."""
    pytest.importorskip("psycopg")
    if programs() is None:
        pytest.skip("PostgreSQL is not installed")
    with own_server() as made:
        yield made


def random_entries(root: Path, count: int, layout_windows: int = 9, seed: int = 0) -> list[Entry]:
    """Photos with made-up vectors; their short codes make many ties."""
    rng = np.random.default_rng(seed)
    found = []
    for number in range(count):
        descriptor = rng.standard_normal(CONFIG.dimensions).astype(np.float16)
        code = rng.integers(0, 256, CONFIG.bits // 8, dtype=np.uint8)
        windows = rng.integers(0, 256, (layout_windows, CONFIG.bits // 8), dtype=np.uint8)
        path = root / ("roma" if number % 3 else "Ærø") / f"{number:04}.jpg"
        found.append(
            Entry(path, 10 + number, 1, f"{number:032x}", 640, 480, descriptor=descriptor, code=code, windows=windows)
        )
    return found


@pytest.fixture
def made_up(tmp_path: Path) -> Iterator[LibraryFile]:
    """A library of 400 made-up photos, open for writing."""
    root = tmp_path / "photos"
    root.mkdir()
    library = create_library(tmp_path / "made-up.cropseek", CONFIG, b"no describer", "half")
    library.begin([root])
    library.store(random_entries(root, 400))
    yield library
    library.close()
