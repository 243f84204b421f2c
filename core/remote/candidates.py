"""Where a shared library's candidates are found: in a copy of its codes on this computer, by the server, or by Milvus.

All are exact and give the same photos in the same order.  The copy answers as quickly as a file; the server needs seconds
for a million photos with windows, and its users share its processor.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from core.chain.subwindows import subwindow_count
from core.library.limits import ROWS
from core.library.vectors import CandidateSource, LibraryVectors
from core.remote import rows
from core.remote.causes import damaged
from core.remote.mirror import Mirror
from core.remote.paged_candidates import PagedSource
from core.remote.postgres import Bits, Server

MIRRORED = 10_000_000
"""Up to so many photos the codes are copied to this computer, unless the address says otherwise."""

_SHOWN = "photo NOT IN (SELECT id FROM {schema}.photos WHERE state = 'missing')"
_IDS = """
SELECT coalesce(string_agg(int8send(photo), ''::bytea ORDER BY photo), ''::bytea) FROM {schema}.codes WHERE {shown}
"""
_NEAREST = """
SELECT photo, {distance} AS distance FROM {schema}.codes WHERE {which} ORDER BY distance, photo LIMIT %s::bigint
"""


class SqlSource:
    """Candidates by the server: ``bit_count(code # $1)``; see ``core.library.vectors.CandidateSource``.

    Args:
        schema: of the published version.
        bits: length of a code; ``parts``: number of windows of a photo.
    """

    def __init__(self, server: Server, schema: str, bits: int, parts: int) -> None:
        self._server, self._schema, self._bits, self._parts = server, schema, bits, parts

    def nearest(
        self, code: NDArray[np.uint8], k: int, photos: NDArray[np.int64] | None, windows: bool
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """See ``core.library.vectors.CandidateSource``."""
        asked = Bits(np.asarray(code, dtype=np.uint8).tobytes())
        measured = [f"bit_count(code # %s::bit({self._bits}))"]
        for part in range(self._parts if windows else 0):
            start = 1 + part * self._bits
            measured.append(f"bit_count(substring(windows FROM {start} FOR {self._bits}) # %s::bit({self._bits}))")
        which, among = (_SHOWN, ()) if photos is None else ("photo = ANY(%s::bigint[])", (photos.tolist(),))
        sql = _NEAREST.format(
            schema=self._schema, distance=f"least({', '.join(measured)})", which=which.format(schema=self._schema)
        )
        found = self._server.rows(sql, (*[asked] * len(measured), *among, k), k)
        if any(len(row) != 2 or not all(isinstance(v, int) for v in row) or row[1] > self._bits for row in found):
            raise damaged(self._server.address)
        numbers = np.array(found, dtype=np.int64).reshape(len(found), 2)
        return numbers[:, 0], numbers[:, 1]


def search_vectors(server: Server, schema: str, identity: str, layout: str, bits: int, dimensions: int) -> LibraryVectors:
    """The vectors of a published version: codes here or there, descriptors always there.

    Raises:
        UserError: the server is gone, or sent what no library holds.
    """
    parts, width = subwindow_count(layout), bits // 8
    there = server.address.candidates in ("sql", "milvus")
    if server.address.candidates == "auto":
        there = server.one(f"SELECT count(*) FROM {schema}.codes", (), (int,))[0] > MIRRORED
    if not there:
        try:
            files = Mirror(server, schema, identity, width, parts * width).current()
            ids, codes = files.mapped("ids", np.int64, ()), files.mapped("codes", np.uint8, (width,))
            windows = files.mapped("windows", np.uint8, (parts, width)) if parts else None
            far = rows.descriptors(server, schema, ids, dimensions)  # type: ignore[arg-type]
            count = len(files)
            return LibraryVectors(ids, far, codes, windows, intact=lambda: files.hold(count))  # type: ignore[arg-type]
        except OSError:  # the disk is full, or the folder cannot be written
            pass
    (data,) = server.one(_IDS.format(schema=schema, shown=_SHOWN.format(schema=schema)), (), (bytes,), 8 * ROWS["photos"])
    if len(data) % 8:
        raise damaged(server.address)
    known = np.frombuffer(data, dtype=">i8").astype(np.int64)
    if (np.diff(known) <= 0).any():
        raise damaged(server.address)
    source: CandidateSource = SqlSource(server, schema, bits, parts)
    if server.address.candidates == "milvus":
        source = _by_milvus(server, schema, identity, known, bits, parts)
    return LibraryVectors(
        known,
        rows.descriptors(server, schema, known, dimensions),
        rows.codes(server, schema, known, (width,), "code"),
        rows.codes(server, schema, known, (parts, width), "windows") if parts else None,
        source=source,
    )


def _by_milvus(
    server: Server, schema: str, identity: str, known: NDArray[np.int64], bits: int, parts: int
) -> CandidateSource:
    from core.remote.milvus_opening import milvus_codes  # whose package is loaded only then

    codes = milvus_codes(server.address, identity, int(schema.rpartition("_")[2]))
    codes.check()
    return PagedSource(codes, known, bits, parts)


def expecting(vectors: LibraryVectors, expect: Callable[[Sequence[int]], None]) -> LibraryVectors:
    """The same vectors, which tell whose cells are asked for next."""
    return replace(vectors, expect=expect)
