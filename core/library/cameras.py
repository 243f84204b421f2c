"""Which camera took each photo of a collection: few names, and a number for each photo."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

CAMERAS = 10_000
"""Largest number of different cameras that are read of a library."""


@dataclass(frozen=True, eq=False)
class Cameras:
    """The cameras by photo id.

    Attributes:
        names: of the cameras.
        photos: (n,) int64, ids of photos with a known camera, ascending; ``codes``: (n,) int32, their indices in ``names``.
    """

    names: tuple[str, ...] = ()
    photos: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    codes: NDArray[np.int32] = field(default_factory=lambda: np.empty(0, dtype=np.int32))

    @classmethod
    def of_groups(cls, groups: Iterable[tuple[str, NDArray[np.int64]]]) -> Cameras:
        """Made of each camera's name and the ids of its photos."""
        found = list(groups)
        if not found:
            return cls()
        photos = np.concatenate([ids for _, ids in found])
        codes = np.repeat(np.arange(len(found), dtype=np.int32), [len(ids) for _, ids in found])
        order = np.argsort(photos, kind="stable")
        return cls(tuple(name for name, _ in found), photos[order], codes[order])

    def of(self, photo: int) -> str:
        """The camera of a photo; empty: unknown."""
        place = int(np.searchsorted(self.photos, photo))
        known = place < len(self.photos) and self.photos[place] == photo
        return self.names[self.codes[place]] if known else ""

    def counts(self, photos: NDArray[np.int64]) -> dict[str, int]:
        """The number of these photos by camera; cameras of none are left out."""
        numbers = np.bincount(self.codes[np.isin(self.photos, photos)], minlength=len(self.names))
        return {name: int(number) for name, number in zip(self.names, numbers, strict=True) if number}
