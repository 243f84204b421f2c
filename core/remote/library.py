"""The content of a shared library: one published version of it in a PostgreSQL database, and what the person keeps there.

The server may be a stranger's.  Its rows are checked as those of a stranger's file are, names may not leave their root, and
nothing that it sends is executed.  A version never changes, so what was read of it stays true until another is published.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NoReturn

import numpy as np
from cachetools import LRUCache
from numpy.typing import NDArray

from core.library import limits
from core.library.agreements import agree, agreement, covers_all, may_open
from core.library.cameras import CAMERAS, Cameras
from core.library.entries import Known
from core.library.filter_sql import compile_filter
from core.library.listing import STATES, Columns, Listing
from core.library.names import to_text
from core.library.saved_queries import check_name, dump_query, named_files, parse_queries
from core.photos.scan import absolute, parse_patterns
from core.records import Query, SavedQuery, Skipped
from core.remote.causes import damaged
from core.remote.listing import LONGEST, is_here, path_of, read_columns
from core.remote.personal import Own, effective
from core.remote.places import moved_query, moved_saved, note_place, places_of
from core.remote.postgres import Server
from core.remote.stored import RemoteStored
from core.util.caches import Kept
from core.util.errors import UserError
from core.util.progress import Ticket, current_ticket
from core.util.text import is_line

KEPT = 1000
"""Photos whose rows are kept, as a verification asks for them several times."""

_KNOWN = ("photos.id", "photos.root", "photos.name", "photos.size", "photos.mtime_ns", "photos.content")


class RemoteLibrary(RemoteStored):
    """An open shared library (``core.library.protocol``); safe to share between threads.

    Args:
        path: the address.
        writing: whether the person's own marks, rejections and queries may be changed through it.

    Raises:
        UserError: the server cannot be reached or refuses, nothing was published there, or what it sent is no library.
    """

    def __init__(self, path: Path, writing: bool = False) -> None:
        super().__init__(path, writing)
        self._own = Own(self._server, lambda: self._schema)
        self._found: LRUCache[tuple[str, Path], list[Known]] = LRUCache(KEPT)
        self._folders: list[Path] = []
        self._columns: Kept[str, tuple[Columns, Cameras]] = Kept(1)
        self._marks: Kept[tuple[int, ...], dict[int, tuple[str, ...]]] = Kept(1)
        self._listings: dict[bool, tuple[tuple[int, ...], Listing]] = {}
        self._here = places_of(self._address, self.identity)
        self.roots()

    # -- agreement -----------------------------------------------------------------------------------------------------

    @property
    def agreed(self) -> bool:
        """Whether the user agreed to open the photos in all its folders (``core.library.agreements``)."""
        return covers_all(agreement(self._address.agreement_path, self.identity), self._folders)

    def agree(self) -> None:
        """Record that the user agrees to all folders that the library names."""
        agree(self._address.agreement_path, self.identity, self.roots())

    def closes(self, path: Path) -> bool:
        """Whether a file is below a folder that the library names, and the user has not agreed to open it.

        It asks no server, as it is called before any file is opened; so a server that fails then opens nothing.
        """
        file = absolute(path)
        roots = [*self._folders, *map(Path, self._here)]
        below = [root for root in roots if file.is_relative_to(absolute(root))]
        # Relative folders depend on the working directory.
        if any(not root.is_absolute() for root in below):
            return True
        return bool(below) and not self.agreed and not may_open(path)

    def check_folders(self, folders: Sequence[Path]) -> NoReturn:
        """Refuse: new photos are found where the library is published."""
        self._refuse()

    # -- photos --------------------------------------------------------------------------------------------------------

    def size(self) -> int:
        """Bytes of the version's tables and indexes on the server."""
        return self._contents().size

    def roots(self) -> list[Path]:
        """The folders that were indexed, as their paths are here (``core.remote.places``)."""
        self._folders = [Path(path) for _, path in self._roots()]
        return self._folders

    def _roots(self) -> list[tuple[int, str]]:
        def read() -> list[tuple[int, str]]:
            return sorted(
                ((number, self._here.get(path, path)) for number, path in self._published()), key=lambda one: one[1]
            )

        return self._once("roots", read)

    def _published(self) -> list[tuple[int, str]]:
        """The roots as their paths are where the library was made."""
        return self._contents().roots

    def first_photos(self) -> tuple[Listing, int] | None:
        """The first photos and the number of all, if not all are read already; with those whose files are gone."""
        with self._lock:
            if self._schema in self._columns:
                return None
            first, marks = self._contents().first, self._contents().marks
            parts = [(root, first[number]) for number, root in self._roots() if number in first]
        return Listing(Columns.joined(parts), marks), sum(self.counts().values())

    def photos(self, missing: bool = False) -> Listing:
        """All photos in path order, to show; with ``missing`` also those whose files are gone.

        Who asks while they are read waits for them; that ends with the ``current_ticket``, as reading does.
        """
        version = self.version()
        with self._lock:
            schema, roots = self._schema, self._roots()
        columns, cameras = self._columns.get(schema, lambda: self._read_photos(schema, roots))
        marks = self._marks.get(version, self.marks)
        with self._lock:
            before = self._listings.get(missing)
            if before is None or before[0] != version:
                listing = Listing(columns if missing else columns.there(), marks, cameras=cameras)
                self._listings[missing] = before = version, listing
            return before[1]

    def _read_photos(self, schema: str, roots: list[tuple[int, str]]) -> tuple[Columns, Cameras]:
        """All photos, through a connection of its own, so that others are answered meanwhile."""
        total = sum(self.counts().values())
        with contextlib.closing(Server(self._address)) as server:
            return read_columns(server, schema, roots, total, current_ticket() or Ticket()), self._cameras(server)

    def marks(self) -> dict[int, tuple[str, ...]]:
        """The published marks and the person's own, by photo id."""
        return self._own.marks()

    def counts(self) -> dict[str, int]:
        """The number of photos by state."""
        return dict(self._once("counts", lambda: self._contents().counts or self._counted()))

    def _counted(self) -> dict[str, int]:
        """The same, counted by the server, for versions of earlier programs."""
        sums = ", ".join(f"count(*) FILTER (WHERE state = '{state}')" for state in STATES)
        numbers = self._server.one(f"SELECT {sums} FROM {self._schema}.photos", (), (int,) * len(STATES))
        if not limits.within(numbers, [limits.ROWS["photos"]] * len(STATES)):
            raise damaged(self._address)
        return {state: number for state, number in zip(STATES, numbers, strict=True) if number}

    def skipped(self) -> tuple[Skipped, ...]:
        """The photos that were skipped, in path order."""
        sql = "SELECT root, name, reason FROM {schema}.photos WHERE state = 'skipped' ORDER BY name"
        rows = self._checked(sql, (), "photos.root", "photos.name", "photos.reason")
        found = [
            Skipped(path_of(root, name), reason)
            for number, root in self._roots()
            for of, name, reason in rows
            if of == number and is_here(name)
        ]
        return tuple(found)

    def known(self) -> list[Known]:
        """All photo files in the library, in path order."""
        return [one for number, _ in self._roots() for one in self._rows_of("root = %s::bigint", (number,))]

    def some(self, root: Path, number: int) -> list[Known]:
        """Up to ``number`` of the photos below a root, from all over it."""
        which = f"id IN (SELECT id FROM {{schema}}.photos WHERE root = %s::bigint ORDER BY md5(name) LIMIT {number:d})"
        roots = [of for of, path in self._roots() if Path(path) == root]
        return [known for of in roots for known in self._rows_of(which, (of,))]

    def find(self, path: Path) -> list[Known]:
        """The photo at a path, as a list; empty if the library does not hold it."""
        file = absolute(path)
        key = self._schema, file
        with self._lock:
            if key not in self._found:
                self._found[key] = [
                    known
                    for number, root in self._roots()
                    if file.is_relative_to(root)
                    for known in self._rows_of("root = %s::bigint AND name = %s::text", (number, _name(file, root)))
                ]
            return self._found[key]

    def sides(self, photo: int) -> tuple[int, int]:
        """Width and height of a photo in pixels; 0: unknown."""
        sql = "SELECT width, height FROM {schema}.photos WHERE id = %s::bigint"
        rows = self._checked(sql, (photo,), "photos.width", "photos.height", most=1)
        return (rows[0][0], rows[0][1]) if rows else (0, 0)

    def expect(self, photos: Sequence[int]) -> None:
        """Read the rows and keypoints of photos in two requests."""
        with self._lock:
            for known in self._rows_of("id = ANY(%s::bigint[])", (list(photos),)):
                self._found[self._schema, absolute(known.path)] = [known]
        self.points.fetch(photos)

    def expect_pictures(self, paths: Sequence[Path]) -> None:
        """Read the rows and small copies of the photos at paths in two requests."""
        files, roots = list(map(absolute, paths)), self._roots()
        wanted = [(of, _name(file, root)) for file in files for of, root in roots if file.is_relative_to(root)]
        which = "(root, name) IN (SELECT * FROM unnest(%s::bigint[], %s::text[]))"
        with self._lock:
            rows = self._rows_of(which, ([of for of, _ in wanted], [name for _, name in wanted]))
            found = {absolute(known.path): [known] for known in rows}
            if len(found) == len(rows):  # no root lies in another one
                self._found.update({(self._schema, file): found.get(file, []) for file in files})
            self._fetch_thumbnails([known.id for known in rows])

    def _rows_of(self, which: str, arguments: tuple[object, ...]) -> list[Known]:
        """The rows for which a condition holds, in the order of their names."""
        rows = self._checked(
            "SELECT id, root, name, size, mtime_ns, content, state, reason FROM {schema}.photos"
            f" WHERE {which} ORDER BY name",
            arguments,
            *(*_KNOWN, "photos.state", "photos.reason"),
        )
        roots = dict(self._roots())
        if any(row[1] not in roots for row in rows):
            raise damaged(self._address)
        return [Known(row[0], path_of(roots[row[1]], row[2]), *row[3:]) for row in rows if is_here(row[2])]

    def is_current(self, path: Path) -> bool:
        """Whether the file at a path is unchanged since it was indexed."""
        return any(known.is_current() for known in self.find(path))

    def excluded(self) -> tuple[str, ...]:
        """Patterns of files and folders that are not indexed."""
        return parse_patterns(self._meta("excluded"))

    def passing(self, text: str, ticket: Ticket) -> NDArray[np.int64]:
        """The ids of the photos that pass a filter, found by the server; those with a missing file are left out."""
        condition, values = compile_filter(text)
        ticket.checkpoint(0, 1, "filtering")
        sql = (
            f"WITH {effective('marks', self._schema)}, {self._cameras_as()}"
            " SELECT coalesce(string_agg(int8send(id), ''::bytea ORDER BY id), ''::bytea)"
            f" FROM {self._schema}.photos AS photos WHERE state <> 'missing' AND {condition}"
        )
        (data,) = self._server.one(sql, values, (bytes,), 8 * limits.ROWS["photos"])
        if len(data) % 8:
            raise damaged(self._address)
        return np.frombuffer(data, dtype=">i8").astype(np.int64)

    def _cameras_as(self) -> str:
        """The part of a WITH clause that defines ``cameras``, which versions of earlier programs lack."""

        def there() -> bool:
            sql = "SELECT count(*) FROM pg_tables WHERE schemaname = %s::text AND tablename = 'cameras'"
            return bool(self._server.one(sql, (self._schema,), (int,))[0])

        none = "SELECT 0::bigint AS photo, ''::text AS camera, ''::bytea AS folded WHERE false"
        source = f"SELECT * FROM {self._schema}.cameras" if self._once("has cameras", there) else none
        return f"cameras AS ({source})"

    def _cameras(self, server: Server) -> Cameras:
        """Which camera took each photo."""
        sql = (
            f"WITH {self._cameras_as()} SELECT camera, string_agg(int8send(photo), ''::bytea ORDER BY photo) FROM cameras"
            f" GROUP BY camera ORDER BY camera LIMIT {CAMERAS}"
        )
        groups = []
        for camera, photos in server.rows(sql, (), CAMERAS, LONGEST):
            whole = isinstance(photos, bytes) and len(photos) % 8 == 0
            if not whole or not limits.fits("cameras.camera", [camera]) or not is_line(camera):
                raise damaged(self._address)
            groups.append((camera, np.frombuffer(photos, dtype=">i8").astype(np.int64)))
        return Cameras.of_groups(groups)

    # -- what the person keeps -----------------------------------------------------------------------------------------

    @property
    def rejections(self) -> Own:
        """The rejections."""
        return self._own

    def queries(self) -> list[SavedQuery]:
        """The saved queries in the order of their names, without damaged ones."""
        return [moved_saved(kept, self._here) for kept in parse_queries(self._own.queries(), self.path)[0]]

    def named(self) -> list[Path]:
        """The files that the saved queries named when the library was opened."""
        found = parse_queries(self._named, self.path)[0]
        return [path for kept in found for path in named_files(moved_saved(kept, self._here).query)]

    def damaged_queries(self) -> list[str]:
        """The names of the saved queries that cannot be read."""
        return parse_queries(self._own.queries(), self.path)[1]

    @contextlib.contextmanager
    def writer(self) -> Iterator[RemoteLibrary]:
        """The same library through a connection that may change the person's own rows."""
        with contextlib.closing(RemoteLibrary(self.path, writing=True)) as library:
            yield library

    def mark(self, photos: Sequence[int], mark: str, on: bool) -> None:
        """Add a mark of the person's to photos, or remove it."""
        self._own.mark(photos, mark, on)

    def save_query(self, name: str, query: Query, ranking: str, only: str = "") -> None:
        """Save a query of the person's under a name.

        Raises:
            UserError: a bad name, or a query that cannot be saved.
        """
        there = moved_query(query, {folder: root for root, folder in self._here.items()})
        self._own.save_query(check_name(name), dump_query(there, ranking, only))
        agree(self._address.agreement_path, self.identity, files=named_files(query))

    def forget_query(self, name: str) -> None:
        """Remove a saved query for the person."""
        self._own.save_query(name, json.dumps(None), kept=False)

    # -- on this computer ----------------------------------------------------------------------------------------------

    def relink(self, old: Path, new: Path) -> int:
        """Record that a root lies elsewhere on this computer, and the agreement to that folder; returns its photos' number.

        Nothing changes on the server.

        Args:
            old: its path here, or where the library was made.

        Raises:
            UserError: there is no such root, or another one lies at ``new``.
        """
        here = dict(self._roots())
        found = [
            (of, path) for of, path in self._published() if absolute(old) in map(absolute, (Path(path), Path(here[of])))
        ]
        if not found:
            roots = ", ".join(here.values())
            raise UserError("the library has no such folder", str(old), f"There are: {roots}.")
        number, root = found[0]
        if any(of != number and absolute(Path(path)) == absolute(new) for of, path in here.items()):
            raise UserError("another folder of the library lies there already", str(new), "Choose the other folder.")
        try:
            note_place(self._address, self.identity, root, absolute(new))
        except OSError as error:
            raise UserError("where the folder lies cannot be noted", str(new), "Is the disk full?") from error
        agree(self._address.agreement_path, self.identity, [absolute(new)])
        sql = f"SELECT count(*) FROM {self._schema}.photos WHERE root = %s::bigint"
        return int(self._server.one(sql, (number,), (int,))[0])

    # -- what only its file does ---------------------------------------------------------------------------------------

    def missing(self) -> list[int]:
        """The ids of the photos whose files are gone."""
        return [row[0] for row in self._checked("SELECT id FROM {schema}.photos WHERE state = 'missing'", (), "photos.id")]

    def exclude(self, patterns: Sequence[str]) -> NoReturn:
        """Refuse."""
        self._refuse()

    def forget_skipped(self) -> NoReturn:
        """Refuse."""
        self._refuse()

    def forget(self, photos: Sequence[int]) -> NoReturn:
        """Refuse."""
        self._refuse()

    def forget_root(self, folder: Path) -> NoReturn:
        """Refuse."""
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise UserError(
            "the photos of a shared library are changed only where it is published",
            str(self._address),
            "Index them into its file, then publish that again.",
        )


def _name(file: Path, root: str) -> str:
    return to_text(file.relative_to(root).as_posix())
