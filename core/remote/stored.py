"""What a published version holds of each photo, and its describer; everything that the server sends is checked."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from cachetools import LRUCache

from core.chain.config import DescriberConfig, config_from_dict, most_bytes
from core.chain.fits import fit_key, fit_name
from core.chain.subwindows import LAYOUTS
from core.library import limits
from core.library.keypoints import checked_points
from core.library.stored_vectors import Cells, checked_cells
from core.library.vectors import LibraryVectors
from core.photos.keypoints import Points
from core.remote import candidates
from core.remote.address import parse_address
from core.remote.causes import PasswordError, ServerGoneError, absent, damaged, newer
from core.remote.contents import CURRENT, CURRENT_COLUMNS, Contents, read_contents, read_noted
from core.remote.kept_describers import describer_of
from core.remote.noted_versions import note_version, noted_version
from core.remote.postgres import LAYOUT, Server
from core.util.errors import UserError
from core.util.plain_json import parse_json

KEPT = 1000
"""Photos whose cells are kept, as a verification and a box that moves ask for them again."""

SMALL_KEPT = 200
"""Small copies that are kept, of about 13 KB each, until the window has asked for them."""

POINTS_KEPT = 200
"""Photos whose keypoints are kept, of about 130 KB each: more than are verified together."""

_OPENED = itertools.count(1)
T = TypeVar("T")


class RemotePoints:
    """The stored keypoints.

    Args:
        schema: gives the schema of the published version.
    """

    def __init__(self, server: Server, schema: Callable[[], str]) -> None:
        self._server, self._schema = server, schema
        self._lock = threading.RLock()
        self._kept: LRUCache[tuple[str, int], Points | None] = LRUCache(POINTS_KEPT)

    def of(self, photo: int) -> Points | None:
        """The keypoints of a photo; None if they are not stored."""
        key = self._schema(), photo
        with self._lock:
            if key not in self._kept:
                self.fetch([photo])
            return self._kept[key]

    def fetch(self, photos: Sequence[int]) -> None:
        """Read the keypoints of several photos at once; they are kept for a while."""
        schema = self._schema()
        with self._lock:
            wanted = [photo for photo in photos if (schema, photo) not in self._kept]
            if not wanted:
                return
            rows = self._server.checked(
                f"SELECT photo, width, height, places, rows FROM {schema}.points JOIN {schema}.photos ON id = photo"
                " WHERE photo = ANY(%s::bigint[])",
                (wanted,),
                *("vectors.photo", "photos.width", "photos.height", "points.places", "points.rows"),
                most=len(wanted),
            )
            try:
                found = {row[0]: checked_points(*row[1:]) for row in rows}
            except ValueError as error:
                raise damaged(self._server.address) from error
            self._kept.update({(schema, photo): found.get(photo) for photo in wanted})


class RemoteStored:
    """A published version; safe to share between threads.

    Attributes:
        path: the address as it was given, which never holds a password.
        candidates: where codes are compared, once it was searched: ``mirror``, ``sql`` or ``milvus``.
    """

    def __init__(self, path: Path, writing: bool) -> None:
        self.path, self._address = path, parse_address(path)
        self.host, self.candidates = self._address.host, ""
        self._server = Server(self._address, writing)
        self._lock, self._opened = threading.RLock(), next(_OPENED)
        self._kept: dict[object, Any] = {}
        self._cells: LRUCache[tuple[str, int], Cells | None] = LRUCache(KEPT)
        self._small: LRUCache[tuple[str, int], bytes] = LRUCache(SMALL_KEPT)
        self._schema = ""
        try:
            self.identity = self._begin()
            self._named = self._contents().queries
            self.config = self._read_config()
            self.layout = self._read_layout()
        except BaseException:
            self._server.close()
            raise
        self.points = RemotePoints(self._server, lambda: self._schema)

    def close(self) -> None:
        """Close the connection."""
        self._server.close()

    def version(self) -> tuple[int, ...]:
        """Changes when another version is published, and with each change of the person's own marks."""
        version, identity, changes = self._current()
        if identity != self.identity:
            raise UserError("another library was published at this address", str(self._address), "Open it again.")
        return self._opened, version, changes

    def _begin(self) -> str:
        """Read what is the current version; with its contents if it is the one of the last time.  Returns the identity."""
        noted = noted_version(self._address)
        if noted:
            try:
                row, contents = read_noted(self._server, f"cropseek_{noted}")
            except (ServerGoneError, PasswordError):
                raise
            except UserError:  # it is there no more, or all is told below
                pass
            else:
                identity = self._become(row)[1]
                if row[0] == noted:
                    self._kept["contents"] = contents
                    return identity
        version, identity, _ = self._current()
        note_version(self._address, version)
        return identity

    def _current(self) -> tuple[int, str, int]:
        try:
            rows = self._server.checked(CURRENT, (), *CURRENT_COLUMNS, most=1)
        except UserError as error:
            if "published anew" in error.what:  # there is no such table
                raise absent(self._address) from error
            raise
        if not rows:
            raise absent(self._address)
        return self._become(rows[0])

    def _become(self, row: tuple[Any, ...]) -> tuple[int, str, int]:
        """Go on with the version of a row of ``CURRENT``."""
        version, identity, changes, layout = row
        if layout > LAYOUT:
            raise newer(self._address)
        with self._lock:
            if self._schema != f"cropseek_{version}":
                self._schema = f"cropseek_{version}"
                self._kept.clear()
        return version, identity, changes

    def _once(self, key: object, read: Callable[[], T]) -> T:
        """What ``read`` gives, kept while the version is the current one."""
        with self._lock:
            if key not in self._kept:
                self._kept[key] = read()
            found: T = self._kept[key]
            return found

    def _checked(
        self, sql: str, arguments: tuple[object, ...], *columns: str, most: int | None = None
    ) -> list[tuple[Any, ...]]:
        return self._server.checked(sql.format(schema=self._schema), arguments, *columns, most=most)

    def _contents(self) -> Contents:
        return self._once("contents", lambda: read_contents(self._server, self._schema))

    def _meta(self, key: str) -> str:
        return self._contents().meta.get(key, "")

    def _read_config(self) -> DescriberConfig:
        try:
            return config_from_dict(parse_json(self._meta("config"), limits.LIMITS["meta.value"].most))
        except ValueError as error:
            raise damaged(self._address) from error

    def _read_layout(self) -> str:
        layout = self._meta("windows") or "none"
        if layout not in LAYOUTS:
            raise damaged(self._address)
        return layout

    def describer_bytes(self) -> bytes:
        """The fitted describer that this library was built with; kept in the cache folder."""

        def fetch() -> bytes:
            most = most_bytes(self.config)
            data: bytes = self._server.one(f"SELECT data FROM {self._schema}.describer", (), (bytes,), most)[0]
            return data

        return describer_of(self._address, self._contents().describer_key, fetch)

    @property
    def describer_key(self) -> str:
        """A key that is equal for equal describers."""
        return self._once("key", lambda: self._contents().describer_key or fit_key(self.describer_bytes()))

    @property
    def preset(self) -> str:
        """The name of the preset whose fit the library was built with."""
        return fit_name(self.config, self.describer_key)

    @property
    def newer_preset(self) -> str:
        """Empty: a shared library is described anew where it was made, and published again."""
        return ""

    def search_vectors(self) -> LibraryVectors:
        """The vectors that are searched (``core.remote.candidates``)."""
        config = self.config
        found = candidates.search_vectors(
            self._server, self._schema, self.identity, self.layout, config.bits, config.dimensions
        )
        elsewhere = "milvus" if self._address.candidates == "milvus" else "sql"
        self.candidates = "mirror" if found.source is None else elsewhere
        return candidates.expecting(found, self._fetch_cells)

    def cells(self, photo: int) -> Cells | None:
        """Grid shape, positions (n, 2) and reduced features (n, d) of a photo's kept cells; None if not stored."""
        with self._lock:
            schema = self._schema
            if (schema, photo) not in self._cells:
                self._fetch_cells([photo])
            return self._cells[schema, photo]

    def _fetch_cells(self, photos: Sequence[int]) -> None:
        """Read the cells of several photos at once."""
        with self._lock:
            wanted = [photo for photo in photos if (self._schema, photo) not in self._cells]
            if not wanted:
                return
            rows = self._checked(
                "SELECT photo, rows, columns, positions, features FROM {schema}.cells WHERE photo = ANY(%s::bigint[])",
                (wanted,),
                *("vectors.photo", "cells.rows", "cells.columns", "cells.positions", "cells.features"),
                most=len(wanted),
            )
            try:
                found = {row[0]: checked_cells(row[1:], self.config.pca_dimension) for row in rows}
            except ValueError as error:
                raise damaged(self._address) from error
            self._cells.update({(self._schema, photo): found.get(photo) for photo in wanted})

    def thumbnail(self, photo: int) -> bytes:
        """The stored JPEG of a photo; empty if there is none."""
        with self._lock:
            schema = self._schema
            if (schema, photo) not in self._small:
                self._fetch_thumbnails([photo])
            return self._small[schema, photo]

    def _fetch_thumbnails(self, photos: Sequence[int]) -> None:
        """Read the small copies of several photos at once; they are kept for a while."""
        with self._lock:
            sql = "SELECT photo, jpeg FROM {schema}.thumbnails WHERE photo = ANY(%s::bigint[])"
            rows = self._checked(sql, (list(photos),), "vectors.photo", "thumbnails.jpeg", most=len(photos))
            found = dict(rows)
            self._small.update({(self._schema, photo): found.get(photo, b"") for photo in photos})
