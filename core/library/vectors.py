"""The vectors of a library's photos, as arrays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class LibraryVectors:
    """What a library holds of each photo, in memory or in files that are mapped into it (``core.library.vector_files``).

    Attributes:
        ids: (N,) photo ids, ascending.
        descriptors: (N, D) float16.
        codes: (N, L / 8) uint8.
        windows: (N, W, L / 8) uint8; None when the library has none.
        scattered: ``descriptors`` as they are best read where a few rows are wanted; None: no other way.
        intact: whether the mapped files are still as long as they were.  Reading beyond the end of a file that was cut
            short meanwhile ends the program (SIGBUS), so whoever keeps these arrays asks before each use.
    """

    ids: NDArray[np.int64]
    descriptors: NDArray[np.float16]
    codes: NDArray[np.uint8]
    windows: NDArray[np.uint8] | None = None
    scattered: NDArray[np.float16] | None = None
    intact: Callable[[], bool] = lambda: True
