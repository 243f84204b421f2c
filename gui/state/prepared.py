"""A collection that was opened in the background, and is shown next."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from core.engine import Listing, Opened
from core.records import LibraryInfo


@dataclass(frozen=True)
class Prepared:
    """What is to be open.

    Attributes:
        opened: the library; None: not made yet.
        info: what it holds.
        photos: those to show; ``total``: number of all, if these are only the first.
        folders: the folders to follow; ``look``: whether to see what is new in them.
    """

    opened: Opened | None
    info: LibraryInfo | None
    photos: Listing
    folders: tuple[Path, ...]
    look: bool = True
    total: int = 0


@contextlib.contextmanager
def let_go_if_not_wanted(opened: Opened | None) -> Iterator[None]:
    """Close what was opened when the work that opened it fails or is stopped."""
    try:
        yield
    except BaseException:
        if opened is not None:
            opened.let_go()
        raise
