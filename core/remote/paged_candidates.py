"""Exact candidates from an engine that answers with at most some thousand codes, and cuts ties as it likes.

The engine holds every code of every photo (its own, and those of its windows).  Its answers are read in pages of rising
distance; the last distance of a page is asked for alone, so that no tie is lost; then the least code of each photo counts.
So the photos and their order are those of the file's search, with ties by id.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

MOST = 16_384
"""Most codes of an answer: Milvus's own limit."""

AMONG = 50_000
"""Photos of a filter that one request names."""

Bounds = tuple[int, int]
"""Half-open."""


class CodeEngine(Protocol):
    """Finds codes."""

    def nearest(
        self, code: bytes, limit: int, own: bool, distances: Bounds, photos: NDArray[np.int64] | Bounds | None
    ) -> NDArray[np.int64]:
        """The photos and distances, (n, 2), of up to ``limit`` codes nearest to a code, ascending by distance.

        Args:
            own: only codes of whole photos.
            distances: only codes at such distances.
            photos: only codes of these photos, or of photos with ids in these bounds; None: of all.
        """


class PagedSource:
    """Candidates of a ``CodeEngine``; see ``core.library.vectors.CandidateSource``.

    Args:
        known: ids of the photos that the library shows, ascending; the engine may hold others.
        bits: length of a code; ``parts``: number of windows of a photo.
        most: most codes of an answer of the engine.
    """

    def __init__(self, engine: CodeEngine, known: NDArray[np.int64], bits: int, parts: int, most: int = MOST) -> None:
        self._engine, self._known, self._bits, self._parts, self._most = engine, known, bits, parts, most

    def nearest(
        self, code: NDArray[np.uint8], k: int, photos: NDArray[np.int64] | None, windows: bool
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """See ``core.library.vectors.CandidateSource``."""
        asked = np.asarray(code, dtype=np.uint8).tobytes()
        if photos is None:
            found = [self._among(asked, k, windows, None)]
        else:
            starts = range(0, len(photos), AMONG)
            found = [self._among(asked, k, windows, photos[start : start + AMONG]) for start in starts]
        ids, distances = np.concatenate(found or [np.zeros((0, 2), np.int64)]).T
        order = np.lexsort((ids, distances))[:k]
        return ids[order], distances[order]

    def _among(self, code: bytes, k: int, windows: bool, photos: NDArray[np.int64] | None) -> NDArray[np.int64]:
        """The nearest photos, (n, 2), with their distances, ascending, ties by id."""
        limit = min(self._most, k * (1 + self._parts if windows else 1))
        best, start = np.zeros((0, 2), np.int64), 0
        while True:
            page = self._engine.nearest(code, limit, not windows, (start, self._bits + 1), photos)
            last = int(page[-1, 1]) if len(page) else 0
            best = self._least(best, page)
            if len(page) < limit:
                return best[:k]
            if (best[:, 1] < last).sum() < k:  # ties at the last distance may have been cut
                best = self._least(best, self._all_at(code, not windows, last, photos))
            if len(best) >= k:
                return best[:k]
            start = last + 1

    def _all_at(
        self, code: bytes, own: bool, distance: int, photos: NDArray[np.int64] | Bounds | None
    ) -> NDArray[np.int64]:
        """All codes at a distance; where an answer is full, asked for by halves of the photos."""
        at = (distance, distance + 1)
        page = self._engine.nearest(code, self._most, own, at, photos)
        if len(page) < self._most:
            return page
        if isinstance(photos, tuple):
            middle = sum(photos) // 2
            halves: list[NDArray[np.int64] | Bounds] = [(photos[0], middle), (middle, photos[1])]
            whole = middle == photos[0]
        elif photos is not None:
            halves, whole = [photos[: len(photos) // 2], photos[len(photos) // 2 :]], len(photos) == 1
        else:
            return self._all_at(code, own, distance, (int(self._known[0]), int(self._known[-1]) + 1))
        return page if whole else np.concatenate([self._all_at(code, own, distance, half) for half in halves])

    def _least(self, best: NDArray[np.int64], page: NDArray[np.int64]) -> NDArray[np.int64]:
        """Each known photo once, with its least distance; ascending, ties by id."""
        every = np.concatenate([best, page])
        every = every[np.isin(every[:, 0], self._known)]
        every = every[np.lexsort((every[:, 1], every[:, 0]))]
        _, first = np.unique(every[:, 0], return_index=True)
        every = every[first]
        return every[np.lexsort((every[:, 0], every[:, 1]))]
