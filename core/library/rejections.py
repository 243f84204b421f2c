"""The table of a library with the user's rejections (``core.search.rejections``)."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any

BOXES = 100
"""Largest number of boxes of one file that are compared with a query's box, for each rejected photo."""

_OTHERS = (
    "SELECT content{box} FROM apart WHERE asking = ?1 UNION SELECT asking{none} FROM apart WHERE content = ?1 AND box = ''"
)
_REJECTED = _OTHERS.format(box=", box", none=", ''")
_PHOTOS = f"SELECT id, content FROM photos WHERE content IN ({_OTHERS.format(box='', none='')})"


class RejectionsTable:
    """Rejections of photos for boxes; files are identified by their content, so they may be moved and renamed.

    Args:
        rows: returns the checked rows of a statement (``LibraryFile``).
        transaction: context manager of a connection that writes to the file.
        has: whether the library has a table; libraries of earlier versions lack this one.
    """

    def __init__(
        self,
        rows: Callable[..., list[Any]],
        transaction: Callable[[], AbstractContextManager[sqlite3.Connection]],
        has: Callable[[str], bool],
    ) -> None:
        self._rows, self._transaction, self._has = rows, transaction, has

    def __bool__(self) -> bool:
        return self._has("apart") and bool(self._rows("SELECT asking FROM apart LIMIT 1", (), "apart.asking"))

    def everything(self) -> list[tuple[str, str, str]]:
        """All rejections: contents of asking files, boxes, contents of rejected files."""
        if not self._has("apart"):
            return []
        return self._rows("SELECT asking, box, content FROM apart", (), "apart.asking", "apart.box", "apart.content")

    def reject(self, asking: str, box: str, photos: Sequence[int]) -> None:
        """Record that photos do not show what a box on a file shows."""
        insert = "INSERT OR IGNORE INTO apart SELECT ?, ?, content FROM photos WHERE id = ? AND content <> ''"
        with self._transaction() as db:
            db.executemany(insert, [(asking, box, photo) for photo in photos])

    def take_back(self, asking: str, boxes: Sequence[str], photos: Sequence[int]) -> None:
        """Remove the rejections of photos for these boxes of a file; those of whole photos in both directions."""
        other = "(SELECT content FROM photos WHERE id = ?3)"
        forgotten = (
            f"DELETE FROM apart WHERE box = ?2 AND (asking = ?1 AND content = {other}"
            f" OR ?2 = '' AND asking = {other} AND content = ?1)"
        )
        with self._transaction() as db:
            db.executemany(forgotten, [(asking, box, photo) for box in boxes for photo in photos])

    def rejected(self, asking: str) -> list[tuple[int, str]]:
        """The photos rejected for a file, each with the box; rejections of whole photos count in both directions."""
        boxes: dict[str, list[str]] = {}
        for content, box in self._rows(_REJECTED, (asking,), "apart.content", "apart.box"):
            boxes.setdefault(content, []).append(box)
        if max(map(len, boxes.values()), default=0) > BOXES:
            boxes = {content: own[:BOXES] for content, own in boxes.items()}
        # Not joined in the database: each of many photos with the same content would have a row for every box.
        photos = self._rows(_PHOTOS, (asking,), "photos.id", "photos.content") if boxes else []
        return [(photo, box) for photo, content in photos for box in boxes[content]]
