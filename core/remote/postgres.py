"""A connection to PostgreSQL whose rows are checked as those of a stranger's file are.

It connects when it is first used, and again after it broke, so a server that was restarted is found again by the next call.
"""

from __future__ import annotations

import contextlib
import struct
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import psycopg
from psycopg.adapt import Dumper, Loader
from psycopg.conninfo import make_conninfo
from psycopg.pq import Format

from core.library import limits
from core.remote.address import Address
from core.remote.causes import LONGEST_S, TOO_LATE, by_state, damaged, gone, refused
from core.remote.passwords import password_of
from core.remote.stopping import cut, stopped_by
from core.util.progress import Cancelled, current_ticket

LAYOUT = 1
"""Number of the layout of the tables, which rises when they change (``schema.sql``, ``version.sql``)."""

CONNECT_S = 5
"""Seconds in which a server must answer a connection, and acknowledge what is sent to it."""

QUIET_S = 2
"""Seconds of silence after which a server is asked whether it is still there; it has three more."""

SPARE_S = 5
"""Seconds more than ``LONGEST_S`` after which a silent server is given up by this side."""

BREAKS_S = CONNECT_S - 1
"""Seconds within which a connection breaks that the server's computer refuses."""

TOGETHER = 2 << 30
"""Largest size of all values of a statement in bytes."""

AT_ONCE = 100
"""Rows that are taken from the network at a time."""

T = TypeVar("T")
Rows = list[tuple[Any, ...]]


class Bits(bytes):
    """Packed bits, a multiple of eight: PostgreSQL's ``bit`` and ``bit varying``."""


class _BitsDumper(Dumper):
    format = Format.BINARY
    oid = 1562  # bit varying, which becomes bit where that is asked for

    def dump(self, obj: Any) -> bytes:
        return struct.pack("!i", 8 * len(obj)) + bytes(obj)


class _FixedBitsDumper(_BitsDumper):
    oid = 1560


class _BitsLoader(Loader):
    format = Format.BINARY

    def load(self, data: Any) -> bytes:
        raw = bytes(data)
        if len(raw) < 4 or struct.unpack("!i", raw[:4])[0] != 8 * (len(raw) - 4):
            raise psycopg.DataError("bits of another length")
        return raw[4:]


class _Connection(psycopg.Connection[tuple[Any, ...]]):
    """One that ends with the program, as open files do, without psycopg's warning."""

    def __del__(self, *_given: Any) -> None:  # its socket is closed with it
        """Warn of nothing."""


class Server:
    """One connection, safe to share between threads.  Its statements end with the ``current_ticket``.

    Args:
        address: of the library.
        writing: whether statements may change anything.
        patient: whether a statement may take as long as it needs, for publishing.
    """

    def __init__(self, address: Address, writing: bool = False, patient: bool = False) -> None:
        self.address, self._writing, self._patient = address, writing, patient
        self._lock = threading.RLock()
        self._open: psycopg.Connection[tuple[Any, ...]] | None = None
        self._closed = self._late = False

    def close(self) -> None:
        """Close the connection for good."""
        with self._lock:
            self._closed = True
            self._drop()

    def rows(
        self,
        sql: str,
        arguments: tuple[object, ...] = (),
        most: int = limits.ROWS["photos"],
        longest: int = limits.LONGEST,
    ) -> Rows:
        """The rows of a statement: at most ``most``, with values of at most ``longest`` bytes.

        Raises:
            UserError: there are more, a value is longer, the server is gone, or it refuses.
            Cancelled: by the ticket of the work that asks.
        """
        return self._do(lambda connection: self._read(connection, sql, arguments, most, longest))

    def one(
        self, sql: str, arguments: tuple[object, ...], kinds: tuple[type, ...], longest: int = limits.LONGEST
    ) -> tuple[Any, ...]:
        """The only row of a statement that always gives one.

        Args:
            kinds: of its values.

        Raises:
            UserError: as ``rows``, or it is no such row.
        """
        found = self.rows(sql, arguments, 1, longest)
        if len(found) != 1 or tuple(map(type, found[0])) != kinds:
            raise damaged(self.address)
        return found[0]

    def checked(self, sql: str, arguments: tuple[object, ...], *columns: str, most: int | None = None) -> Rows:
        """The rows of a statement, with the type and limits of each value checked by its column (``core.library.limits``).

        Args:
            most: number of rows; None: those of the first column's table.

        Raises:
            UserError: as ``rows``, or a value that the library's file could not hold.
        """
        found = self.rows(sql, arguments, limits.ROWS[columns[0].partition(".")[0]] if most is None else most)
        if found and (len(found[0]) != len(columns) or not limits.rows_fit(columns, found)):
            raise damaged(self.address)
        return found

    def change(self, work: Callable[[psycopg.Connection[tuple[Any, ...]]], T]) -> T:
        """Do some work in one transaction; it must be harmless to do it twice, as a broken connection is tried again.

        Raises:
            UserError: as ``rows``; then nothing was changed.
        """

        def whole(connection: psycopg.Connection[tuple[Any, ...]]) -> T:
            with connection.transaction():
                return work(connection)

        return self._do(whole)

    def _read(
        self,
        connection: psycopg.Connection[tuple[Any, ...]],
        sql: str,
        arguments: tuple[object, ...],
        most: int,
        longest: int,
    ) -> Rows:
        found: Rows = []
        total = 0
        with self._limited(connection), stopped_by(current_ticket(), connection):
            cursor = connection.cursor(binary=True)
            size = AT_ONCE if psycopg.capabilities.has_stream_chunked() else 1
            for row in cursor.stream(sql, arguments, size=size):
                found.append(row)
                sizes = [len(value) for value in row if isinstance(value, str | bytes)]
                total += sum(sizes)
                if len(found) > most or max(sizes, default=0) > longest or total > TOGETHER:
                    self._drop()  # it is not waited for the rest, which may never end
                    raise damaged(self.address)
        return found

    def _do(self, work: Callable[[psycopg.Connection[tuple[Any, ...]]], T]) -> T:
        ticket = current_ticket()
        with self._lock:
            for again in (True, False):
                if ticket is not None and ticket.cancelled:
                    raise Cancelled
                fresh, began = self._open is None, time.monotonic()
                connection = self._connected()
                try:
                    return work(connection)
                except psycopg.Error as error:
                    broken = connection.broken or connection.closed
                    if broken:
                        self._drop()
                        if ticket is not None and ticket.cancelled:
                            raise Cancelled from None
                        if self._late:  # one that is there says itself that it took too long
                            raise gone(self.address) from error
                        # It may have been restarted since, which shows at once; a cut network would be waited for twice.
                        if again and not fresh and time.monotonic() - began < BREAKS_S:
                            continue
                        raise gone(self.address) from error
                    if ticket is not None and ticket.cancelled:
                        raise Cancelled from None
                    if error.sqlstate == TOO_LATE and again and time.monotonic() - began < LONGEST_S / 2:
                        continue  # the cancellation of the statement before came too late for that
                    raise by_state(error.sqlstate or "", self.address) from error
                except (UnicodeError, ValueError, OverflowError, struct.error, MemoryError) as error:
                    self._drop()
                    raise damaged(self.address) from error
        raise gone(self.address)

    def _connected(self) -> psycopg.Connection[tuple[Any, ...]]:
        if self._closed:
            raise gone(self.address)
        if self._open is None:
            try:
                self._open = self._connect()
            except psycopg.Error as error:
                raise refused(self.address, str(error)) from None  # it may have the server's words
            except (UnicodeError, ValueError) as error:
                raise damaged(self.address) from error
        return self._open

    def _connect(self) -> psycopg.Connection[tuple[Any, ...]]:
        settings = {
            "search_path": "pg_catalog",  # nobody else's functions or operators
            "default_transaction_read_only": "off" if self._writing else "on",
            "statement_timeout": "0" if self._patient else f"{LONGEST_S}s",
            "bytea_output": "hex",
            "client_encoding": "UTF8",
            "jit": "off",  # which compiles for a tenth of a second what takes a hundredth
        }
        connection = _Connection.connect(
            make_conninfo("", **self.address.parameters()),
            password=password_of(self.address),
            autocommit=True,
            prepare_threshold=None,
            application_name="cropseek",
            connect_timeout=CONNECT_S,
            tcp_user_timeout=1000 * CONNECT_S,
            keepalives_idle=QUIET_S,
            keepalives_interval=1,
            keepalives_count=3,
            options=" ".join(f"-c {name}={value}" for name, value in settings.items()),
        )
        for name in ("bit", "varbit"):
            connection.adapters.register_loader(name, _BitsLoader)
        connection.adapters.register_dumper(Bits, _FixedBitsDumper)
        connection.adapters.register_dumper(Bits, _BitsDumper)
        return connection

    def _drop(self) -> None:
        connection, self._open = self._open, None
        if connection is not None:
            connection.pgconn.finish()  # at once, whatever it still has to say

    @contextlib.contextmanager
    def _limited(self, connection: psycopg.Connection[tuple[Any, ...]]) -> Iterator[None]:
        """Cut the connection if a statement takes too long: the server's own limit binds only an honest one."""
        if self._patient:
            yield
            return
        handle = connection.fileno()

        def late() -> None:
            self._late = True
            cut(handle)

        self._late = False
        limit = threading.Timer(LONGEST_S + SPARE_S, late)
        limit.daemon = True
        limit.start()
        try:
            yield
        finally:
            limit.cancel()
