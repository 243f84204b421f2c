"""Exact Hamming search over packed codes with FAISS; its speed is limited by reading memory."""

from __future__ import annotations

import faiss
import numpy as np
from numpy.typing import NDArray

# One thread: several, beside torch's and Qt's, make a single query up to a hundred times slower.
faiss.omp_set_num_threads(1)

FEW = 0.25
"""Filtered codes are copied up to this share of all, so that a search reads no others."""

SPARE = 2.0
"""If more pass the filter, this many times the rows that should contain enough of them are searched."""

MANY = 8
"""If k is at least an eighth of the codes, all are sorted, as FAISS would need memory for every row at every distance."""


class CodeIndex:
    """Codes in the order they were given; a row's number is its index in that order.

    Args:
        codes: (N, L / 8) uint8, packed; not copied, as they may be a memory-mapped file.
        rows: of ``codes`` that are searched, ascending; None: all.
    """

    def __init__(self, codes: NDArray[np.uint8], rows: NDArray[np.int64] | None = None) -> None:
        self.codes: NDArray[np.uint8] = np.asarray(codes)
        self._rows = rows
        self._copy: NDArray[np.uint8] | None = None
        if rows is not None and len(rows) <= FEW * len(codes):
            self._copy = self.codes[rows]

    def __len__(self) -> int:
        return len(self.codes) if self._rows is None else len(self._rows)

    def nearest(self, code: NDArray[np.uint8], k: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The ``k`` rows nearest to a code and their distances, ascending, ties in the order of rows."""
        k = min(k, len(self))
        if self._rows is None or k == 0:
            return _nearest(self.codes, code, k)
        if self._copy is None:
            wanted = int(SPARE * k * len(self.codes) / len(self._rows))
            rows, distances = _nearest(self.codes, code, min(wanted, len(self.codes)))
            passing = self._rows[np.searchsorted(self._rows[:-1], rows)] == rows
            if passing.sum() >= k:
                return rows[passing][:k], distances[passing][:k]
            self._copy = self.codes[self._rows]  # few of the nearest codes pass the filter
        rows, distances = _nearest(self._copy, code, k)
        return self._rows[rows], distances


def _nearest(codes: NDArray[np.uint8], code: NDArray[np.uint8], k: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    if k == 0:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    if k * MANY >= len(codes):
        distances = _distances(codes, code)
        order = np.argsort(distances, kind="stable")[:k]
        return order, distances[order].astype(np.int64)
    # The counting variant keeps equal distances in the order of rows; the heap does not.
    found, rows = faiss.knn_hamming(code[None], codes, k, variant="mc")
    order = np.lexsort((rows[0], found[0]))
    return rows[0][order].astype(np.int64), found[0][order].astype(np.int64)


def _distances(codes: NDArray[np.uint8], code: NDArray[np.uint8]) -> NDArray[np.uint16]:
    """The distance of each code, (N,); 16 bits if possible, as a stable sort of these is fast."""
    found = np.empty(len(codes), dtype=np.int32)
    pointers = (faiss.swig_ptr(np.ascontiguousarray(array)) for array in (code, codes))
    faiss.hammings(*pointers, 1, len(codes), codes.shape[1], faiss.swig_ptr(found))  # type: ignore[attr-defined]
    return found.astype(np.uint16 if 8 * codes.shape[1] < 1 << 16 else np.int32)
