"""Names of files as a library keeps them: always text, and never a way out of their folder.

A name that is no text (bytes that are not UTF-8, or half a letter on Windows) is kept whole: each such piece as ``//`` and
its four digits, which no name can hold by itself.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path, PurePosixPath, PureWindowsPath

from core.library.causes import damaged

_PIECE = re.compile("[\ud800-\udfff]")
_KEPT = re.compile("//(d[89a-f][0-9a-f]{2})")

_SUSPECT = ("\n/", "..", "\\", ":", "//", "\0")
"""Signs without which no name can be anything but harmless and text."""

WINDOWS = os.name == "nt"


def to_text(name: str) -> str:
    """A name, or a whole path, as it is stored."""
    return name if name.isascii() else _PIECE.sub(lambda piece: f"//{ord(piece[0]):04x}", name)


def from_text(text: str) -> str:
    """What ``to_text`` was given."""
    return _KEPT.sub(lambda found: chr(int(found[1], 16)), text) if "//" in text else text


def is_safe(name: str, windows: bool = WINDOWS) -> bool:
    """Whether a name leads to a place below its root; on Windows more signs may lead elsewhere than a slash."""
    if not name or "\0" in name or name.startswith("/") or (".." in name and ".." in name.split("/")):
        return False
    return not windows or not (":" in name or name.startswith("\\") or ".." in PureWindowsPath(name).parts)


def may_be_here(text: str, library: Path) -> bool:
    """Whether a stored name can be one on this system; a library that was made on another may hold some that cannot.

    Raises:
        UserError: it could lead out of its root anywhere: the library is none of ours.
    """
    name = from_text(text)
    if not is_safe(name, windows=False):
        raise damaged(library)
    return is_safe(name)


def safe_root(text: str, library: Path) -> str:
    """A stored root as it was given.

    Raises:
        UserError: it leads back up, so that what lies below it cannot be told from its text.
    """
    root = from_text(text)
    if "\0" in root or ".." in PurePosixPath(root).parts or ".." in PureWindowsPath(root).parts:
        raise damaged(library)
    return root


def are_plain(texts: Sequence[str]) -> bool:
    """Whether stored names are harmless, and text, at a glance, as a million of them are."""
    together = "\n" + "\n".join(texts)
    return not any(sign in together for sign in _SUSPECT)
