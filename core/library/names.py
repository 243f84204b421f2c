"""File names as stored in a library: always text, and never leading out of their folder.

A name that is not valid text (bytes that are not UTF-8, or lone surrogates on Windows) is stored completely: each invalid
piece as ``//`` and four digits, which no file name can contain.
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
"""Texts that a name must contain to be harmful or encoded; names without them are plain."""

WINDOWS = os.name == "nt"


def to_text(name: str) -> str:
    """The stored form of a name or a path."""
    return name if name.isascii() else _PIECE.sub(lambda piece: f"//{ord(piece[0]):04x}", name)


def from_text(text: str) -> str:
    """The inverse of ``to_text``."""
    return _KEPT.sub(lambda found: chr(int(found[1], 16)), text) if "//" in text else text


def is_safe(name: str, windows: bool = WINDOWS) -> bool:
    """Whether a name leads to a path below its root; on Windows more characters than a slash are checked."""
    if not name or "\0" in name or name.startswith("/") or (".." in name and ".." in name.split("/")):
        return False
    return not windows or not (":" in name or name.startswith("\\") or ".." in PureWindowsPath(name).parts)


def may_be_here(text: str, library: Path) -> bool:
    """Whether a stored name is possible on this system; a library from another system may hold names that are not.

    Raises:
        UserError: it would lead out of its root on every system, so this program did not write the library.
    """
    name = from_text(text)
    if not is_safe(name, windows=False):
        raise damaged(library)
    return is_safe(name)


def safe_root(text: str, library: Path) -> str:
    """The path of a stored root.

    Raises:
        UserError: it contains ``..``, so that its text does not show what is below it.
    """
    root = from_text(text)
    if "\0" in root or ".." in PurePosixPath(root).parts or ".." in PureWindowsPath(root).parts:
        raise damaged(library)
    return root


def are_plain(texts: Sequence[str]) -> bool:
    """A quick test for a million stored names: whether all are harmless and need no decoding."""
    together = "\n" + "\n".join(texts)
    return not any(sign in together for sign in _SUSPECT)
