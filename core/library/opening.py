"""Create or open a library."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path

from core.chain.config import DescriberConfig
from core.chain.subwindows import DEFAULT_LAYOUT
from core.library.agreements import agree, agreed_before, agreeing
from core.library.causes import stranger
from core.library.creating import check_free, create_file, new_identity
from core.library.library_file import LibraryFile
from core.library.open_file import OpenFile
from core.photos.disk import is_file
from core.util.resources import own_folder


def create_library(path: Path, config: DescriberConfig, describer: bytes, layout: str = DEFAULT_LAYOUT) -> LibraryFile:
    """Create a new library; an existing file is never overwritten.

    Args:
        layout: of the windows, see ``core.chain.subwindows``.

    Raises:
        UserError: the file exists, or cannot be written there, or there is no such layout.
    """
    check_free(path)
    identity = new_identity()
    with agreeing(path, identity):
        create_file(path, config, describer, layout, identity)
    return open_library(path, writable=True)


def open_library(path: Path, writable: bool = False) -> LibraryFile:
    """Open an existing library.

    An untrusted library (``core.library.agreements``) is opened read-only, and no files are created beside it.

    Raises:
        UserError: missing, not a library, of a newer version, damaged, or not writable although ``writable``.
    """
    quiet = not agreed_before(path)
    library = _opened(path, quiet=quiet)
    here = library.known_here
    if not writable and (here or quiet):
        return library
    library.close()
    if writable and not here:
        raise stranger(path)
    return _opened(path, writable, quiet=not here)


def adopt(path: Path) -> None:
    """Trust a library in the program's own folder, made by a version that had no record of agreements.

    Only this program puts libraries there.

    Raises:
        UserError: as ``open_library``.
    """
    if path.is_relative_to(own_folder("libraries")) and is_file(path) and not agreed_before(path):
        agree_to_library(path, None)


def agree_to_library(path: Path, folders: Sequence[Path] | None) -> None:
    """Record that the user agrees to a library: it may be written to, and its photos below ``folders`` may be opened.

    Args:
        folders: None: all folders that the library names.

    Raises:
        UserError: as ``open_library``, or it cannot be written.
    """
    with contextlib.closing(_opened(path, writable=True)) as library:
        agree(path, library.identity, library.roots() if folders is None else folders)


def _opened(path: Path, writable: bool = False, quiet: bool = False) -> LibraryFile:
    file = OpenFile(path, writable, quiet)
    try:
        return LibraryFile(path, file)
    except BaseException:
        file.close()
        raise
