"""The content of a library: one SQLite database with an indexed collection (docs/architecture.md).

A library may be untrusted.  Types and sizes of values are checked when they are read (``limits``), names may not leave
their root, and nothing in it is executed (``open_file`` checks the file itself).
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.chain.fits import fit_name, newer_preset
from core.library import limits, relinking, storing
from core.library.agreements import agree, agreement, covers, covers_all, may_open
from core.library.anew import replace_descriptions
from core.library.causes import damaged, stranger
from core.library.entries import Edges, Entry, Known
from core.library.keypoints import PointsTable
from core.library.names import from_text, may_be_here, to_text
from core.library.open_file import OpenFile
from core.library.ordering import passing
from core.library.rejections import RejectionsTable
from core.library.saved_queries import check_name, dump_query, named_files, parse_queries
from core.library.stored_listing import StoredListing
from core.library.vectors import LibraryVectors
from core.photos.keypoints import Points
from core.photos.scan import absolute, check_patterns, parse_patterns
from core.records import Query, SavedQuery, Skipped
from core.util.errors import UserError
from core.util.progress import Ticket

_FILE = ("photos.size", "photos.mtime_ns", "photos.content", "photos.state", "photos.reason")

OWN_FIT = "fit"
"""Key in the table ``meta``: whether the fit was made for this library on photos of the user's choice."""

_QUERIES = "SELECT count(*), coalesce(sum(length(data)), 0) FROM queries"
_MOST_QUERIES = (limits.ROWS["queries"], limits.QUERIES_BYTES)


class LibraryFile(StoredListing):
    """An open library; safe to share between threads: one connection with one lock.

    ``create_library`` and ``open_library`` return one; the caller must ``close`` it.
    """

    host = candidates = ""

    def __init__(self, path: Path, file: OpenFile) -> None:
        super().__init__(path, file)
        self.rejections = RejectionsTable(self._checked, self._transaction, self._has)
        self.points = PointsTable(self._checked, self._has, path)

    @contextlib.contextmanager
    def writer(self) -> Iterator[LibraryFile]:
        """The same library, opened for writing.

        Raises:
            UserError: it cannot be written to.
        """
        from core.library.opening import open_library  # which imports this module

        with contextlib.closing(open_library(self.path, writable=True)) as library:
            yield library

    def agree(self) -> None:
        """Record that the user agrees to the library and to all folders that it names."""
        from core.library.opening import agree_to_library

        agree_to_library(self.path, None)

    def size(self) -> int:
        """Bytes of the file."""
        return self.path.stat().st_size

    def passing(self, text: str, ticket: Ticket) -> NDArray[np.int64]:
        """The ids of the photos that pass a filter (``core.library.filters``)."""
        photos = self.photos()
        return photos.ids[passing(photos, text, ticket)]

    def search_vectors(self) -> LibraryVectors:
        """The vectors that are searched, mapped from files if there are many (``core.library.vector_files``)."""
        from core.library.vector_files import mapped_vectors

        return mapped_vectors(self) or LibraryVectors(*self.vectors(), self.window_codes())

    def expect(self, photos: Sequence[int]) -> None:
        """Prepare nothing: a file is near."""

    def expect_pictures(self, paths: Sequence[Path]) -> None:
        """Prepare nothing: a file is near."""

    @property
    def preset(self) -> str:
        """The name of the preset whose fit the library was built with."""
        return fit_name(self.config, self.describer_key)

    @property
    def newer_preset(self) -> str:
        """The preset of the same settings with another fit than the library's (``core.chain.fits``); empty: none.

        A library that the user fitted on photos of their own choice keeps that fit.
        """
        return "" if self._meta(OWN_FIT) else newer_preset(self.config, self.describer_key)

    def keep_fit(self) -> None:
        """Store that the fit is the user's own choice."""
        with self._transaction() as db:
            db.execute("INSERT OR REPLACE INTO meta VALUES (?, 'own')", (OWN_FIT,))

    def replace_descriptions(self, made: LibraryFile) -> None:
        """Take over all photos of a library of the same folders, and its describer, at once (``core.library.anew``)."""
        describer = made.describer_bytes()
        with self._transaction() as db:
            replace_descriptions(db, made, describer)

    @cached_property
    def known_here(self) -> bool:
        """Whether the user made the library or agreed to it, so that it may be written to."""
        return agreement(self.path, self.identity) is not None

    @property
    def agreed(self) -> bool:
        """Whether the user made the library or agreed to it, and to all its folders (``core.library.agreements``)."""
        found = agreement(self.path, self.identity)
        return covers_all(found, self.roots())

    def closes(self, path: Path) -> bool:
        """Whether the library names this file, and the user has not agreed to open it."""
        try:
            roots = self.roots()
            # Relative folders, from another system or an untrusted library, depend on the working directory.
            if any(not root.is_absolute() and absolute(path).is_relative_to(absolute(root)) for root in roots):
                return True
            return not self.agreed and bool(self.find(path)) and not may_open(path)
        except UserError:  # the library was closed meanwhile
            return False

    def check_folders(self, folders: Sequence[Path]) -> None:
        """Refuse folders that only the library itself names; they must not be read because a library says so.

        Raises:
            UserError: one of them is such a folder, or the library is untrusted.
        """
        found, roots = agreement(self.path, self.identity), self.roots()
        for folder in map(absolute, folders):
            if found is None or (not covers(found, folder) and any(folder.is_relative_to(root) for root in roots)):
                raise stranger(self.path)

    def known(self, reason: str | None = None) -> list[Known]:
        """All photo files in the library, in path order; or those with a stored reason (``core.library.entries``)."""
        roots, has = dict(self._roots()), self._has("edges")
        edges = "coalesce(changed_ns, -1), coalesce(hash, '')" if has else "-1, ''"
        rows = self._checked(
            f"SELECT photos.id, root, name, size, mtime_ns, content, state, reason, {edges} FROM photos"
            f" JOIN roots ON roots.id = root {'LEFT JOIN edges ON photo = photos.id' if has else ''}"
            f"{'' if reason is None else ' WHERE reason = ?'} ORDER BY roots.path, name",
            () if reason is None else (reason,),
            *("photos.id", "photos.root", "photos.name", *_FILE, "edges.changed_ns", "edges.hash"),
        )
        return [
            Known(r[0], Path(roots[r[1]]) / from_text(r[2]), r[3], r[4], r[5], r[6], r[7], _edges(*r[8:]))
            for r in rows
            if may_be_here(r[2], self.path)
        ]

    def some(self, root: Path, number: int) -> list[Known]:
        """About ``number`` of the photos below a root, from all over it."""
        below = [known for known in self.known() if known.path.is_relative_to(root)]
        return below[:: max(1, len(below) // number)]

    def sides(self, photo: int) -> tuple[int, int]:
        """Width and height of a photo in pixels; 0: unknown."""
        sql = "SELECT width, height FROM photos WHERE id = ?"
        rows = self._checked(sql, (photo,), "photos.width", "photos.height")
        return (rows[0][0], rows[0][1]) if rows else (0, 0)

    def mark(self, photos: Sequence[int], mark: str, on: bool) -> None:
        """Add a mark to photos, or remove it."""
        self._marks.mark(photos, mark, on)

    def forget_skipped(self) -> None:
        """Make the skipped photos count as changed, so that they are tried again."""
        with self._transaction() as db:
            db.execute("UPDATE photos SET mtime_ns = -1 WHERE state = 'skipped'")

    def excluded(self) -> tuple[str, ...]:
        """Patterns of files and folders that are not indexed (``core.photos.scan``)."""
        return parse_patterns(self._meta("excluded"))

    def exclude(self, patterns: Sequence[str]) -> None:
        """Replace the patterns of files and folders to leave out, from the next run on."""
        with self._transaction() as db:
            db.execute("INSERT OR REPLACE INTO meta VALUES ('excluded', ?)", ("\n".join(check_patterns(patterns)),))

    def skipped(self) -> tuple[Skipped, ...]:
        """The photos that were skipped, in path order."""
        roots = dict(self._roots())
        rows = self._checked(
            "SELECT root, name, reason FROM photos JOIN roots ON roots.id = root WHERE state = 'skipped'"
            " ORDER BY roots.path, name",
            (),
            *("photos.root", "photos.name", "photos.reason"),
        )
        return tuple(Skipped(Path(roots[r[0]]) / from_text(r[1]), r[2]) for r in rows if may_be_here(r[1], self.path))

    def find(self, path: Path) -> list[Known]:
        """The photo at a path, as a list; empty if the library does not hold it."""
        file = absolute(path)
        found = []
        for number, root in self._roots():
            if file.is_relative_to(root):
                name = to_text(file.relative_to(root).as_posix())
                rows = self._checked(
                    "SELECT id, size, mtime_ns, content, state, reason FROM photos WHERE root = ? AND name = ?",
                    (number, name),
                    *("photos.id", *_FILE),
                )
                found += [Known(r[0], file, *r[1:]) for r in rows]
        return found

    def is_current(self, path: Path) -> bool:
        """Whether the file at a path is unchanged since it was indexed."""
        return any(known.is_current() for known in self.find(path))

    def store(self, entries: Sequence[Entry]) -> None:
        """Add or replace photos, in one transaction."""
        with self._transaction() as db:
            for entry in entries:
                storing.store_entry(db, entry)

    def add_points(self, found: Sequence[tuple[int, Points]]) -> None:
        """Store the keypoints of photos that lacked only them, by photo id, in one transaction."""
        with self._transaction() as db:
            for photo, points in found:
                storing.add_points(db, photo, points)

    def move(self, photo: int, entry: Entry) -> bool:
        """Update path and time of a photo with the same content; False if there is no such photo."""
        with self._transaction() as db:
            return storing.move_photo(db, photo, entry)

    def note_edges(self, found: Sequence[tuple[int, Edges]]) -> None:
        """Store the ``Edges`` of photos' files, by photo id."""
        with self._transaction() as db:
            for photo, edges in found:
                storing.store_edges(db, photo, edges)

    def begin(self, folders: Sequence[Path]) -> None:
        """Store folders to index, unless they are inside a known one, and remove unreadable rows.

        The user agrees to these folders by indexing them.

        Raises:
            UserError: as ``check_folders``.
        """
        self.check_folders(folders)
        agree(self.path, self.identity, folders)
        with self._transaction() as db:
            storing.add_roots(db, folders)
            storing.mend(db)

    def tidy_roots(self) -> None:
        """Remove roots that are missing on disk and have no photos."""
        with self._transaction() as db:
            storing.drop_empty_roots(db)

    def relink(self, old: Path, new: Path) -> int:
        """See ``relinking.relink``; also records the agreement to the new folder."""
        with self._transaction() as db:
            number = relinking.relink(db, absolute(old), absolute(new))
        agree(self.path, self.identity, [new])
        return number

    def forget_root(self, folder: Path) -> int:
        """See ``relinking.forget_root``."""
        with self._transaction() as db:
            return relinking.forget_root(db, absolute(folder))

    def queries(self) -> list[SavedQuery]:
        """The saved queries in the order of their names, without damaged ones; none in a library of the first version."""
        return parse_queries(self._queries(), self.path)[0]

    def named(self) -> list[Path]:
        """The files that the saved queries name; none if they cannot be read, which is reported when they are."""
        with contextlib.suppress(UserError):
            return [path for kept in self.queries() for path in named_files(kept.query)]
        return []

    def damaged_queries(self) -> list[str]:
        """The names of the saved queries that cannot be read."""
        return parse_queries(self._queries(), self.path)[1]

    def _queries(self) -> list[tuple[Any, ...]]:
        """Names and texts of the saved queries."""
        if not self._has("queries"):
            return []
        if not limits.within(self._rows(_QUERIES)[0], _MOST_QUERIES):
            raise damaged(self.path)
        return self._checked("SELECT name, data FROM queries ORDER BY name", (), "queries.name", "queries.data")

    def save_query(self, name: str, query: Query, ranking: str, only: str = "") -> None:
        """Save a query under a name, and replace one of that name.  Also records the agreement to its photos.

        Raises:
            UserError: a bad name, a query that cannot be saved, or too many saved queries.
        """
        row = check_name(name), dump_query(query, ranking, only)
        with self._transaction() as db:
            db.execute("INSERT OR REPLACE INTO queries VALUES (?, ?)", row)
            total = db.execute(_QUERIES).fetchone()
            if not limits.fits("queries.data", row[1:]) or not limits.within(total, _MOST_QUERIES):
                raise UserError(
                    "there is no room for another saved query", str(self.path), "Remove some that are not needed."
                )
        agree(self.path, self.identity, files=named_files(query))

    def forget_query(self, name: str) -> None:
        """Remove a saved query."""
        with self._transaction() as db:
            db.execute("DELETE FROM queries WHERE name = ?", (name,))

    def miss(self, photos: Sequence[int], missing: bool = True) -> None:
        """Mark the files of indexed photos as missing, or as back; missing photos are not searched."""
        state = "missing" if missing else "indexed"
        with self._transaction() as db:
            db.executemany("UPDATE photos SET state = ? WHERE id = ?", [(state, photo) for photo in photos])

    def missing(self) -> list[int]:
        """The ids of the photos whose files are gone."""
        rows = self._checked("SELECT id FROM photos WHERE state = 'missing'", (), "photos.id")
        return [photo for (photo,) in rows]

    def forget(self, photos: Sequence[int]) -> None:
        """Remove photos from the library; their files are not changed."""
        with self._transaction() as db:
            db.executemany("DELETE FROM photos WHERE id = ?", [(photo,) for photo in photos])


def _edges(changed_ns: int, digest: str) -> Edges | None:
    return None if changed_ns < 0 else Edges(changed_ns, digest)
