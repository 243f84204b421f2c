"""The façade's part for folders that were moved or removed: the library follows or forgets them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from core.chain.presets import DEFAULT_PRESET, shipped_file
from core.library.protocol import Reading, Writing
from core.library.shipped import unpack
from core.photos.disk import is_file, is_folder, is_there, state_of
from core.photos.scan import absolute
from core.util.errors import UserError
from core.util.resources import DESCRIBED_SAMPLE, SAMPLE

LOOKED_AT = 50
"""Number of photos by which a moved folder is recognised."""

ENOUGH = 0.5
"""The share of them that the other folder must hold with the same name and size."""


class FolderService:
    """The folders of the open library; safe to share between threads."""

    def __init__(self, reading: Reading, writing: Writing) -> None:
        self._reading, self._writing = reading, writing

    def agree(self) -> Path:
        """Record that the user agrees: the open library may be written to, and the photos in its folders opened.

        Returns:
            The path of the library, which must be opened again.

        Raises:
            UserError: no open library, or one that cannot be written to.
        """
        with self._reading() as library:
            library.agree()
            return library.path

    def gone(self) -> tuple[Path, ...]:
        """The indexed folders that are missing now: renamed, removed, or on an unplugged disk.

        Raises:
            UserError: no open library.
        """
        with self._reading() as library:
            roots = library.roots() if library.agreed else ()  # paths from an untrusted library are not looked up
            return tuple(root for root in roots if not os.path.lexists(root))

    def renamed_to(self, new: Path) -> Path | None:
        """The missing folder that was probably moved to ``new``, judged by names and sizes of some photos; None: none.

        Raises:
            UserError: no open library.
        """
        gone = self.gone()
        with self._reading() as library:
            looked_at = {old: library.some(old, LOOKED_AT) for old in gone}
        for old, some in looked_at.items():
            there = [known for known in some if _size(new / known.path.relative_to(old)) == known.size]
            if some and len(there) >= ENOUGH * len(some):
                return old
        return None

    def relink(self, old: Path, new: Path, into: Path | None = None) -> int:
        """Change the folder of the photos below ``old`` to ``new``; returns their number.

        Nothing is described again; the next indexing run finds photos with a changed content.

        Args:
            into: the library; None: the open one.

        Raises:
            UserError: no open library, one that cannot be written to, no photos below ``old``, or no folder at ``new``.
        """
        if not is_folder(new):
            raise UserError("there is no folder at the new path", str(new), "Give the folder where the photos are now.")
        with self._writing(into) as library:
            return library.relink(absolute(old), absolute(new))

    def forget(self, root: Path, into: Path | None = None) -> int:
        """Remove an indexed folder and its photos from the library; returns their number.  No file is changed.

        Marks belong to the content of the files, so they return when the folder is indexed again.

        Raises:
            UserError: no open library, one that cannot be written to, or it does not have this folder.
        """
        with self._writing(into) as library:
            return library.forget_root(absolute(root))

    def bring_sample(self, folders: Sequence[Path], library: Path) -> bool:
        """Make the sample's library from what is shipped with it, so that it can be searched at once.

        Returns:
            whether it was made: not for other folders, nor if there is a library, or what is shipped is of another fit.

        Raises:
            UserError: the library cannot be written there.
        """
        sample, describer = SAMPLE / "photos", shipped_file(DEFAULT_PRESET)
        if tuple(folders) != (sample,) or is_there(library) or describer is None or not is_file(DESCRIBED_SAMPLE):
            return False
        return unpack(DESCRIBED_SAMPLE, sample, library, describer)


def _size(path: Path) -> int:
    return state_of(path)[0]
