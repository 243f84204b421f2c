"""What is at a path that the user gave; checked before anything is opened."""

from __future__ import annotations

import stat
from enum import Enum, auto
from pathlib import Path

from core.library.file import is_library
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
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):  # a name that is too long, or has a NUL
        return Kind.GONE
    if stat.S_ISDIR(mode):
        return Kind.FOLDER
    if not stat.S_ISREG(mode):
        return Kind.NO_FILE
    if is_library(path):
        return Kind.LIBRARY
    return Kind.PHOTO if path.suffix.lower() in SUFFIXES else Kind.OTHER_FILE
