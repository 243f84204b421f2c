"""The façade's part for folders that are elsewhere now, or for good: they are followed, or forgotten."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from core.library import Library
from core.library.opening import agree_to_library
from core.photos.disk import is_folder, state_of
from core.photos.scan import absolute
from core.util.errors import UserError

LOOKED_AT = 50
"""Photos of a folder by which it is recognised."""

ENOUGH = 0.5
"""The share of them that must lie in the other folder under the same name, in the same size."""


class FolderService:
    """Safe to share between threads.

    Args:
        reading: gives the open library, for as long as it is read.
        writing: gives a library to write to: the one at a path, or the open one.
    """

    def __init__(
        self,
        reading: Callable[[], AbstractContextManager[Library]],
        writing: Callable[[Path | None], AbstractContextManager[Library]],
    ) -> None:
        self._reading, self._writing = reading, writing

    def agree(self) -> Path:
        """By a person's answer: the open library may be written to, its folders followed, and their photos opened.

        Returns:
            the library, to be opened anew.

        Raises:
            UserError: no open library, or one that cannot be written to.
        """
        with self._reading() as library:
            agree_to_library(library.path, None)
            return library.path

    def gone(self) -> tuple[Path, ...]:
        """The indexed folders that are not there now: renamed, removed, or on a disk that is unplugged.

        Raises:
            UserError: no open library.
        """
        with self._reading() as library:
            roots = library.roots() if library.agreed else ()  # nobody asks the system for what a stranger names
            return tuple(root for root in roots if not os.path.lexists(root))

    def renamed_to(self, new: Path) -> Path | None:
        """The gone folder that a folder seems to be, by the names and sizes of some photos; None when it is none of them.

        Raises:
            UserError: no open library.
        """
        gone = self.gone()
        with self._reading() as library:
            everything = library.known() if gone else []
        for old in gone:
            photos = [known for known in everything if known.path.is_relative_to(old)]
            some = photos[:: max(1, len(photos) // LOOKED_AT)]
            there = [known for known in some if _size(new / known.path.relative_to(old)) == known.size]
            if some and len(there) >= ENOUGH * len(some):
                return old
        return None

    def relink(self, old: Path, new: Path, into: Path | None = None) -> int:
        """Have the photos below one folder lie below another from now on; returns their number.

        Nothing is described again; what has another content there is found by the next indexing run.

        Args:
            into: the library; None: the open one.

        Raises:
            UserError: no open library, one that cannot be written to, no such photos, or no folder at the new place.
        """
        if not is_folder(new):
            raise UserError("there is no folder at the new place", str(new), "Give the folder where the photos are now.")
        with self._writing(into) as library:
            return library.relink(absolute(old), absolute(new))

    def forget(self, root: Path, into: Path | None = None) -> int:
        """Remove an indexed folder and its photos from the library; returns their number.  No file is touched.

        Marks stay with what the files hold, and are there again when it is indexed again.

        Raises:
            UserError: no open library, one that cannot be written to, or the folder is none of its.
        """
        with self._writing(into) as library:
            return library.forget_root(absolute(root))


def _size(path: Path) -> int:
    return state_of(path)[0]
