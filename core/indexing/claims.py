"""Photos found again under another name, by their content, so that they need not be described anew."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from core.library import Library
from core.library.entries import Entry, Known


class Claims:
    """Gives a file the stored photo with the same bytes, unless that photo's own file is still there.

    Args:
        known: all photos of the library, also those of other folders: one of them may have become this one.
        vanished: those whose files are not found any more.
        looked_at: the files that are looked at in this run; what the library knows of them is no longer true.
    """

    def __init__(
        self, library: Library, known: Sequence[Known], vanished: Iterable[Known], looked_at: Iterable[Path]
    ) -> None:
        self._library = library
        self._vanished = {photo.id: photo for photo in vanished}
        self._looked_at = set(looked_at)
        self._by_content: dict[str, list[Known]] = {}
        for photo in known:
            if photo.content and photo.state in ("indexed", "missing"):
                self._by_content.setdefault(photo.content, []).append(photo)
        self.left: set[Path] = set()
        """Places that photos moved away from."""

    def claim(self, entry: Entry) -> bool:
        """Give the stored photo with the same bytes its new place; False when there is none."""
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
        """What is gone indeed."""
        return list(self._vanished.values())

    def followed(self, known: Sequence[Known]) -> list[int]:
        """The photos that stayed behind in root folders that are gone and of which others were found elsewhere."""
        gone = [root for root in self._library.roots() if not os.path.lexists(root)]
        gone = [root for root in gone if any(path.is_relative_to(root) for path in self.left)]
        return [
            photo.id
            for photo in known
            if photo.state == "indexed" and photo.path not in self.left and any(map(photo.path.is_relative_to, gone))
        ]

    def _is_free(self, photo: Known, entry: Entry) -> bool:
        """Whether a stored photo's own file is no more what it was."""
        if photo.path == entry.path or photo.id in self._vanished or photo.path in self._looked_at:
            return True
        return not os.path.lexists(photo.path)
