"""The table of a library that keeps what a person told apart (``core.search.rejections``)."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any

BOXES = 100
"""Boxes of one file that are compared with a query's, for each photo told apart from them."""

_OTHERS = (
    "SELECT content{box} FROM apart WHERE asking = ?1 UNION SELECT asking{none} FROM apart WHERE content = ?1 AND box = ''"
)
_TOLD = _OTHERS.format(box=", box", none=", ''")
_PHOTOS = f"SELECT id, content FROM photos WHERE content IN ({_OTHERS.format(box='', none='')})"


class ApartTable:
    """What the files hold tells them from others, so that they may be moved and renamed.

    Args:
        rows: gives the checked rows of a statement (``Library``); ``transaction``: a connection to change the file by;
            ``has``: whether the library has a table, as those of earlier versions lack this one.
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

    def tell(self, asking: str, box: str, photos: Sequence[int]) -> None:
        """Note that photos are not what a box of a file shows."""
        told = "INSERT OR IGNORE INTO apart SELECT ?, ?, content FROM photos WHERE id = ? AND content <> ''"
        with self._transaction() as db:
            db.executemany(told, [(asking, box, photo) for photo in photos])

    def take_back(self, asking: str, boxes: Sequence[str], photos: Sequence[int]) -> None:
        """Forget what was told of photos and these boxes of a file; of whole photos from both sides."""
        other = "(SELECT content FROM photos WHERE id = ?3)"
        forgotten = (
            f"DELETE FROM apart WHERE box = ?2 AND (asking = ?1 AND content = {other}"
            f" OR ?2 = '' AND asking = {other} AND content = ?1)"
        )
        with self._transaction() as db:
            db.executemany(forgotten, [(asking, box, photo) for box in boxes for photo in photos])

    def told(self, asking: str) -> list[tuple[int, str]]:
        """The photos that were told apart from a file, each with the box that it was told of; whole photos both ways."""
        boxes: dict[str, list[str]] = {}
        for content, box in self._rows(_TOLD, (asking,), "apart.content", "apart.box"):
            boxes.setdefault(content, []).append(box)
        if max(map(len, boxes.values()), default=0) > BOXES:
            boxes = {content: own[:BOXES] for content, own in boxes.items()}
        # Not joined by the database: many photos with the same bytes would each have a row for every box.
        photos = self._rows(_PHOTOS, (asking,), "photos.id", "photos.content") if boxes else []
        return [(photo, box) for photo, content in photos for box in boxes[content]]
