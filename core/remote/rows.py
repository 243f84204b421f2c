"""Vectors that stay on the server, read as if they were an array: single rows when they are asked for."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np
from cachetools import LRUCache
from numpy.typing import NDArray

from core.remote.causes import damaged
from core.remote.postgres import Server

KEPT = 8192
"""Rows that are kept: a ranking asks for the same thousand several times."""

TOGETHER = 8192
"""Rows that are asked for in one statement."""


class RemoteRows:
    """One column of a table with a row for each photo, like an array of shape (N, *shape).

    Args:
        select: a statement that gives id and bytes of the photos of an array of ids.
        ids: (N,) ascending.
        dtype: of the numbers; NaN and infinity count as damage.
    """

    def __init__(
        self, server: Server, select: str, ids: NDArray[np.int64], shape: tuple[int, ...], dtype: type[np.generic]
    ) -> None:
        self._server, self._select, self._ids = server, select, ids
        self._row, self.dtype = shape, np.dtype(dtype)
        self.shape = (len(ids), *shape)
        self._width = int(np.prod(shape)) * self.dtype.itemsize
        self._kept: LRUCache[int, bytes] = LRUCache(KEPT)
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._ids)

    def __getitem__(self, rows: int | slice | NDArray[Any]) -> NDArray[Any]:
        """Some rows.  A slice may hold photos that were removed since the ids were read; they get zeros."""
        ids = self._ids[rows]
        flat = np.atleast_1d(ids)
        gaps = isinstance(rows, slice)
        starts = range(0, len(flat), TOGETHER)
        data = b"".join(self._of(flat[start : start + TOGETHER].tolist(), gaps) for start in starts)
        found = np.frombuffer(data, dtype=self.dtype).reshape(len(flat), *self._row)
        if self.dtype.kind == "f" and not np.isfinite(found).all():
            raise damaged(self._server.address)
        return found if np.ndim(ids) else found[0]

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray[Any]:
        return np.asarray(self[:], dtype=dtype)

    def _of(self, ids: list[int], gaps: bool) -> bytes:
        """The concatenated bytes of some photos."""
        with self._lock:
            found = {photo: self._kept[photo] for photo in ids if photo in self._kept}
        if wanted := [photo for photo in dict.fromkeys(ids) if photo not in found]:
            rows = self._server.checked(self._select, (wanted,), "photos.id", "windows.codes", most=len(wanted))
            if any(len(row[1]) != self._width for row in rows):
                raise damaged(self._server.address)
            found |= dict(rows)
            if not gaps and not found.keys() >= set(ids):
                raise damaged(self._server.address)
            with self._lock:
                self._kept.update(rows)
        return b"".join(found.get(photo) or bytes(self._width) for photo in ids)


def descriptors(server: Server, schema: str, ids: NDArray[np.int64], dimensions: int) -> NDArray[np.float16]:
    """The descriptors, (N, D); an array but for its class."""
    select = f"SELECT photo, descriptor FROM {schema}.vectors WHERE photo = ANY(%s::bigint[])"
    return RemoteRows(server, select, ids, (dimensions,), np.float16)  # type: ignore[return-value]


def codes(server: Server, schema: str, ids: NDArray[np.int64], shape: tuple[int, ...], column: str) -> NDArray[np.uint8]:
    """The codes, (N, L / 8), or those of windows, (N, W, L / 8); an array but for its class.

    Args:
        column: ``code`` or ``windows``.
    """
    select = f"SELECT photo, {column} FROM {schema}.codes WHERE photo = ANY(%s::bigint[])"
    return RemoteRows(server, select, ids, shape, np.uint8)  # type: ignore[return-value]
