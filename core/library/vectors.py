"""The vectors of a library's photos, as arrays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class LibraryVectors:
    """The vectors of each photo of a library, in memory or in memory-mapped files (``core.library.vector_files``).

    Attributes:
        ids: (N,) photo ids, ascending.
        descriptors: (N, D) float16.
        codes: (N, L / 8) uint8.
        windows: (N, W, L / 8) uint8; None if the library has no windows.
        scattered: ``descriptors`` mapped for reading single rows; None: use ``descriptors``.
        intact: whether the mapped files still have their length.  Reading beyond the end of a truncated file kills the
            program (SIGBUS), so keepers of these arrays must check this before each use.
    """

    ids: NDArray[np.int64]
    descriptors: NDArray[np.float16]
    codes: NDArray[np.uint8]
    windows: NDArray[np.uint8] | None = None
    scattered: NDArray[np.float16] | None = None
    intact: Callable[[], bool] = lambda: True
