"""What a library stores of each photo's content: vectors, codes of windows, cells, and the thumbnail."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.chain.subwindows import subwindow_count
from core.library import limits
from core.library.causes import damaged
from core.library.database import MAX_PHOTOS, Database

Cells = tuple[tuple[int, int], NDArray[np.uint16], NDArray[np.float32]]
"""Grid shape, positions (n, 2) and reduced features (n, d) of a photo's kept cells."""

COPIED: dict[str, tuple[str, ...]] = {
    "roots": ("id", "path"),
    "photos": ("id", "root", "name", "size", "mtime_ns", "content", "width", "height", "taken", "state", "reason"),
    "cells": ("photo", "rows", "columns", "positions", "features"),
    "points": ("photo", "places", "rows"),
    "thumbnails": ("photo", "jpeg"),
    "cameras": ("photo", "camera"),
}
"""The tables that ``rows_after`` reads, with their columns."""

_THERE = "WHERE vectors.photo NOT IN (SELECT id FROM photos WHERE state = 'missing')"


class StoredVectors(Database):
    """Reads the stored vectors, cells and thumbnails; checks sizes before allocating memory."""

    def vectors(self) -> tuple[NDArray[np.int64], NDArray[np.float16], NDArray[np.uint8]]:
        """Ids (N,), descriptors (N, D) float16 and packed codes (N, L / 8) of photos that are not missing, by id.

        Raises:
            UserError: lengths that do not match the configuration: the file is damaged or hostile.
        """
        dimensions, code_bytes = self.config.dimensions, self.config.bits // 8
        with self._lock:
            count, good = self._rows(
                f"SELECT count(*), coalesce(sum(length(descriptor) = ? AND length(code) = ?), 0) FROM vectors {_THERE}",
                (2 * dimensions, code_bytes),
            )[0]
            if count != good or count > MAX_PHOTOS:
                raise damaged(self.path)
            rows = self._checked(
                f"SELECT photo, descriptor, code FROM vectors {_THERE} ORDER BY photo",
                (),
                *("vectors.photo", "vectors.descriptor", "vectors.code"),
            )
        if len(rows) != count or any((len(r[1]), len(r[2])) != (2 * dimensions, code_bytes) for r in rows):
            raise damaged(self.path)
        if not _ascending([0, *(row[0] for row in rows)]):
            raise damaged(self.path)
        ids = np.fromiter((row[0] for row in rows), dtype=np.int64, count=len(rows))
        descriptors = np.frombuffer(b"".join(row[1] for row in rows), dtype=np.float16).reshape(len(rows), dimensions)
        codes = np.frombuffer(b"".join(row[2] for row in rows), dtype=np.uint8).reshape(len(rows), code_bytes)
        return ids, descriptors, codes

    def rows_after(self, table: str, photo: int, limit: int) -> list[tuple[Any, ...]]:
        """Rows of a table of ``COPIED`` after a photo, by id, at most ``limit``, to be copied elsewhere."""
        columns = COPIED[table]
        if not self._has(table):
            return []
        sql = f"SELECT {', '.join(columns)} FROM {table} WHERE {columns[0]} > ? ORDER BY {columns[0]} LIMIT ?"
        limited = [f"{table}.{column}" if column != "photo" else "vectors.photo" for column in columns]
        return self._checked(sql, (photo, limit), *limited)

    def rows_of(self, table: str, photo: int) -> list[tuple[Any, ...]]:
        """The rows of a photo in a table that is keyed by photo, with all columns."""
        return self._rows(f"SELECT * FROM {table} WHERE photo = ?", (photo,))

    def largest_photo(self) -> int:
        """The largest id of a photo with vectors, an upper bound for their number."""
        rows = self._checked("SELECT photo FROM vectors ORDER BY photo DESC LIMIT 1", (), "vectors.photo")
        return int(rows[0][0]) if rows else 0

    def vectors_after(self, photo: int, limit: int) -> list[tuple[int, bytes, bytes, bytes]]:
        """Id, descriptor, code and codes of windows of the next photos after id ``photo``, by id, at most ``limit``.

        Raises:
            UserError: lengths that do not match the configuration: the file is damaged or hostile.
        """
        windows = subwindow_count(self.layout)
        source = "LEFT JOIN windows USING (photo)" if windows else ""
        rows = self._checked(
            f"SELECT vectors.photo, descriptor, code, {'codes' if windows else 'zeroblob(0)'} FROM vectors {source}"
            " WHERE vectors.photo > ? ORDER BY vectors.photo LIMIT ?",
            (photo, limit),
            *("vectors.photo", "vectors.descriptor", "vectors.code", "windows.codes"),
        )
        code_bytes = self.config.bits // 8
        wanted = 2 * self.config.dimensions, code_bytes, windows * code_bytes
        if any(tuple(map(len, row[1:])) != wanted for row in rows) or not _ascending([photo, *(row[0] for row in rows)]):
            raise damaged(self.path)
        return rows

    def window_codes(self) -> NDArray[np.uint8] | None:
        """The codes of windows, (N, W, L / 8), in the order of ``vectors``; None if the library has no windows.

        Raises:
            UserError: wrong lengths: the file is damaged or hostile.
        """
        number, code_bytes = subwindow_count(self.layout), self.config.bits // 8
        if not number:
            return None
        wanted = number * code_bytes
        source = f"FROM vectors LEFT JOIN windows ON windows.photo = vectors.photo {_THERE}"
        with self._lock:
            total, good = self._rows(f"SELECT count(*), coalesce(sum(length(codes) = ?), 0) {source}", (wanted,))[0]
            if total != good or total > MAX_PHOTOS:
                raise damaged(self.path)
            rows = self._checked(f"SELECT codes {source} ORDER BY vectors.photo", (), "windows.codes")
        if len(rows) != total or any(len(row[0]) != wanted for row in rows):
            raise damaged(self.path)
        return np.frombuffer(b"".join(row[0] for row in rows), dtype=np.uint8).reshape(total, number, code_bytes)

    def cells(self, photo: int) -> Cells | None:
        """Grid shape, positions (n, 2) and reduced features (n, d) of a photo's kept cells; None if not stored."""
        rows = self._checked(
            "SELECT rows, columns, positions, features FROM cells WHERE photo = ?",
            (photo,),
            *("cells.rows", "cells.columns", "cells.positions", "cells.features"),
        )
        try:
            return checked_cells(rows[0], self.config.pca_dimension) if rows else None
        except ValueError as error:
            raise damaged(self.path) from error

    def thumbnail(self, photo: int) -> bytes:
        """The stored JPEG of a photo; empty if there is none."""
        rows = self._checked("SELECT jpeg FROM thumbnails WHERE photo = ?", (photo,), "thumbnails.jpeg")
        return bytes(rows[0][0]) if rows else b""


def checked_cells(row: tuple[Any, ...], dimension: int) -> Cells:
    """``Cells`` of a row of an untrusted library: rows and columns of the grid, positions, features.

    Raises:
        ValueError: wrong lengths, or a cell outside the grid.
    """
    height, width, positions, features = row
    count = len(positions) // 4
    if len(positions) != 4 * count or len(features) != count * dimension or height * width > limits.GRID_CELLS:
        raise ValueError("wrong lengths")
    cells = np.frombuffer(positions, dtype=np.uint16).reshape(count, 2)
    if (cells >= (height, width)).any():  # matching allocates memory for every cell up to the last
        raise ValueError("a cell outside the grid")
    values = (np.frombuffer(features, dtype=np.int8).reshape(count, dimension) / 127).astype(np.float32)
    return (height, width), cells, values


def _ascending(numbers: Sequence[int]) -> bool:
    return all(first < second for first, second in pairwise(numbers))
