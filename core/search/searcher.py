"""Rank the photos of a library for one description."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.geometry import Box
from core.hashing.bits import hamming
from core.records import RANKINGS, Hit, PhotoRecord
from core.search.codes import CodeIndex
from core.search.descriptors import best_first, cosines
from core.search.matching import Cells, agreement

SHORTLIST = 1000
"""Codes taken to be re-ranked by their descriptors."""

MATCHED = 100
"""Photos whose cells are matched."""

COSINE, PARTS = 0.5, 2.5
"""Weight of the cosine beside the two measures of ``matching``, and the largest sum of the three."""


@dataclass(frozen=True, eq=False)
class Asked:
    """A query as the searcher takes it: descriptor (D,), code (L / 8,) and, for matching, its cells.

    ``stored`` gives the kept cells of a photo of the library; None when it has none.
    """

    descriptor: NDArray[np.float32]
    code: NDArray[np.uint8]
    cells: Cells | None = None
    stored: Callable[[int], Cells | None] = lambda photo: None


@dataclass(frozen=True, eq=False)
class Vectors:
    """What a library holds of each photo, in memory.

    Attributes:
        ids: (N,) photo ids, ascending.
        descriptors: (N, D) float16.
        codes: (N, L / 8) uint8.
        windows: (N, W, L / 8) uint8; None when the library has none.
    """

    ids: NDArray[np.int64]
    descriptors: NDArray[np.float16]
    codes: NDArray[np.uint8]
    windows: NDArray[np.uint8] | None = None


class Searcher:
    """The vectors of a library in memory.  Does not change; make a new one when the library has.

    Args:
        photos: the records to show, by id.
    """

    def __init__(self, vectors: Vectors, photos: dict[int, PhotoRecord]) -> None:
        self._ids, self._descriptors, self._codes = vectors.ids, vectors.descriptors, vectors.codes
        self._photos = photos
        self._index = CodeIndex(vectors.codes)
        self._per_photo, self._window_index = 1, self._index
        if vectors.windows is not None:
            together = np.concatenate([vectors.codes[:, None], vectors.windows], axis=1)
            self._per_photo = together.shape[1]
            self._window_index = CodeIndex(together.reshape(-1, vectors.codes.shape[1]))

    def __len__(self) -> int:
        return len(self._ids)

    def stored(self, photo: int) -> tuple[NDArray[np.float32], NDArray[np.uint8]] | None:
        """Descriptor and code of a photo of the library; None when it has none."""
        row = int(np.searchsorted(self._ids, photo))
        if row >= len(self._ids) or self._ids[row] != photo:
            return None
        return self._descriptors[row].astype(np.float32), self._codes[row]

    def descriptors(self, photos: Sequence[int]) -> NDArray[np.float32]:
        """The descriptors of some photos of the library, (len(photos), D)."""
        rows = np.searchsorted(self._ids, np.asarray(photos, dtype=np.int64))
        return np.asarray(self._descriptors[rows], dtype=np.float32)

    def rank(self, asked: Asked, k: int, ranking: str, leave_out: Collection[int] = ()) -> tuple[Hit, ...]:
        """The best ``k`` photos, without those of ``leave_out`` (photo ids).

        Args:
            ranking: ``hamming``, ``cosine``, ``rerank``: cosine over the ``SHORTLIST`` photos of least distance,
                ``windows``: the least distance of a photo's code and those of its windows, or ``cells``: a shortlist by
                windows and cosine whose first ``MATCHED`` are ordered by their cells (without cells: as ``rerank``).

        Raises:
            UserError: no such ranking.
        """
        if ranking not in RANKINGS:
            raise UserError(f"there is no ranking '{ranking}'", "--ranking", f"There are: {', '.join(RANKINGS)}.")
        wanted = k + len(leave_out)
        if ranking == "cells" and asked.cells is not None:
            return self._matched(asked, wanted, leave_out)[:k]
        rows, scores = self._ranked(asked, wanted, ranking)
        return self._hits(asked, rows, scores, leave_out)[:k]

    def _hits(
        self, asked: Asked, rows: NDArray[np.int64], scores: NDArray[np.float32], leave_out: Collection[int]
    ) -> tuple[Hit, ...]:
        distances = hamming(self._codes[rows], asked.code)
        hits: list[Hit] = []
        for row, score, distance in zip(rows.tolist(), scores.tolist(), distances.tolist(), strict=True):
            photo = int(self._ids[row])
            if photo not in leave_out and photo in self._photos:
                hits.append(Hit(len(hits) + 1, self._photos[photo], score, distance))
        return tuple(hits)

    def _ranked(self, asked: Asked, wanted: int, ranking: str) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Rows, best first, and their scores."""
        if ranking == "cosine":
            scores = cosines(self._descriptors, asked.descriptor)
            rows = best_first(scores, wanted)
            return rows, scores[rows]
        if ranking == "hamming":
            rows, distances = self._index.nearest(asked.code, wanted)
            return rows, self._equal_bits(distances)
        if ranking == "windows":
            rows, distances = self._nearest_windows(asked.code, wanted)
            return rows, self._equal_bits(distances)
        shortlist = np.sort(self._index.nearest(asked.code, max(wanted, SHORTLIST))[0])
        scores = cosines(self._descriptors[shortlist], asked.descriptor)
        best = best_first(scores, wanted)
        return shortlist[best], scores[best]

    def _equal_bits(self, distances: NDArray[np.int64]) -> NDArray[np.float32]:
        return np.asarray(1 - distances / (8 * self._codes.shape[1]), dtype=np.float32)

    def _nearest_windows(self, code: NDArray[np.uint8], wanted: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """At least ``wanted`` rows by the least distance of one of their codes, and these distances."""
        rows, distances = self._window_index.nearest(code, wanted * self._per_photo)
        photos, first = np.unique(rows // self._per_photo, return_index=True)
        order = np.argsort(first, kind="stable")[:wanted]
        return photos[order], distances[first[order]]

    def _matched(self, asked: Asked, wanted: int, leave_out: Collection[int]) -> tuple[Hit, ...]:
        """Hits whose first ``MATCHED`` are ordered by cosine and cells."""
        rows, distances = self._nearest_windows(asked.code, max(wanted, SHORTLIST))
        scores = cosines(self._descriptors[rows], asked.descriptor)
        # The angle that a distance of codes stands for makes the two comparable.
        near = np.cos(np.pi * distances / (8 * self._codes.shape[1]))
        order = best_first((scores + near).astype(np.float32), wanted)
        hits = self._hits(asked, rows[order], COSINE * scores[order] / PARTS, leave_out)
        matched = [_with_cells(hit, asked) for hit in hits[:MATCHED]]
        ordered = sorted((*matched, *hits[MATCHED:]), key=lambda hit: -hit.score)
        return tuple(replace(hit, rank=rank) for rank, hit in enumerate(ordered, start=1))


def _with_cells(hit: Hit, asked: Asked) -> Hit:
    """The hit with what its cells add to its score, and where they agree."""
    stored = asked.stored(hit.photo.id)
    if stored is None or asked.cells is None:
        return hit
    found = agreement(asked.cells, stored)
    score = hit.score + (found.likeness + found.placed) / PARTS
    return replace(hit, score=score, place=_on_photo(found.place, stored.shape, hit.photo))


def _on_photo(place: tuple[float, float, float, float] | None, shape: tuple[int, int], photo: PhotoRecord) -> Box | None:
    """A place on a grid as a box on the photo, in pixels."""
    if place is None or not photo.width:
        return None
    # The last cells of a grid may not fill their row or column: the longer side tells a cell's size best.
    cell = max(photo.width, photo.height) / max(shape)
    row0, column0, row1, column1 = (value * cell for value in place)
    box = Box(column0, row0, column1, row1).clipped(photo.width, photo.height)
    return box if box.width > 0 and box.height > 0 else None
