"""A collection's photos as columns: a million of them in memory, and a record only of the one that is asked for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from core.records import PhotoRecord

STATES = ("new", "indexed", "skipped")
DATE = 19
"""Characters of ``YYYY-MM-DD HH:MM:SS``."""


@dataclass(frozen=True)
class Row:
    """One photo on its way into a listing, see ``PhotoRecord``; ``name`` lies below the root and has ``/``."""

    root: str
    name: str
    id: int = -1
    width: int = 0
    height: int = 0
    state: str = "new"
    reason: str = ""
    taken: str = ""


class Listing(Sequence[PhotoRecord]):
    """Photos in path order.  Does not change.

    Attributes:
        names: (n,) below their roots, with ``/``.
        ids: (n,) int64; ``pixels``: (n, 2) int32, width and height; ``taken``: (n,) bytes, see ``PhotoRecord``.
        marks: what a person marked photos with, by the photo's id.
    """

    def __init__(self, rows: Iterable[Row], marks: Mapping[int, tuple[str, ...]] | None = None) -> None:
        """From rows ordered by root and name."""
        self.names: list[str] = []
        self.marks = dict(marks or {})
        self._roots: list[Path] = []
        self._starts: list[int] = []
        self._reasons: dict[int, str] = {}
        numbers: list[tuple[int, int, int, int]] = []
        taken: list[bytes] = []
        last = None
        for place, row in enumerate(rows):
            if row.root != last:
                last = row.root
                self._roots.append(Path(row.root))
                self._starts.append(place)
            self.names.append(row.name)
            numbers.append((row.id, row.width, row.height, STATES.index(row.state)))
            taken.append(row.taken.encode("ascii", "replace")[:DATE])
            if row.reason:
                self._reasons[place] = row.reason
        columns = np.array(numbers, dtype=np.int64).reshape(-1, 4)
        self.ids: NDArray[np.int64] = columns[:, 0].copy()
        self.pixels: NDArray[np.int32] = columns[:, 1:3].astype(np.int32)
        self._states: NDArray[np.uint8] = columns[:, 3].astype(np.uint8)
        self.taken: NDArray[np.bytes_] = np.array(taken, dtype=f"S{DATE}")

    def __len__(self) -> int:
        return len(self.names)

    @overload
    def __getitem__(self, place: int) -> PhotoRecord: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[PhotoRecord, ...]: ...

    def __getitem__(self, place: int | slice) -> PhotoRecord | tuple[PhotoRecord, ...]:
        if isinstance(place, slice):
            return tuple(self[one] for one in range(*place.indices(len(self))))
        place = range(len(self))[place]
        photo, (width, height) = int(self.ids[place]), self.pixels[place].tolist()
        return PhotoRecord(
            self.root_of(place) / self.names[place],
            photo,
            width,
            height,
            STATES[self._states[place]],
            self._reasons.get(place, ""),
            self.taken[place].decode(),
            self.marks.get(photo, ()),
        )

    def __iter__(self) -> Iterator[PhotoRecord]:
        return (self[place] for place in range(len(self)))

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Listing) and len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))
        )

    __hash__ = None  # type: ignore[assignment]

    def root_of(self, place: int) -> Path:
        """The folder that a photo was found below."""
        return self._roots[0 if len(self._starts) == 1 else self.blocks(place)]

    def blocks(self, places: Any) -> Any:
        """The number of the root of each place, as Python's integers."""
        return (np.searchsorted(self._starts, places, side="right") - 1).tolist()

    def index_of(self, path: Path) -> int:
        """The place of a photo; -1 when it is not among them."""
        for block, root in enumerate(self._roots):
            if path.is_relative_to(root):
                end = self._starts[block + 1] if block + 1 < len(self._starts) else len(self)
                name = path.relative_to(root).as_posix()
                place = bisect_left(self.names, name, self._starts[block], end)
                if place < end and self.names[place] == name:
                    return place
        return -1

    @cached_property
    def by_id(self) -> Mapping[int, PhotoRecord]:
        """The photos by their numbers in the library."""
        return _ById(self)


class _ById(Mapping[int, PhotoRecord]):
    """Finds a photo by its number."""

    def __init__(self, listing: Listing) -> None:
        self._listing = listing
        self._order = np.argsort(listing.ids, kind="stable")
        self._sorted = listing.ids[self._order]

    def __len__(self) -> int:
        return len(self._sorted)

    def __iter__(self) -> Iterator[int]:
        return iter(self._sorted.tolist())

    def __getitem__(self, photo: int) -> PhotoRecord:
        place = int(np.searchsorted(self._sorted, photo))
        if place == len(self._sorted) or self._sorted[place] != photo:
            raise KeyError(photo)
        return self._listing[int(self._order[place])]
