"""The façade's part for what a person told apart: this hit is not what that photo, or a box on it, shows.

Unlike a bad example, which only steers one query, this is kept in the library: whenever the photo asks again, for the whole
of it or with nearly the same box, the hit is left out.  It speaks of these two and says nothing of a third photo.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from functools import lru_cache
from pathlib import Path

from core.geometry import Box, parse_box
from core.library.entries import content_of
from core.library.protocol import Library, Writer
from core.records import Query
from core.util.errors import UserError

NEAR = 0.5
"""Two boxes on a photo ask for the same thing when they share so much of what both cover together."""


class RejectionService:
    """Safe to share between threads.

    Args:
        reading: gives the open library for a while.
        writing: gives a library to write to: that at a path, or the open one.
    """

    def __init__(
        self,
        reading: Callable[[], AbstractContextManager[Library]],
        writing: Callable[[Path | None], AbstractContextManager[Writer]],
    ) -> None:
        self._reading, self._writing = reading, writing

    def tell(self, query: Query, photos: Sequence[int], apart: bool, into: Path | None = None) -> None:
        """Remember that photos of a library are not what the query's first photo shows.

        To take that back takes back whatever keeps them from being shown: also what nearly the same box was told of, and
        what a whole photo was told of from the other's side.

        Args:
            into: the library; None: the open one.

        Raises:
            UserError: no open library, one that cannot be written to, or the query's file is gone.
        """
        box = str(query.box) if query.box is not None else ""
        with self._writing(into) as opened:
            content = _content(opened, query)
            if apart:
                opened.apart.tell(content, box, photos)
            else:
                boxes = {told for photo, told in opened.apart.told(content) if photo in photos and _same(query.box, told)}
                opened.apart.take_back(content, sorted(boxes), photos)

    def told(self, query: Query) -> list[int]:
        """The photos of the open library that are not to be shown for a query.

        Raises:
            UserError: no open library.
        """
        with self._reading() as library:
            return told_apart(library, query)


def told_apart(library: Library, query: Query) -> list[int]:
    """The photos that were told apart from a query, in the order of their ids."""
    if not library.apart:
        return []
    try:
        content = _content(library, query)
    except UserError:
        return []  # its file is gone, which whoever reads it will say
    rows = library.apart.told(content)
    return sorted({photo for photo, box in rows if _same(query.box, box)})


def _content(library: Library, query: Query) -> str:
    """Tells files with the same bytes from others."""
    from core.search.grid_cache import file_state

    known = library.find(query.path)
    if known and known[0].content and library.is_current(query.path):
        return known[0].content
    return _read(query.path, file_state(query.path))


@lru_cache(8)
def _read(path: Path, _state: object) -> str:
    """Kept while the file stays as it is: a box that is dragged asks many times."""
    return content_of(path)


def _same(box: Box | None, told: str) -> bool:
    """Whether a box asks for what a box was told of; a whole photo is another question."""
    if box is None or not told:
        return box is None and not told
    try:
        return overlap(box, parse_box(told)) >= NEAR
    except UserError:
        return False


def overlap(first: Box, second: Box) -> float:
    """What two boxes share over what they cover together, 0 to 1."""
    across = min(first.x1, second.x1) - max(first.x0, second.x0)
    down = min(first.y1, second.y1) - max(first.y0, second.y0)
    shared = max(0.0, across) * max(0.0, down)
    together = first.width * first.height + second.width * second.height - shared
    return shared / together if together > 0 else 0.0
