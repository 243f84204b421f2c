"""A copy of a shared library's codes in the person's cache folder, brought up to date when a new version was published.

Only codes are copied, about 64 bytes for each photo and each of its windows.  A photo's codes never change under its id and
an id is never used twice, so that only later ids are asked for.  As the server could say otherwise, some rows are compared
before the copy is used.
"""

from __future__ import annotations

import hashlib
import shutil

import numpy as np
from numpy.typing import NDArray

from core.library.limits import ROWS
from core.library.vector_files import SAMPLES, VectorFiles
from core.remote.causes import damaged
from core.remote.postgres import Server
from core.util.resources import cache_folder

BATCH = 32_768
"""Rows that are asked for at a time, as each answer may be long on its way."""

_AFTER = """
SELECT string_agg(int8send(photo), ''::bytea ORDER BY photo), string_agg(substring(bit_send(code) FROM 5), ''::bytea
       ORDER BY photo), string_agg(substring(varbit_send(windows) FROM 5), ''::bytea ORDER BY photo)
FROM (SELECT photo, code, windows FROM {schema}.codes WHERE photo > %s::bigint ORDER BY photo LIMIT %s::int) AS next
"""
_SOME = "SELECT photo, code, windows FROM {schema}.codes WHERE photo = ANY(%s::bigint[]) ORDER BY photo"


class Mirror:
    """The copy of one library.

    Args:
        schema: of the published version.
        identity: of the library.
        width: bytes of a code; ``windows``: those of all windows' codes of a photo.
    """

    def __init__(self, server: Server, schema: str, identity: str, width: int, windows: int) -> None:
        self._server, self._schema = server, schema
        name = hashlib.sha256(f"{server.address.agreement_path}\n{identity}\n{width} {windows}".encode()).hexdigest()[:32]
        widths = {"ids": 8, "descriptors": 0, "codes": width, "windows": windows}
        self._files = VectorFiles(cache_folder("mirrors") / name, widths)

    def current(self) -> VectorFiles:
        """The files with all rows of the version.

        Raises:
            UserError: the server is gone, or sent rows of other lengths.
            OSError: they cannot be written.
        """
        if not self._is_true():
            shutil.rmtree(self._files.folder, ignore_errors=True)
        self._files.folder.mkdir(parents=True, exist_ok=True)
        count = len(self._files)
        last = int(self._ids()[-1]) if count else 0
        while (found := self._after(last)) is not None:
            ids, codes, windows = found
            self._files.write_columns(count, ids, b"", codes, windows)
            count, last = count + len(ids), int(ids[-1])
            if count > ROWS["vectors"]:
                raise damaged(self._server.address)
        return self._files

    def _ids(self) -> NDArray[np.int64]:
        return self._files.mapped("ids", np.int64, ())  # type: ignore[return-value]

    def _is_true(self) -> bool:
        """Whether the rows are the server's; those of photos that were removed may be left."""
        count = len(self._files)
        if not count or not self._files.hold(count) or (np.diff(self._ids()) <= 0).any():
            return False
        mine = self._files.rows(np.unique(np.linspace(0, count - 1, SAMPLES).astype(np.int64)))
        ids = [row[0] for row in mine]
        sql, columns = _SOME.format(schema=self._schema), ("vectors.photo", "vectors.code", "windows.codes")
        theirs = {row[0]: row[1:] for row in self._server.checked(sql, (ids,), *columns, most=len(ids))}
        same = [theirs[row[0]] == row[2:] for row in mine if row[0] in theirs]
        return all(same) and 2 * len(same) > len(mine)

    def _after(self, photo: int) -> tuple[NDArray[np.int64], bytes, bytes] | None:
        """Ids, codes and codes of windows of the next photos after one; None: there are no more."""
        longest = BATCH * max(8, *self._files.widths.values())
        found = self._server.rows(_AFTER.format(schema=self._schema), (photo, BATCH), 1, longest)
        if len(found) != 1 or len(found[0]) != 3:
            raise damaged(self._server.address)
        if found[0][0] is None:
            return None
        if not all(isinstance(part, bytes) for part in found[0]) or len(found[0][0]) % 8:
            raise damaged(self._server.address)
        ids = np.frombuffer(found[0][0], dtype=">i8").astype(np.int64)
        wanted = [len(ids) * self._files.widths[name] for name in ("codes", "windows")]
        if (
            not 0 < len(ids) <= BATCH
            or [len(part) for part in found[0][1:]] != wanted
            or (np.diff([photo, *ids]) <= 0).any()
        ):
            raise damaged(self._server.address)
        return ids, found[0][1], found[0][2]
