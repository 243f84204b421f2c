"""A library made or opened, ready to be used."""

from __future__ import annotations

from pathlib import Path

from core.chain.config import DescriberConfig
from core.chain.subwindows import DEFAULT_LAYOUT
from core.library.creating import create_file
from core.library.file import OpenFile
from core.library.library import Library


def create_library(path: Path, config: DescriberConfig, describer: bytes, layout: str = DEFAULT_LAYOUT) -> Library:
    """Make a new library; an existing file is never overwritten.

    Args:
        layout: of the windows, see ``core.chain.subwindows``.

    Raises:
        UserError: the file exists, or cannot be written there, or there is no such layout.
    """
    create_file(path, config, describer, layout)
    return open_library(path, writable=True)


def open_library(path: Path, writable: bool = False) -> Library:
    """Open an existing library.

    Raises:
        UserError: missing, not a library, of a newer version, damaged, or not writable though that was asked for.
    """
    file = OpenFile(path, writable)
    try:
        return Library(path, file)
    except BaseException:
        file.close()
        raise
