"""A library's listing merged with new files on disk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from core.library.listing import Listing, PhotoRow
from core.photos.scan import PhotoFile


def with_new(listing: Listing, files: Sequence[PhotoFile]) -> Listing | None:
    """The photos of a listing and those of ``files`` that it lacks, in path order; None if it lacks none.

    A file is put below the root that the listing has for it, so that no folder is shown twice.
    """
    homes = {file.root: _home(file.root, listing.roots) for file in files}
    have = {str(root): set(names) for root, names in listing.names_by_root()}
    new = []
    for file in files:
        root, prefix = homes[file.root]
        if (name := prefix + file.name) not in have.get(root, ()):
            new.append(PhotoRow(root, name))
    if not new:
        return None
    rows: list[PhotoRow] = sorted([*listing.rows(), *new], key=lambda row: (row.root, row.name))
    return Listing(rows, listing.marks, listing.notes, listing.cameras)


def _home(folder: Path, roots: Sequence[Path]) -> tuple[str, str]:
    """The root that contains a folder (else the folder itself), and the relative path from there, ending in ``/``."""
    for root in roots:
        if folder == root:
            return str(root), ""
        if folder.is_relative_to(root):
            return str(root), folder.relative_to(root).as_posix() + "/"
    return str(folder), ""
