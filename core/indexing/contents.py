"""Whether a file that looks unchanged is: size and time can be as they were while the content is another one."""

from __future__ import annotations

import os

from core.library.entries import Edges, Known, changed_ns, content_of, edges_of
from core.photos.scan import PhotoFile
from core.util.errors import PassingError
from core.util.progress import Ticket


class Contents:
    """Compares files of known size and time with what a library knows of their content.

    The system notes every change of a file where no program can set it, so that a file is read only where that note is new
    or there is none; then its first and last block tell.

    Args:
        rehash: read every file whole.
        total: number of files, for the progress.

    Attributes:
        noted: what is to be remembered, by the photo's number.
    """

    def __init__(self, rehash: bool, ticket: Ticket, total: int) -> None:
        self._rehash, self._ticket, self._total, self._done = rehash, ticket, total, 0
        self.noted: list[tuple[int, Edges]] = []

    def same(self, file: PhotoFile, photo: Known) -> bool:
        """Whether a file still holds what the library knows; one that cannot be read now is believed."""
        self._done += 1
        self._ticket.checkpoint(self._done, self._total if self._rehash else 0, "comparing")
        if not photo.content:
            return True
        try:
            return self._same(file, photo)
        except (PassingError, OSError):
            return True

    def _same(self, file: PhotoFile, photo: Known) -> bool:
        if self._rehash:
            return self._whole(file, photo)
        before, changed = photo.edges, changed_ns(os.stat(file.path))
        if before is None:  # an older version stored it, and is believed once
            self.noted.append((photo.id, Edges(changed)))
            return True
        if changed and changed == before.changed_ns:
            return True
        if not before.hash:
            return self._whole(file, photo)
        now = edges_of(file.path)
        if now.hash != before.hash:
            return False
        self.noted.append((photo.id, now))
        return True

    def _whole(self, file: PhotoFile, photo: Known) -> bool:
        edges = edges_of(file.path)
        if content_of(file.path) != photo.content:
            return False
        self.noted.append((photo.id, edges))
        return True
