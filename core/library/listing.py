"""A collection's photos as columns, so that a million fit in memory; records are made only on access."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, groupby, pairwise
from pathlib import Path
from typing import Any, NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

from core.library.cameras import Cameras
from core.library.dates import DATE
from core.records import PhotoRecord

STATES = ("new", "indexed", "skipped", "missing")
MISSING = STATES.index("missing")


class PhotoRow(NamedTuple):
    """One photo to put into a listing, see ``PhotoRecord``; ``name`` is relative to the root and has ``/``."""

    root: str
    name: str
    id: int = -1
    width: int = 0
    height: int = 0
    state: str = "new"
    reason: str = ""
    taken: str = ""


@dataclass(frozen=True, eq=False)
class Columns:
    """The data of a listing; photos are ordered by root and name.

    Attributes:
        blocks: each root, and the number of photos below it.
        names: (n,) relative to their roots, with ``/``.
        ids: (n,) int64; ``pixels``: (n, 2) int32; ``states``: (n,) indices in ``STATES``; ``taken``: (n,) bytes.
        reasons: why a photo was skipped, by its index.
    """

    blocks: list[tuple[str, int]]
    names: Sequence[str]
    ids: NDArray[np.int64]
    pixels: NDArray[np.int32]
    states: NDArray[np.uint8]
    taken: NDArray[np.bytes_]
    reasons: dict[int, str]

    @classmethod
    def of_rows(cls, rows: Sequence[tuple[Any, ...]]) -> Columns:
        """The columns of rows (``PhotoRow``, or tuples like it), in the same order."""
        columns = tuple(zip(*rows, strict=True)) or ((),) * len(PhotoRow._fields)
        found = dict(zip(PhotoRow._fields, columns, strict=True))
        return cls(
            [(root, len(tuple(group))) for root, group in groupby(found["root"])],
            found["name"],
            np.array(found["id"], dtype=np.int64),
            np.array([found["width"], found["height"]], dtype=np.int64).T.astype(np.int32),
            np.array([STATES.index(state) for state in found["state"]], dtype=np.uint8),
            np.array([taken.encode("ascii", "replace") for taken in found["taken"]], dtype=f"S{DATE}"),
            {index: reason for index, reason in enumerate(found["reason"]) if reason},
        )

    @classmethod
    def joined(cls, parts: Sequence[tuple[str, Columns]]) -> Columns:
        """The concatenated photos of several roots."""
        if not parts:
            return cls.of_rows(())
        sizes = [len(part.names) for _, part in parts]
        starts = list(accumulate(sizes, initial=0))
        columns = [part for _, part in parts]
        return cls(
            [(root, size) for (root, _), size in zip(parts, sizes, strict=True)],
            columns[0].names if len(columns) == 1 else _chained([part.names for part in columns]),
            np.concatenate([part.ids for part in columns]),
            np.concatenate([part.pixels for part in columns]),
            np.concatenate([part.states for part in columns]),
            np.concatenate([part.taken for part in columns]),
            {starts[k] + index: reason for k, part in enumerate(columns) for index, reason in part.reasons.items()},
        )

    def part(self, rows: NDArray[np.int64]) -> Columns:
        """Some of the photos, by their indices, which ascend unless there are no blocks."""
        ends = np.searchsorted(rows, list(accumulate(size for _, size in self.blocks)))
        sizes = np.diff(ends, prepend=0).tolist()
        indices = rows.tolist()
        return Columns(
            [(root, size) for (root, _), size in zip(self.blocks, sizes, strict=True) if size],
            [self.names[index] for index in indices],
            self.ids[rows],
            self.pixels[rows],
            self.states[rows],
            self.taken[rows],
            {new: self.reasons[old] for new, old in enumerate(indices) if old in self.reasons} if self.reasons else {},
        )

    def there(self) -> Columns:
        """The photos whose files are not gone."""
        rows = np.flatnonzero(self.states != MISSING)
        return self if len(rows) == len(self.ids) else self.part(rows)


class Listing(Sequence[PhotoRecord]):
    """Photos in path order; immutable.

    Attributes:
        roots: the folders below which they were found.
        names: (n,) relative to their roots, with ``/``.
        ids: (n,) int64; ``pixels``: (n, 2) int32, width and height; ``taken``: (n,) bytes, see ``PhotoRecord``.
        marks: the user's marks, by photo id.
        notes: messages for the user: what is damaged and left out.
        cameras: which camera took each photo.
    """

    def __init__(
        self,
        photos: Columns | Sequence[tuple[Any, ...]],
        marks: Mapping[int, tuple[str, ...]] | None = None,
        notes: tuple[str, ...] = (),
        cameras: Cameras | None = None,
    ) -> None:
        """Make a listing of columns, or of rows (``PhotoRow``, or tuples like it) ordered by root and name."""
        columns = photos if isinstance(photos, Columns) else Columns.of_rows(photos)
        self.names, self.ids, self.pixels, self.taken = columns.names, columns.ids, columns.pixels, columns.taken
        self.marks, self.notes, self.cameras = dict(marks or {}), notes, cameras or Cameras()
        self.roots: list[Path] = [Path(root) for root, _ in columns.blocks]
        self._starts = list(accumulate((size for _, size in columns.blocks), initial=0))[:-1]
        self._reasons, self._states = columns.reasons, columns.states

    def __len__(self) -> int:
        return len(self.names)

    @overload
    def __getitem__(self, index: int) -> PhotoRecord: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[PhotoRecord, ...]: ...

    def __getitem__(self, index: int | slice) -> PhotoRecord | tuple[PhotoRecord, ...]:
        if isinstance(index, slice):
            return tuple(self[one] for one in range(*index.indices(len(self))))
        index = range(len(self))[index]
        photo, (width, height) = int(self.ids[index]), self.pixels[index].tolist()
        return PhotoRecord(
            self.root_of(index) / self.names[index],
            photo,
            width,
            height,
            STATES[self._states[index]],
            self._reasons.get(index, ""),
            self.taken[index].decode(),
            self.marks.get(photo, ()),
            self.cameras.of(photo),
        )

    def __iter__(self) -> Iterator[PhotoRecord]:
        return (self[index] for index in range(len(self)))

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Listing) and len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))
        )

    __hash__ = None  # type: ignore[assignment]

    def with_marks(self, marks: Mapping[int, tuple[str, ...]]) -> Listing:
        """The same photos with other marks."""
        other = copy(self)
        other.marks = dict(marks)
        other.__dict__.pop("by_id", None)
        return other

    def rows(self) -> Iterator[PhotoRow]:
        """The photos as rows, from which a listing can be made."""
        sides, ids, states, taken = self.pixels.tolist(), self.ids.tolist(), self._states.tolist(), self.taken.tolist()
        for index, block in enumerate(self.blocks()):
            width, height = sides[index]
            reason, state, root = self._reasons.get(index, ""), STATES[states[index]], str(self.roots[block])
            yield PhotoRow(root, self.names[index], ids[index], width, height, state, reason, taken[index].decode())

    def names_by_root(self) -> Iterator[tuple[Path, Sequence[str]]]:
        """Each root with the names of its photos."""
        for root, (start, end) in zip(self.roots, pairwise([*self._starts, len(self)]), strict=True):
            yield root, self.names[start:end]

    def root_of(self, index: int) -> Path:
        """The root of a photo."""
        return self.roots[0 if len(self._starts) == 1 else self.blocks(np.array([index]))[0]]

    def blocks(self, indices: NDArray[np.int64] | None = None) -> list[int]:
        """The index in ``roots`` of each photo at ``indices`` (None: all photos)."""
        indices = np.arange(len(self)) if indices is None else indices
        return list((np.searchsorted(self._starts, indices, side="right") - 1).tolist())

    def index_of(self, path: Path) -> int:
        """The index of a photo; -1 if the listing does not have it."""
        for block, root in enumerate(self.roots):
            if path.is_relative_to(root):
                end = self._starts[block + 1] if block + 1 < len(self._starts) else len(self)
                name = path.relative_to(root).as_posix()
                index = bisect_left(self.names, name, self._starts[block], end)
                if index < end and self.names[index] == name:
                    return index
        return -1

    def at(self, paths: Sequence[Path]) -> list[PhotoRecord]:
        """The photos at paths; those that the listing does not have are left out."""
        return [self[index] for index in map(self.index_of, paths) if index >= 0]

    @cached_property
    def folders(self) -> list[str]:
        """(n,) the folder of each photo, relative to its root; empty: the root itself."""
        shared: dict[str, str] = {}  # one text for all photos of a folder
        return [shared.setdefault(folder, folder) for folder in (name.rpartition("/")[0] for name in self.names)]

    @cached_property
    def by_id(self) -> Mapping[int, PhotoRecord]:
        """The photos by their ids in the library."""
        return _ById(self)


def _chained(parts: Sequence[Sequence[str]]) -> list[str]:
    """All names; one part at a time, between which other threads go on."""
    names: list[str] = []
    for part in parts:
        names.extend(part)
    return names


class _ById(Mapping[int, PhotoRecord]):
    """Finds a photo by its id."""

    def __init__(self, listing: Listing) -> None:
        self._listing = listing
        self._order = np.argsort(listing.ids, kind="stable")
        self._sorted = listing.ids[self._order]

    def __len__(self) -> int:
        return len(self._sorted)

    def __iter__(self) -> Iterator[int]:
        return iter(self._sorted.tolist())

    def __getitem__(self, photo: int) -> PhotoRecord:
        position = int(np.searchsorted(self._sorted, photo))
        if position == len(self._sorted) or self._sorted[position] != photo:
            raise KeyError(photo)
        return self._listing[int(self._order[position])]
