"""Open a library for writing, or create it; an existing one must match the request, and has one writer at a time."""

from __future__ import annotations

import hashlib
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from core.chain.presets import preset, shipped_file
from core.chain.subwindows import DEFAULT_LAYOUT
from core.library import LibraryFile, create_library, open_library
from core.library.creating import TakenError, remove_leftovers
from core.photos.disk import is_there
from core.photos.scan import absolute, require_photo
from core.remote.opening import refuse_address
from core.util.errors import UserError
from core.util.process_lock import process_lock
from core.util.progress import Ticket
from core.util.resources import own_folder

if TYPE_CHECKING:
    from core.chain.describer import Describer

WAIT_S = 0.1
"""Seconds between two checks for cancellation while waiting for another writer."""

DescriberMaker = Callable[[str, Sequence[Path], Ticket], "Describer"]
"""From a preset and the folders to fit it on (none: use the shipped fit) to its describer."""


def default_path(folders: Sequence[Path], preset: str, layout: str) -> Path:
    """The default library file of folders; ``preset`` is empty for the default preset."""
    names = sorted(str(absolute(folder)) for folder in folders)
    digest = hashlib.sha256("\n".join(names).encode()).hexdigest()[:8]
    stem = Path(names[0]).name or "collection"
    if preset:
        stem += f"-{preset.replace(' ', '_')}"
    if layout != DEFAULT_LAYOUT:
        stem += f"-windows-{layout}"
    return own_folder("libraries") / f"{stem}-{digest}.cropseek"


class LibraryMaker:
    """Opens libraries for writing; safe to share between threads.

    Args:
        describer: makes the describer of a new library.
    """

    def __init__(self, describer: DescriberMaker) -> None:
        self._describer, self._guard = describer, threading.Lock()
        self._writing: dict[Path, threading.Lock] = {}

    @contextmanager
    def alone(self, path: Path, ticket: Ticket) -> Iterator[None]:
        """Wait until no other thread, and no other process of this user, indexes into the library.

        Raises:
            Cancelled: while waiting.
        """
        with self._guard:
            lock = self._writing.setdefault(path, threading.Lock())
        while not lock.acquire(timeout=WAIT_S):
            ticket.checkpoint(0, 0, "waiting")
        try:
            ticket.checkpoint(0, 0, "")
            with process_lock(os.path.realpath(path), lambda: self._wait(ticket)):
                yield
        finally:
            lock.release()

    @staticmethod
    def _wait(ticket: Ticket) -> None:
        ticket.checkpoint(0, 0, "waiting")
        time.sleep(WAIT_S)

    @contextmanager
    def writing(
        self,
        path: Path,
        folders: Sequence[Path],
        name: str | None,
        held_out: Sequence[Path],
        layout: str | None,
        default: str,
        ticket: Ticket,
    ) -> Iterator[LibraryFile]:
        """``library``, to be updated from folders; nobody else indexes into it meanwhile.

        Raises:
            UserError: as ``library`` and ``check``; the address of a shared library; no photos for a new library.
            Cancelled: by the ticket.
        """
        refuse_address(path)
        self.check(path, folders)
        if not is_there(path):
            require_photo(folders, ticket)  # before a library is made for a folder that has no photos
        with self.alone(path, ticket), closing(self.library(path, name, held_out, layout, default, ticket)) as library:
            yield library

    def check(self, path: Path, folders: Sequence[Path]) -> None:
        """Refuse folders that only the existing library itself names, before the disk is accessed.

        Raises:
            UserError: as ``LibraryFile.check_folders``.
        """
        if is_there(path):
            with closing(open_library(path)) as known:
                known.check_folders(folders)

    def library(
        self, path: Path, name: str | None, held_out: Sequence[Path], layout: str | None, default: str, ticket: Ticket
    ) -> LibraryFile:
        """The library at ``path``, open for writing.

        Args:
            name: the preset it must have; None: any, and ``default`` for a new library.
            held_out: folders that a new library's describer is fitted on.
            layout: of its windows; None: any, and the default layout for a new library.

        Raises:
            UserError: it has another preset or layout, is damaged, or cannot be written.
            Cancelled: by the ticket.
        """
        from core.chain.model_file import dump_describer

        if is_there(path):
            remove_leftovers(path)
            return _existing(path, name, held_out, layout)
        describer = self._describer(name or default, held_out, ticket)
        data = dump_describer(describer.config, describer.stages)
        try:
            library = create_library(path, describer.config, data, layout or DEFAULT_LAYOUT)
        except TakenError:  # created by another process while the describer was made
            return _existing(path, name, held_out, layout)
        if held_out:
            library.keep_fit()
        return library


def _existing(path: Path, name: str | None, held_out: Sequence[Path], layout: str | None) -> LibraryFile:
    library = open_library(path, writable=True)
    try:
        _check_layout(library, layout)
        _check_preset(library, name, bool(held_out))
    except BaseException:
        library.close()
        raise
    return library


def _check_layout(library: LibraryFile, layout: str | None) -> None:
    if layout not in (None, library.layout):
        raise UserError(
            f"the library was built with the windows '{library.layout}', not '{layout}'",
            str(library.path),
            "Its photos would have to be indexed again: give another library.",
        )


def _check_preset(library: LibraryFile, name: str | None, own_fit: bool) -> None:
    """Refuse another preset, and another fit of the same settings: their codes cannot be compared.

    Args:
        own_fit: folders to fit on were given, as perhaps when the library was made; it does not store which.
    """
    if name is None or library.preset == name:
        return
    if library.config == preset(name) and (own_fit or shipped_file(name) is None):
        return
    raise UserError(
        f"the library was built with the preset '{library.preset}', not '{name}'",
        str(library.path),
        "Codes of different fits cannot be compared; give no preset, that one, or another library.",
    )
