"""Detect files whose content changed although their size and time did not."""

from __future__ import annotations

import os

from core.library.entries import Edges, Known, changed_ns, content_of, edges_of
from core.photos.scan import PhotoFile
from core.util.errors import PassingError
from core.util.progress import Ticket


class Contents:
    """Compares files of unchanged size and time with what a library stores of their content.

    The system records the time of every change where programs cannot set it.  A file is read only if this time is new or
    unknown; then its first and last block are compared.

    Args:
        rehash: read every file whole.
        total: number of files, for the progress.

    Attributes:
        noted: what to store in the library, by photo id.
    """

    def __init__(self, rehash: bool, ticket: Ticket, total: int) -> None:
        self._rehash, self._ticket, self._total, self._done = rehash, ticket, total, 0
        self.noted: list[tuple[int, Edges]] = []

    def same(self, file: PhotoFile, photo: Known) -> bool:
        """Whether a file's content is still what the library stores; True if it cannot be read now."""
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
        if before is None:  # stored by an older version: trusted once
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
