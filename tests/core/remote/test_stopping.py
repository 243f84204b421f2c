"""A cancelled search ends its statement on the server, and disturbs no other."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from core.remote import stopping
from core.remote.address import parse_address
from core.remote.postgres import Server
from core.util.progress import Cancelled, Ticket
from tests.core.remote.conftest import ADMIN, PASSWORDS, PostgresServer

RUNNING = (
    "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%pg_sleep%' AND pid <> pg_backend_pid()"
)
PATIENCE_S = 30


@pytest.fixture
def connected(server: PostgresServer) -> Iterator[Server]:
    with contextlib.closing(Server(parse_address(server.address("postgres")))) as opened:
        opened.rows("SELECT 1")
        yield opened


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def running(server: PostgresServer) -> int:
    return int(server.rows(RUNNING)[0][0])


def sleeping(connected: Server, ticket: Ticket, ended: list[type[BaseException]]) -> threading.Thread:
    """A thread that runs a long statement for a ticket."""

    def work() -> None:
        with ticket.current():
            try:
                connected.rows("SELECT pg_sleep(15)")
            except BaseException as error:
                ended.append(type(error))

    thread = threading.Thread(target=work)
    thread.start()
    return thread


def test_a_cancelled_statement_ends_on_the_server(server: PostgresServer, connected: Server) -> None:
    ticket, ended = Ticket(), list[type[BaseException]]()
    thread = sleeping(connected, ticket, ended)
    until(lambda: running(server) == 1)
    ticket.cancel()
    thread.join(PATIENCE_S)
    assert ended == [Cancelled]
    until(lambda: running(server) == 0)
    assert connected.rows("SELECT 1") == [(1,)]  # on the same connection
    with ticket.current(), pytest.raises(Cancelled):
        connected.rows("SELECT 1")


def test_what_is_over_cannot_be_cancelled_any_more(connected: Server) -> None:
    for _ in range(20):
        ticket = Ticket()
        with ticket.current():
            connected.rows("SELECT 1")
        ticket.cancel()
        assert connected.rows("SELECT pg_sleep(0.01)::text") == [("",)]


class Deaf:
    """Stands before a server, and hands on the first connection only: a cancellation comes by another."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self._held: list[socket.socket] = []
        self._far: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                self._held.append(near)
                if len(self._held) == 1:
                    far = socket.create_connection(("127.0.0.1", self._target))
                    self._far.append(far)
                    for pair in ((near, far), (far, near)):
                        threading.Thread(target=self._pass, args=pair, daemon=True).start()

    def _pass(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := one.recv(1 << 16):
                other.sendall(data)
            other.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        for each in (self._listening, *self._held, *self._far):
            each.close()


def test_a_server_that_does_not_listen_is_left(server: PostgresServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stopping, "CANCEL_S", 0.2)
    deaf, ticket, ended = Deaf(server.port), Ticket(), list[type[BaseException]]()
    monkeypatch.setenv("PGPASSWORD", PASSWORDS[ADMIN])
    address = parse_address(f"postgresql://{ADMIN}@127.0.0.1:{deaf.port}/postgres?sslmode=disable")
    with contextlib.closing(deaf), contextlib.closing(Server(address)) as opened:
        opened.rows("SELECT 1")
        thread = sleeping(opened, ticket, ended)
        until(lambda: running(server) == 1)
        ticket.cancel()
        thread.join(PATIENCE_S)
        assert ended == [Cancelled]
