"""Hamming search with codes that are not in memory (``core.library.vectors.CandidateSource``)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.library.vectors import LibraryVectors


class SourceIndex:
    """As ``core.search.ranking.codes.CodeIndex``; a row's number is its index in the library's ids.

    Args:
        vectors: with a source.
        rows: of the library's ids that are searched, ascending; None: all.
    """

    def __init__(self, vectors: LibraryVectors, rows: NDArray[np.int64] | None) -> None:
        self._ids, self._source, self._rows = vectors.ids, vectors.source, rows
        self._photos = None if rows is None else vectors.ids[rows]

    def __len__(self) -> int:
        return len(self._ids if self._rows is None else self._rows)

    def nearest(
        self, code: NDArray[np.uint8], k: int, windows: bool = False
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The ``k`` rows nearest to a code and their distances, ascending, ties in the order of rows.

        Args:
            windows: whether the codes of a photo's windows count too; the nearest does.
        """
        assert self._source is not None
        if not min(k, len(self)):
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        ids, distances = self._source.nearest(code, min(k, len(self)), self._photos, windows)
        rows = np.searchsorted(self._ids, ids)
        # Another version may have been published since the ids were read.
        known = (rows < len(self._ids)) & (self._ids[np.minimum(rows, len(self._ids) - 1)] == ids)
        return rows[known].astype(np.int64), distances[known]
