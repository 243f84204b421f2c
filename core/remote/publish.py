"""Publish a library's file to a PostgreSQL database, where many people can open it.

All of it happens in one transaction, so that others see the version before or the new one, whole, whenever this process is
killed.  What the version before has of the same photos is copied by the server, so a second publication sends only what is
new.  One version is left beside the new one for searches that are still running; older ones are dropped.
"""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psycopg import Connection, Error

from core.library.dates import valid_date
from core.library.filter_sql import searchable
from core.library.library_file import LibraryFile
from core.library.listing import STATES
from core.library.names import from_text
from core.library.opening import open_library
from core.library.saved_queries import dump_query
from core.remote.address import Address
from core.remote.causes import newer
from core.remote.contents import COUNTS, FIT, told_counts
from core.remote.milvus_opening import milvus_codes
from core.remote.postgres import LAYOUT, Bits, Server
from core.util.errors import UserError
from core.util.progress import Ticket

BATCH = 500
"""Rows that are read from the file at a time."""

LOCK = 0x43525053
"""The number of the lock that one publisher holds."""

READER = "cropseek_reader"
"""The role that everybody who searches is a member of."""

BY_PHOTO = ("vectors", "codes", "cells", "points", "thumbnails")
_TYPES = {
    "roots": ("int8", "text"),
    "photos": ("int8", "int8", "text", "int8", "int8", "text", "int8", "int8", "text", "text", "text", "bytea", "bytea"),
    "vectors": ("int8", "bytea"),
    "codes": ("int8", "bit", "varbit"),
    "cells": ("int8", "int8", "int8", "bytea", "bytea"),
    "points": ("int8", "bytea", "bytea"),
    "thumbnails": ("int8", "bytea"),
    "cameras": ("int8", "text", "bytea"),
    "marks": ("text", "text", "bytea"),
    "apart": ("text", "text", "text"),
    "queries": ("text", "text"),
    "meta": ("text", "text"),
    "describer": ("bytea",),
}
_AFTERWARDS = """
CREATE UNIQUE INDEX ON {schema}.photos (root, name);
CREATE INDEX ON {schema}.photos (content);
CREATE INDEX ON {schema}.photos (root, name) WHERE state = 'skipped';
CREATE INDEX ON {schema}.marks (content);
CREATE INDEX ON {schema}.apart (asking);
ANALYZE {schema}.photos, {schema}.codes;
"""
_POINT = """
INSERT INTO cropseek.current VALUES (1, %s, %s, %s)
ON CONFLICT (id) DO UPDATE SET version = excluded.version, layout = excluded.layout
"""
_SAME = """
SELECT new.id FROM {schema}.photos AS new JOIN {before}.photos AS old USING (id)
WHERE new.content = old.content AND new.content <> ''
"""

Rows = Iterable[tuple[Any, ...]]
Published = Connection[tuple[Any, ...]]


@dataclass(frozen=True)
class Publication:
    """What a publication did.

    Attributes:
        photos: number of photos of the version; ``sent``: those whose content was not there before.
        notes: what whoever publishes should know.
    """

    version: int
    photos: int
    sent: int
    notes: tuple[str, ...] = ()


def publish(path: Path, address: Address, ticket: Ticket) -> Publication:
    """Publish the library at a path.

    Raises:
        UserError: the file cannot be read, the server cannot be reached or refuses, or has another library there.
        Cancelled: by the ticket; then, as after an error, the version before is still there.
    """
    server = Server(address, writing=True, patient=True)
    with contextlib.closing(open_library(path)) as library, contextlib.closing(server), library.snapshot():
        if not library.identity:
            raise UserError("the library is too old to be published", str(path), "Index a folder into it first.")
        found = server.change(lambda connection: _Publishing(library, connection, address, ticket).run())
        with contextlib.suppress(UserError):  # the next publication drops it
            server.change(lambda connection: _drop_old(connection, found.version - 1))
        if address.milvus:
            milvus_codes(address, library.identity, found.version).fill(library.config.bits, _codes(library, ticket))
    return found


def _codes(library: LibraryFile, ticket: Ticket) -> Iterator[list[tuple[int, int, bytes]]]:
    """Photo, part and code of all codes, in batches: each photo's own, then those of its windows."""
    total, width, last = max(library.largest_photo(), 1), library.config.bits // 8, 0
    while rows := library.vectors_after(last, BATCH):
        batch = []
        for photo, _, own, windows in rows:
            every = own + windows
            batch += [(photo, start // width, every[start : start + width]) for start in range(0, len(every), width)]
        yield batch
        last = rows[-1][0]
        ticket.checkpoint(min(last, total), total, "writing codes")


class _Publishing:
    """One publication, within a transaction."""

    def __init__(self, library: LibraryFile, connection: Published, address: Address, ticket: Ticket) -> None:
        self._library, self._db, self._address, self._ticket = library, connection, address, ticket
        self._schema, self._shown = "", set[int]()

    def run(self) -> Publication:
        library, db = self._library, self._db
        if not _one(db, f"SELECT pg_try_advisory_xact_lock({LOCK})"):
            raise UserError(
                "somebody else publishes there at the moment", str(self._address), "Try again when they are done."
            )
        db.execute(_text("schema.sql"))
        current = db.execute("SELECT version, identity, layout FROM cropseek.current").fetchone()
        if current is not None and current[2] > LAYOUT:
            raise newer(self._address)
        if current is not None and current[1] != library.identity:
            raise UserError(
                "another library is published there", str(self._address), "Give each library a database of its own."
            )
        version = 1 if current is None else current[0] + 1
        self._schema = f"cropseek_{version}"
        db.execute(_text("version.sql").format(schema=self._schema, bits=library.config.bits))
        self._tables()
        same = self._copied(f"cropseek_{current[0]}") if current is not None else set()
        self._contents(same)
        db.execute(_AFTERWARDS.format(schema=self._schema))
        readers = bool(_one(db, f"SELECT count(*) FROM pg_roles WHERE rolname = '{READER}'"))
        if readers:
            db.execute(f"GRANT USAGE ON SCHEMA {self._schema} TO {READER}")
            db.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA {self._schema} TO {READER}")
        db.execute(_POINT, (version, library.identity, LAYOUT))
        notes = () if readers else (f"there is no role {READER} on the server, so nobody else can read it",)
        return Publication(version, len(self._shown), len(self._shown - same), notes)

    def _tables(self) -> None:
        """Everything but what is stored of each photo's content."""
        library = self._library
        settings = {
            "config": json.dumps(library.config.as_dict(), sort_keys=True),
            "windows": library.layout,
            "excluded": "\n".join(library.excluded()),
            FIT: library.describer_key,
        }
        self._send("describer", [(library.describer_bytes(),)])
        roots = {number: from_text(path) for number, path in library.rows_after("roots", 0, 1000)}
        self._send("roots", library.rows_after("roots", 0, 1000))
        listing = library.photos(missing=True)  # which leaves out what cannot be shown
        readable = set(listing.ids.tolist())
        contents: dict[int, str] = {}
        states: Counter[str] = Counter()

        def photos() -> Iterator[tuple[Any, ...]]:
            for row in self._blocks(lambda after: library.rows_after("photos", after, BATCH)):
                if row[0] not in readable or row[1] not in roots or row[9] not in STATES:
                    continue
                path = Path(roots[row[1]]) / from_text(row[2])
                contents[row[0]] = row[5]
                states[row[9]] += 1
                yield (*row[:8], valid_date(row[8]), *row[9:], searchable(str(path)), searchable(str(path.parent)))

        self._send("photos", photos())
        self._shown = set(contents)
        settings[COUNTS] = told_counts(dict(states))
        self._send("meta", settings.items())
        cameras = self._blocks(lambda after: library.rows_after("cameras", after, BATCH))
        self._send("cameras", ((photo, name, searchable(name)) for photo, name in cameras if photo in contents))
        marks = {(contents.get(photo, ""), mark) for photo, own in library.marks().items() for mark in own}
        self._send("marks", [(content, mark, searchable(mark)) for content, mark in sorted(marks) if content])
        self._send("apart", library.rejections.everything())
        self._send("queries", [(kept.name, dump_query(kept.query, kept.ranking, kept.only)) for kept in library.queries()])

    def _copied(self, before: str) -> set[int]:
        """Copy what the version before has of the same photos; returns their ids."""
        same = _SAME.format(schema=self._schema, before=before)
        for table in BY_PHOTO:
            self._db.execute(f"INSERT INTO {self._schema}.{table} SELECT * FROM {before}.{table} WHERE photo IN ({same})")
        return {row[0] for row in self._db.execute(same)}

    def _contents(self, same: set[int]) -> None:
        """Send what is stored of the content of the other photos."""
        library, wanted = self._library, self._shown - same
        if not wanted:
            return
        start = min(wanted) - 1

        def rows_of(table: str) -> Iterator[tuple[Any, ...]]:
            blocks = self._blocks(lambda after: library.rows_after(table, after, BATCH), start)
            return (row for row in blocks if row[0] in wanted)

        def vectors() -> Iterator[tuple[Any, ...]]:
            blocks = self._blocks(lambda after: library.vectors_after(after, BATCH), start)
            return (row for row in blocks if row[0] in wanted)

        self._send("vectors", ((row[0], row[1]) for row in vectors()))
        self._send("codes", ((row[0], Bits(row[2]), Bits(row[3])) for row in vectors()))
        for table in ("cells", "points", "thumbnails"):
            self._send(table, rows_of(table))

    def _blocks(self, read: Callable[[int], list[tuple[Any, ...]]], start: int = 0) -> Iterator[tuple[Any, ...]]:
        """The rows that ``read`` gives after each id, block by block."""
        total = max(self._library.largest_photo(), 1)
        while rows := read(start):
            yield from rows
            start = rows[-1][0]
            self._ticket.checkpoint(min(start, total), total, "publishing")

    def _send(self, table: str, rows: Rows) -> None:
        with self._db.cursor().copy(f"COPY {self._schema}.{table} FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types(_TYPES[table])
            for row in rows:
                copy.write_row(row)


def _drop_old(connection: Published, kept: int) -> None:
    """Drop the versions before one, unless somebody still reads them."""
    names = connection.execute(
        "SELECT nspname FROM pg_namespace WHERE nspname ~ '^cropseek_[0-9]+$' AND substring(nspname FROM 10)::bigint < %s",
        (kept,),
    ).fetchall()
    connection.execute("SET LOCAL lock_timeout = '5s'")
    for (name,) in names:
        with contextlib.suppress(Error), connection.transaction():
            connection.execute(f"DROP SCHEMA {name} CASCADE")


def _one(connection: Published, sql: str) -> Any:
    row = connection.execute(sql).fetchone()
    return row[0] if row is not None else None


def _text(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")
