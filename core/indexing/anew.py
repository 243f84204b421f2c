"""The façade's part for libraries that were described with an earlier fit: describe their photos with the present one.

The new descriptions are made in a file beside the library, which is searched as before meanwhile, and taken over at once
when they are whole.  A stopped run goes on where it was.
"""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from core.indexing.open_or_create import LibraryMaker
from core.indexing.priority import First
from core.library import LibraryFile, create_library, open_library
from core.library.agreements import disagree
from core.library.creating import remove_library
from core.photos.disk import is_folder, is_there
from core.records import IndexReport
from core.util.errors import UserError
from core.util.progress import Ticket

if TYPE_CHECKING:
    from core.chain.describer import Describer


class AnewService:
    """Describes the photos of libraries anew; safe to share between threads.

    Args:
        maker: opens libraries for writing, one writer at a time.
        shipped: returns the present describer of a preset.
    """

    def __init__(self, maker: LibraryMaker, shipped: Callable[[str, Ticket], Describer]) -> None:
        self._maker, self._shipped = maker, shipped

    def describe(self, path: Path, ticket: Ticket | None = None, first: First = tuple) -> IndexReport:
        """Describe all photos of a library with the present fit of its settings; does nothing if that is its fit.

        Marks, saved queries, rejections and folders stay.  It needs room for a second library for a while.

        Args:
            first: returns the photos that the user looks at now; they come first.

        Returns:
            The number of described photos as ``indexed``; 0 if there was nothing to do.

        Raises:
            UserError: no library, one that cannot be written to, or a folder of it is missing; then nothing has changed.
            Cancelled: by the ticket; nothing has changed, and the next call continues.
        """
        from core.chain.fits import fit_key
        from core.chain.model_file import dump_describer
        from core.indexing.run import index_folders

        ticket = ticket or Ticket()
        with self._maker.alone(path, ticket), contextlib.closing(open_library(path, writable=True)) as library:
            if not (name := library.newer_preset):
                return IndexReport(path, 0, library.counts().get("indexed", 0), 0, (), 0.0)
            roots = _roots(library)
            describer = self._shipped(name, ticket)
            data = dump_describer(describer.config, describer.stages)
            beside = path.with_name(f"{path.name}.anew")
            with contextlib.closing(_begun(beside, library, describer, fit_key(data), data)) as made:
                made.exclude(library.excluded())
                report = index_folders(made, roots, describer, ticket, first, quick=False)
                library.replace_descriptions(made)
                number = made.counts().get("indexed", 0)
            _remove(beside)
            return dataclasses.replace(report, library=path, indexed=number, unchanged=0, removed=0)


def _roots(library: LibraryFile) -> list[Path]:
    """The folders of a library.

    Raises:
        UserError: one of them, with photos that are searched, is missing: they would be searched no more.
    """
    roots = library.roots()
    searched = [known.path for known in library.known() if known.state == "indexed"]
    for root in roots:
        if not is_folder(root) and any(path.is_relative_to(root) for path in searched):
            raise UserError(
                "this folder is not there, so its photos cannot be described anew",
                str(root),
                "Connect its disk, or say where its photos are now with: main.py relink OLD NEW --library FILE.",
            )
    return [root for root in roots if is_folder(root)]


def _begun(beside: Path, library: LibraryFile, describer: Describer, key: str, data: bytes) -> LibraryFile:
    """The file for the new descriptions: that of a stopped run with the same fit, or a new one."""
    if is_there(beside):
        with contextlib.suppress(UserError):  # damaged: made again
            made = open_library(beside, writable=True)
            if (made.describer_key, made.layout) == (key, library.layout):
                return made
            made.close()
        _remove(beside)
    return create_library(beside, describer.config, data, library.layout)


def _remove(beside: Path) -> None:
    remove_library(beside)
    disagree(beside)
