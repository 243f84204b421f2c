"""Exact Hamming search over packed codes (FAISS)."""

from __future__ import annotations

import faiss
import numpy as np
from numpy.typing import NDArray

# One thread: several, beside torch's and Qt's, make a single query up to a hundred times slower (DESIGN section 6).
faiss.omp_set_num_threads(1)


class CodeIndex:
    """Codes in the order they were given; a row's number is its place in that order.

    Args:
        codes: (N, L / 8) uint8, packed.
    """

    def __init__(self, codes: NDArray[np.uint8]) -> None:
        self._index = faiss.IndexBinaryFlat(8 * codes.shape[1])
        # The counting search keeps equal distances in the order of rows; the heap does not.
        self._index.use_heap = False  # type: ignore[attr-defined]
        self._index.add(np.ascontiguousarray(codes))
        stored = faiss.rev_swig_ptr(self._index.xb.data(), codes.size) if codes.size else codes  # type: ignore[attr-defined]
        self.codes: NDArray[np.uint8] = stored.reshape(codes.shape)
        """The codes as the index holds them: a view, no second copy; alive as long as this object."""
        self.codes.flags.writeable = False

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def nearest(self, code: NDArray[np.uint8], k: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The ``k`` rows nearest to a code and their distances, ascending, ties in the order of rows."""
        k = min(k, len(self))
        if k == 0:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        distances, rows = self._index.search(code[None], k)
        order = np.lexsort((rows[0], distances[0]))
        return rows[0][order].astype(np.int64), distances[0][order].astype(np.int64)
