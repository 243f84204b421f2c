"""A library and its photos, and what an indexing run did."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from core.records.masks import MASK_NAMES

STAR = "*"
"""The mark of a starred photo; every other mark is a tag."""


@dataclass(frozen=True)
class PhotoRecord:
    """One photo of a collection or library.

    ``id`` is its number in the library, -1 if it is only scanned.  ``state`` is ``"new"`` (scanned, not yet indexed),
    ``"indexed"``, ``"skipped"``, or ``"missing"`` (its file is gone); ``reason`` says why it was skipped.  ``width`` and
    ``height`` are pixels after the EXIF turn, 0 if unknown.  ``taken`` is the time it was taken, ``YYYY-MM-DD HH:MM:SS``,
    empty if unknown.  ``marks`` are the user's marks: ``STAR`` and tags.  ``camera`` is maker and model, empty if
    unknown.
    """

    path: Path
    id: int = -1
    width: int = 0
    height: int = 0
    state: str = "new"
    reason: str = ""
    taken: str = ""
    marks: tuple[str, ...] = ()
    camera: str = ""


@dataclass(frozen=True)
class Cluster:
    """Machines that describe photos together: the HOST:PORT of their head, and a folder that all of them see."""

    address: str
    shards: Path


@dataclass(frozen=True)
class Skipped:
    """A photo that could not be used, and the reason, a sentence."""

    path: Path
    reason: str


@dataclass(frozen=True)
class IndexReport:
    """What an indexing run did.

    ``passing`` is the number of skipped photos with a temporary failure; the next run tries them again.
    """

    library: Path
    indexed: int
    unchanged: int
    removed: int
    skipped: tuple[Skipped, ...]
    seconds: float
    passing: int = 0


@dataclass(frozen=True)
class LibraryInfo:
    """A summary of a library.  ``bytes_per_photo`` is the file's size divided by the number of indexed photos.

    ``fingerprint`` identifies the settings, ``fit`` the fitted stages, ``host`` is the server of a shared library.
    ``newer_fit`` names the present fit of the same settings, with which the photos can be described anew; empty: they are.

    ``agreed`` is False if the library was not made on this computer, or names folders that the user has not agreed to.
    Until ``FolderService.agree`` such a library is read-only, and none of its photos is opened.
    """

    path: Path
    preset: str
    fingerprint: str
    roots: tuple[Path, ...]
    photos: int
    skipped: tuple[Skipped, ...]
    bits: int
    dimensions: int
    bytes_per_photo: int
    config: dict[str, object] = field(default_factory=dict)
    windows: str = "none"
    fit: str = ""
    agreed: bool = True
    host: str = ""
    newer_fit: str = ""

    @property
    def mask(self) -> str:
        """The mask that its descriptors were made with; ``"max"`` if it is none of ``MASK_NAMES``."""
        mask = str(self.config.get("mask", "max"))
        return mask if mask in MASK_NAMES else "max"
