"""The table of a library with the marks of photos: stars and tags."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from core.library import limits
from core.library.causes import damaged


class MarksTable:
    """Marks belong to the content of a file, so a photo that is moved or renamed keeps them.

    Args:
        rows: returns the checked rows of a statement (``LibraryFile``).
        transaction: context manager of a connection that writes to the file.
        has: whether the library has a table; libraries of earlier versions lack this one.
        library: its file.
    """

    def __init__(
        self,
        rows: Callable[..., list[Any]],
        transaction: Callable[[], AbstractContextManager[sqlite3.Connection]],
        has: Callable[[str], bool],
        library: Path,
    ) -> None:
        self._rows, self._transaction, self._has, self._library = rows, transaction, has, library

    def by_photo(self, photos: Sequence[int] | None = None) -> dict[int, tuple[str, ...]]:
        """The marks of some photos (None: of all), by photo id.

        Raises:
            UserError: one photo has more than ``limits.MARKS_OF_ONE``: the file is damaged or hostile.
        """
        if not self._has("marks"):
            return {}
        marks: dict[str, list[str]] = {}
        rows = self._rows(
            "SELECT content, mark FROM marks WHERE content <> '' ORDER BY mark", (), "marks.content", "marks.mark"
        )
        for content, mark in rows:
            marks.setdefault(content, []).append(mark)
        if max(map(len, marks.values()), default=0) > limits.MARKS_OF_ONE:
            raise damaged(self._library)
        # Photos with the same content share one tuple; a join in the database would copy the marks for each photo.
        shared = {content: tuple(own) for content, own in marks.items()}
        marked = "SELECT id, content FROM photos WHERE content IN (SELECT content FROM marks WHERE content <> '')"
        if photos is not None:
            marked += f" AND id IN ({', '.join(map(str, photos))})"
        found = self._rows(marked, (), "photos.id", "photos.content") if shared else []
        return {photo: shared[content] for photo, content in found}

    def mark(self, photos: Sequence[int], mark: str, on: bool) -> None:
        """Add a mark to photos, or remove it."""
        change = (
            "INSERT OR IGNORE INTO marks SELECT content, ? FROM photos WHERE id = ? AND content <> ''"
            if on
            else "DELETE FROM marks WHERE mark = ? AND content = (SELECT content FROM photos WHERE id = ?)"
        )
        with self._transaction() as db:
            db.executemany(change, [(mark, photo) for photo in photos])
