"""The order in which photos are indexed: those that the user looks at come first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from core.photos.scan import PhotoFile

First = Callable[[], Sequence[Path]]
"""Returns the photos that the user looks at now; called on the indexing thread."""


class Agenda:
    """The files that remain to be indexed; each is yielded once.

    Args:
        first: called before each file; its photos come next, then the other files in their folders.
    """

    def __init__(self, files: Iterable[PhotoFile], first: First) -> None:
        self._first = first
        self._folders: dict[Path, dict[Path, PhotoFile]] = {}
        for file in files:
            self._folders.setdefault(file.path.parent, {})[file.path] = file

    def __iter__(self) -> Iterator[PhotoFile]:
        while self._folders:
            yield self._take(*self._next())

    def _next(self) -> tuple[Path, Path]:
        """Folder and path of the next file."""
        looked_at = self._first()
        for path in looked_at:
            if path in self._folders.get(path.parent, ()):
                return path.parent, path
        folders = (path.parent for path in looked_at if path.parent in self._folders)
        folder = next(folders, next(iter(self._folders)))
        return folder, next(iter(self._folders[folder]))

    def _take(self, folder: Path, path: Path) -> PhotoFile:
        file = self._folders[folder].pop(path)
        if not self._folders[folder]:
            del self._folders[folder]
        return file
