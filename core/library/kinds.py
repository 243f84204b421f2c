"""What is at a path that the user gave; checked before anything is opened."""

from __future__ import annotations

from enum import Enum, auto
from pathlib import Path

from core.library.open_file import is_library
from core.photos import disk
from core.photos.images import SUFFIXES


class Kind(Enum):
    """What is at a path."""

    FOLDER = auto()
    LIBRARY = auto()
    PHOTO = auto()
    OTHER_FILE = auto()
    NO_FILE = auto()
    """Exists, but is neither a file nor a folder: a pipe, a device, a socket; opening it may block for ever."""
    GONE = auto()
    """Missing, or the system cannot tell."""


def kind_of(path: Path) -> Kind:
    """What is at a path; a photo is recognised by its suffix, as decoding takes long."""
    seen = disk.look(path).kind
    if seen is disk.Kind.FOLDER:
        return Kind.FOLDER
    if seen is disk.Kind.ODD:
        return Kind.NO_FILE
    if seen is not disk.Kind.FILE:
        return Kind.GONE
    if is_library(path):
        return Kind.LIBRARY
    return Kind.PHOTO if path.suffix.lower() in SUFFIXES else Kind.OTHER_FILE
