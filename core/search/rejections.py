"""The façade's part for rejections: the user says that a hit does not show what a photo, or a box on it, shows.

A bad example changes one query only.  A rejection is stored in the library: later searches with the same photo, or with
nearly the same box on it, leave the hit out.  It does not affect other photos.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from core.geometry import Box, parse_box
from core.library.entries import content_of
from core.library.protocol import Library, Photo, Reading, Writing, ids_of
from core.records import Query
from core.util.errors import UserError

NEAR = 0.5
"""Two boxes on a photo count as the same query from this intersection over union on."""


class RejectionService:
    """Rejections in the open library; safe to share between threads."""

    def __init__(self, reading: Reading, writing: Writing) -> None:
        self._reading, self._writing = reading, writing

    def reject(self, query: Query, photos: Sequence[Photo], on: bool, into: Path | None = None) -> None:
        """Reject photos for a query, or take the rejections back.

        Taking back removes everything that hides these photos from the query: also rejections for nearly the same box, and
        those of whole photos that were made from the other photo.

        Args:
            on: whether the photos are rejected.
            into: the library; None: the open one.

        Raises:
            UserError: no open library, one that cannot be written to, or the query's file is gone.
        """
        box = str(query.box) if query.box is not None else ""
        with self._writing(into) as opened:
            content, ids = _content(opened, query), ids_of(opened, photos)
            if on:
                opened.rejections.reject(content, box, ids)
            else:
                rejected = opened.rejections.rejected(content)
                boxes = {other for photo, other in rejected if photo in ids and _same(query.box, other)}
                opened.rejections.take_back(content, sorted(boxes), ids)

    def rejected(self, query: Query) -> list[int]:
        """The ids of the photos of the open library that are rejected for a query.

        Raises:
            UserError: no open library.
        """
        with self._reading() as library:
            return rejected_photos(library, query)


def rejected_photos(library: Library, query: Query) -> list[int]:
    """The ids of the photos that are rejected for a query, sorted."""
    if not library.rejections:
        return []
    try:
        content = _content(library, query)
    except UserError:
        return []  # its file is gone; reading it will raise this error again
    rows = library.rejections.rejected(content)
    return sorted({photo for photo, box in rows if _same(query.box, box)})


def _content(library: Library, query: Query) -> str:
    """The hash of a file's content, from the library if the file is unchanged."""
    from core.search.grid_cache import file_state

    known = library.find(query.path)
    if known and known[0].content and library.is_current(query.path):
        return known[0].content
    return _read(query.path, file_state(query.path))


@lru_cache(8)
def _read(path: Path, _state: object) -> str:
    """Cached until the file changes, as a dragged box asks many times."""
    return content_of(path)


def _same(box: Box | None, stored: str) -> bool:
    """``same_query`` with a stored box, which is empty for a whole photo."""
    try:
        return same_query(box, parse_box(stored) if stored else None)
    except UserError:
        return False


def same_query(box: Box | None, other: Box | None) -> bool:
    """Whether two boxes on a photo count as the same query; a whole photo (None) is the same only as itself."""
    if box is None or other is None:
        return box is other
    return overlap(box, other) >= NEAR


def overlap(first: Box, second: Box) -> float:
    """Intersection over union of two boxes."""
    across = min(first.x1, second.x1) - max(first.x0, second.x0)
    down = min(first.y1, second.y1) - max(first.y0, second.y0)
    shared = max(0.0, across) * max(0.0, down)
    together = first.width * first.height + second.width * second.height - shared
    return shared / together if together > 0 else 0.0
