"""What lies at a path that somebody gave: asked before anything is opened."""

from __future__ import annotations

from enum import Enum, auto
from pathlib import Path

from core.library.file import is_library
from core.photos import disk
from core.photos.images import SUFFIXES


class Kind(Enum):
    """What can be done with a path."""

    FOLDER = auto()
    LIBRARY = auto()
    PHOTO = auto()
    OTHER_FILE = auto()
    NO_FILE = auto()
    """There, and neither a file nor a folder: a pipe, a device, a socket; to open one may wait for ever."""
    GONE = auto()
    """Not there, or nothing that the system would tell of."""


def kind_of(path: Path) -> Kind:
    """What lies at a path; a photo is told by its name, as decoding it takes long."""
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
