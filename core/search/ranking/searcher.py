"""Rank the photos of a library for a query of one or more examples."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from core.geometry import Box
from core.hashing.bits import hamming
from core.library.vectors import LibraryVectors
from core.records import Hit, PhotoRecord
from core.search.multi_query import Question
from core.search.ranking.codes import CodeIndex
from core.search.ranking.descriptors import DeviceDescriptors, best_first, cosines, on_device
from core.search.ranking.diffusion import ALONE, diffused
from core.search.ranking.expansion import augmented, expanded
from core.search.ranking.matching import NOTHING, Agreement, Area, Cells, agreement
from core.search.ranking.sources import SourceIndex
from core.util.threads import keep_to_one_thread

keep_to_one_thread()

SHORTLIST = 1000
"""Length of the shortlist by codes."""

MATCHED = 100
"""Number of photos whose cells are matched."""

DIFFUSED = 200
"""Number of photos whose scores are diffused, for boxes only: for whole photos it loses (0.855 to 0.835 on
``tests/benchmarks/wholes.py``), as the views of a scene are few and already have near descriptors."""

COSINE, PARTS = 0.5, 2.5
"""Weight of the cosine in its sum with the two measures of ``matching``, and the largest value of that sum."""


@dataclass(frozen=True, eq=False)
class Asked:
    """One example of a query: its descriptor (D,), code (L / 8,) and, for matching, its cells.

    ``stored`` returns the stored cells of a photo of the library, or None.
    """

    descriptor: NDArray[np.float32]
    code: NDArray[np.uint8]
    cells: Cells | None = None
    stored: Callable[[int], Cells | None] = lambda photo: None

    @property
    def boxed(self) -> bool:
        """Whether it is a box."""
        return self.cells is not None and self.cells.area is not None


class Searcher:
    """Searches the vectors of a library.  It is immutable; make another one when the library changes.

    Args:
        photos: the records to show, by id.
        rows: the rows of ``vectors`` that are searched, ascending; None: all.
        device: torch device; on an accelerator all cosines are computed there (``descriptors.on_device``).
        whole: the searcher of all rows, whose vectors on the device are used.
    """

    def __init__(
        self,
        vectors: LibraryVectors,
        photos: Mapping[int, PhotoRecord],
        rows: NDArray[np.int64] | None = None,
        device: str = "cpu",
        whole: Searcher | None = None,
    ) -> None:
        self._vectors, self._photos, self._rows, self._device = vectors, photos, rows, device
        self._whole = whole
        self._ids, self._descriptors = vectors.ids, vectors.descriptors
        self._scattered = vectors.descriptors if vectors.scattered is None else vectors.scattered
        self._codes, self._windows = vectors.codes, vectors.windows
        self._index = CodeIndex(self._codes, rows) if vectors.source is None else SourceIndex(vectors, rows)

    def __len__(self) -> int:
        return len(self._index)

    def intact(self) -> bool:
        """Whether the vectors can still be read (``LibraryVectors.intact``)."""
        return self._vectors.intact()

    @cached_property
    def _window_index(self) -> CodeIndex | None:
        """Made at the first search of windows."""
        if self._windows is None:
            return None
        number, parts, size = self._windows.shape
        rows = None if self._rows is None else (self._rows[:, None] * parts + np.arange(parts)).ravel()
        return CodeIndex(self._windows.reshape(number * parts, size), rows)

    @property
    def _all(self) -> Searcher:
        return self if self._whole is None else self._whole

    @cached_property
    def _there(self) -> DeviceDescriptors | None:
        """The descriptors on the device; copied at the first search that needs all cosines."""
        return on_device(self._descriptors, self._device)

    def _all_cosines(self, query: NDArray[np.float32]) -> NDArray[np.float32]:
        """The cosine of a descriptor with every row that is searched."""
        there, rows = self._all._there, self._rows
        if there is None:
            return cosines(self._descriptors, query, rows)
        return there.cosines(query) if rows is None else there.cosines(query)[rows]

    @property
    def ids(self) -> NDArray[np.int64]:
        """The ids of the photos that are searched, ascending."""
        return self._ids if self._rows is None else self._ids[self._rows]

    @property
    def all_descriptors(self) -> NDArray[np.float16]:
        """Their descriptors, (N, D), which may be a memory-mapped file, best read in order."""
        return self._descriptors if self._rows is None else self._descriptors[self._rows]

    def narrowed(self, photos: NDArray[np.int64]) -> Searcher:
        """The same for some photos only, by id."""
        rows = np.flatnonzero(np.isin(self._ids, photos, assume_unique=True))
        if self._rows is not None:
            rows = np.intersect1d(rows, self._rows, assume_unique=True)
        return Searcher(self._vectors, self._photos, rows, self._device, self._all)

    def codes(self, photos: Sequence[int] | NDArray[np.int64]) -> NDArray[np.uint8]:
        """The codes of some photos of the library, (len(photos), L / 8)."""
        return self._codes[np.searchsorted(self._ids, np.asarray(photos, dtype=np.int64))]

    def stored(self, photo: int) -> tuple[NDArray[np.float32], NDArray[np.uint8]] | None:
        """Descriptor and code of a photo of the library; None if it has none."""
        row = int(np.searchsorted(self._ids, photo))
        if row >= len(self._ids) or self._ids[row] != photo:
            return None
        return self._scattered[row].astype(np.float32), self._codes[row]

    def descriptors(self, photos: Sequence[int]) -> NDArray[np.float32]:
        """The descriptors of some photos of the library, (len(photos), D)."""
        rows = np.searchsorted(self._ids, np.asarray(photos, dtype=np.int64))
        return np.asarray(self._scattered[rows], dtype=np.float32)

    def cosines_with(self, descriptor: NDArray[np.float32]) -> dict[int, float]:
        """The cosine of every photo with a descriptor, (D,), by photo id."""
        return dict(zip(self.ids.tolist(), self._all_cosines(descriptor).tolist(), strict=True))

    def rank(
        self, question: Question[Asked], k: int, ranking: str, leave_out: Collection[int] = (), matched: int = MATCHED
    ) -> tuple[Hit, ...]:
        """The best ``k`` photos, without ``leave_out`` (photo ids).

        Args:
            ranking: ``hamming``; ``cosine``; ``rerank``: cosine of the ``SHORTLIST`` photos with the least distance;
                ``expanded``: the same with averaged descriptors (``core.search.ranking.expansion``); ``windows``: least
                distance of a photo's code and those of its windows; or ``cells``: a shortlist by windows and cosine,
                whose first ``matched`` photos are ordered by their cells.
        """
        wanted = k + len(leave_out)
        nearest = [self._candidates(asked, wanted, ranking) for asked in question.wanted]
        rows = np.unique(np.concatenate(nearest))
        if leave_out:
            rows = rows[~np.isin(self._ids[rows], list(leave_out))]
        if ranking == "cells":
            return self._matched(question, rows, k, matched)
        if ranking == "expanded":
            near = augmented(self._scattered[rows].astype(np.float32))
            scores = question.joined(lambda asked: near @ expanded(asked.descriptor, near))
        else:
            scores = question.joined(lambda asked: self._scores(asked, rows, ranking))
        best = best_first(scores, k)
        return self._hits(question, rows[best], scores[best])

    def _hits(self, question: Question[Asked], rows: NDArray[np.int64], scores: NDArray[np.float32]) -> tuple[Hit, ...]:
        distances = hamming(self._codes[rows], question.wanted[0].code)
        ids = self._ids[rows].tolist()
        found = zip(ids, scores.tolist(), distances.tolist(), strict=True)
        known = [(record, *values) for photo, *values in found if (record := self._photos.get(photo)) is not None]
        return tuple(Hit(rank, *values) for rank, values in enumerate(known, start=1))

    def _candidates(self, asked: Asked, wanted: int, ranking: str) -> NDArray[np.int64]:
        """The rows that are scored for one example."""
        if ranking == "cosine":
            best = best_first(self._all_cosines(asked.descriptor), wanted)
            return best if self._rows is None else self._rows[best]
        if ranking in ("windows", "cells"):
            return self._nearest_windows(asked.code, wanted if ranking == "windows" else max(wanted, SHORTLIST))
        return self._index.nearest(asked.code, wanted if ranking == "hamming" else max(wanted, SHORTLIST))[0]

    def _scores(self, asked: Asked, rows: NDArray[np.int64], ranking: str) -> NDArray[np.float32]:
        """The scores of some rows for one example."""
        if ranking == "hamming":
            return self._equal_bits(hamming(self._codes[rows], asked.code))
        if ranking == "windows":
            return self._equal_bits(self._least_distances(asked, rows))
        return cosines(self._scattered[rows], asked.descriptor)

    def _equal_bits(self, distances: NDArray[np.int64]) -> NDArray[np.float32]:
        return np.asarray(1 - distances / (8 * self._codes.shape[1]), dtype=np.float32)

    def _nearest_windows(self, code: NDArray[np.uint8], wanted: int) -> NDArray[np.int64]:
        """At most ``wanted`` rows by the least distance of the photo's own code and those of its windows."""
        if isinstance(self._index, SourceIndex):
            return self._index.nearest(code, wanted, windows=True)[0]
        rows, distances = self._index.nearest(code, wanted)
        if self._windows is not None and self._window_index is not None:
            parts = self._windows.shape[1]
            windows, found = self._window_index.nearest(code, wanted * parts)
            rows, distances = np.concatenate([rows, windows // parts]), np.concatenate([distances, found])
        rows = rows[np.lexsort((rows, distances))]
        photos, first = np.unique(rows, return_index=True)
        return photos[np.argsort(first, kind="stable")[:wanted]]

    def _least_distances(self, asked: Asked, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """For each row the least distance of the photo's own code and those of its windows."""
        least = hamming(self._codes[rows], asked.code)
        if self._windows is not None:
            least = np.minimum(least, hamming(self._windows[rows], asked.code).min(axis=1))
        return least

    def _prior(self, asked: Asked, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Scores by which photos are chosen for matching: the cosine, plus that estimated from the nearest code."""
        angles = np.pi * self._least_distances(asked, rows) / (8 * self._codes.shape[1])
        prior: NDArray[np.float32] = cosines(self._scattered[rows], asked.descriptor) + np.cos(angles, dtype=np.float32)
        return prior

    def _matched(self, question: Question[Asked], rows: NDArray[np.int64], k: int, matched: int) -> tuple[Hit, ...]:
        """The best ``k`` hits; the cells of the first ``matched`` rows are matched."""
        # All candidates take part, so that the first hits do not depend on k.
        rows = rows[best_first(question.joined(lambda asked: self._prior(asked, rows)), len(rows))]
        photos = self._ids[rows[:matched]].tolist()
        self._vectors.expect(photos)
        stored = [question.wanted[0].stored(photo) for photo in photos]
        found = {id(asked): [_compared(asked, cells) for cells in stored] for asked in question.examples}

        def score(asked: Asked) -> NDArray[np.float32]:
            scores = COSINE * cosines(self._scattered[rows], asked.descriptor)
            scores[: len(photos)] += [one.likeness + one.placed for one in found[id(asked)]]
            return scores / np.float32(PARTS)

        scores = question.joined(score)
        order = best_first(scores, len(rows))
        if any(asked.boxed for asked in question.wanted):
            scores, rows = scores[order], rows[order]
            near = np.asarray(self._scattered[rows[:DIFFUSED]], dtype=np.float32)
            scores = np.concatenate([diffused(scores[:DIFFUSED], near), scores[DIFFUSED:] * np.float32(ALONE)])
            order = best_first(scores, len(rows))
        order = order[:k]
        of_each = zip(*(found[id(asked)] for asked in question.wanted), strict=True)
        best = (max(ones, key=lambda one: one.placed) for ones in of_each)
        areas = {photo: (one.area, cells.shape) for photo, one, cells in zip(photos, best, stored, strict=True) if cells}
        return tuple(_with_box(hit, areas) for hit in self._hits(question, rows[order], scores[order]))


def _compared(asked: Asked, stored: Cells | None) -> Agreement:
    return agreement(asked.cells, stored) if stored is not None and asked.cells is not None else NOTHING


def _with_box(hit: Hit, areas: Mapping[int, tuple[Area | None, tuple[int, int]]]) -> Hit:
    """The hit with the box in which its cells match, if they were compared."""
    if hit.photo.id not in areas:
        return hit
    area, shape = areas[hit.photo.id]
    return replace(hit, matched_box=_on_photo(area, shape, hit.photo))


def _on_photo(area: Area | None, shape: tuple[int, int], photo: PhotoRecord) -> Box | None:
    """An area of a grid as a box on the photo, in pixels."""
    if area is None or not photo.width:
        return None
    # A grid may end within its last row or column of cells; the longer side gives the better estimate of a cell's size.
    cell = max(photo.width, photo.height) / max(shape)
    row0, column0, row1, column1 = (value * cell for value in area)
    box = Box(column0, row0, column1, row1).clipped(photo.width, photo.height)
    return box if box.width > 0 and box.height > 0 else None
