"""Moved and renamed photos, recognised by their content, so that they are not described again."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from core.library import LibraryFile
from core.library.entries import Entry, Known


class Claims:
    """Finds the stored photo with the same content as a new file, unless that photo's own file still exists.

    Args:
        known: all photos of the library, including those of other folders, from where a file may have been moved.
        vanished: those whose files were not found.
        looked_at: the files that this run describes; what the library stores of them is outdated.
    """

    def __init__(
        self, library: LibraryFile, known: Sequence[Known], vanished: Iterable[Known], looked_at: Iterable[Path]
    ) -> None:
        self._library = library
        self._vanished = {photo.id: photo for photo in vanished}
        self._looked_at = set(looked_at)
        self._by_content: dict[str, list[Known]] = {}
        for photo in known:
            if photo.content and photo.state in ("indexed", "missing") and photo.whole:
                self._by_content.setdefault(photo.content, []).append(photo)
        self.left: set[Path] = set()
        """Paths that photos were moved away from."""

    def claim(self, entry: Entry) -> bool:
        """Change the path of the stored photo with the same content to that of ``entry``; False if there is none."""
        photos = self._by_content.get(entry.content, [])
        for photo in sorted(photos, key=lambda photo: photo.path != entry.path):
            if self._is_free(photo, entry):
                photos.remove(photo)
                self._vanished.pop(photo.id, None)
                if self._library.move(photo.id, entry):
                    self.left.add(photo.path)
                    return True
        return False

    def remaining(self) -> list[Known]:
        """The vanished photos that were not found elsewhere."""
        return list(self._vanished.values())

    def followed(self, known: Sequence[Known]) -> list[int]:
        """The photos left in missing root folders from which other photos were moved."""
        gone = [root for root in self._library.roots() if not os.path.lexists(root)]
        gone = [root for root in gone if any(path.is_relative_to(root) for path in self.left)]
        return [
            photo.id
            for photo in known
            if photo.state == "indexed" and photo.path not in self.left and any(map(photo.path.is_relative_to, gone))
        ]

    def _is_free(self, photo: Known, entry: Entry) -> bool:
        """Whether a stored photo's own file is missing or has changed."""
        if photo.path == entry.path or photo.id in self._vanished or photo.path in self._looked_at:
            return True
        return not os.path.lexists(photo.path)
