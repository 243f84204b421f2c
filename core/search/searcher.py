"""Rank the photos of a library for one description."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.hashing.bits import hamming
from core.records import RANKINGS, Hit, PhotoRecord
from core.search.codes import CodeIndex
from core.search.descriptors import best_first, cosines

SHORTLIST = 1000
"""Codes taken to be re-ranked by their descriptors."""


class Searcher:
    """The vectors of a library in memory.  Does not change; make a new one when the library has.

    Args:
        ids: (N,) photo ids.
        descriptors: (N, D) float16.
        codes: (N, L / 8) uint8.
        photos: the records to show, by id.
    """

    def __init__(
        self,
        ids: NDArray[np.int64],
        descriptors: NDArray[np.float16],
        codes: NDArray[np.uint8],
        photos: dict[int, PhotoRecord],
    ) -> None:
        self._ids, self._descriptors, self._codes, self._photos = ids, descriptors, codes, photos
        self._index = CodeIndex(codes)

    def __len__(self) -> int:
        return len(self._ids)

    def stored(self, photo: int) -> tuple[NDArray[np.float32], NDArray[np.uint8]] | None:
        """Descriptor and code of a photo of the library; None when it has none."""
        row = int(np.searchsorted(self._ids, photo))
        if row >= len(self._ids) or self._ids[row] != photo:
            return None
        return self._descriptors[row].astype(np.float32), self._codes[row]

    def rank(
        self,
        descriptor: NDArray[np.float32],
        code: NDArray[np.uint8],
        k: int,
        ranking: str,
        leave_out: Collection[int] = (),
    ) -> tuple[Hit, ...]:
        """The best ``k`` photos, without those of ``leave_out`` (photo ids).

        Args:
            ranking: ``hamming``, ``cosine``, or ``rerank``: cosine over the ``SHORTLIST`` photos of least distance.

        Raises:
            UserError: no such ranking.
        """
        if ranking not in RANKINGS:
            raise UserError(f"there is no ranking '{ranking}'", "--ranking", f"There are: {', '.join(RANKINGS)}.")
        wanted = k + len(leave_out)
        rows, scores = self._ranked(descriptor, code, wanted, ranking)
        distances = hamming(self._codes[rows], code)
        hits: list[Hit] = []
        for row, score, distance in zip(rows.tolist(), scores.tolist(), distances.tolist(), strict=True):
            photo = int(self._ids[row])
            if photo not in leave_out and photo in self._photos:
                hits.append(Hit(len(hits) + 1, self._photos[photo], score, distance))
        return tuple(hits[:k])

    def _ranked(
        self, descriptor: NDArray[np.float32], code: NDArray[np.uint8], wanted: int, ranking: str
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Rows, best first, and their scores."""
        if ranking == "cosine":
            scores = cosines(self._descriptors, descriptor)
            rows = best_first(scores, wanted)
            return rows, scores[rows]
        if ranking == "hamming":
            rows, distances = self._index.nearest(code, wanted)
            return rows, (1 - distances / (8 * self._codes.shape[1])).astype(np.float32)
        shortlist = np.sort(self._index.nearest(code, max(wanted, SHORTLIST))[0])
        scores = cosines(self._descriptors[shortlist], descriptor)
        best = best_first(scores, wanted)
        return shortlist[best], scores[best]
