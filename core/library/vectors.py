"""The vectors of a library's photos, as arrays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class CandidateSource(Protocol):
    """Finds the nearest codes elsewhere than in this process's memory: exact, and with any filter."""

    def nearest(
        self, code: NDArray[np.uint8], k: int, photos: NDArray[np.int64] | None, windows: bool
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The ids of the ``k`` photos nearest to a code and their distances, ascending, ties by id.

        Args:
            code: (L / 8,) uint8.
            photos: ids of the photos that take part; None: all that the library shows.
            windows: whether the nearest of a photo's own code and those of its windows counts, else its own alone.
        """


def _nobody(photos: Sequence[int]) -> None:
    """Prepare nothing."""


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
        source: finds candidates where the codes are; None: they are searched here.
        expect: called with the photos whose cells are read next, so that they can be fetched together.
    """

    ids: NDArray[np.int64]
    descriptors: NDArray[np.float16]
    codes: NDArray[np.uint8]
    windows: NDArray[np.uint8] | None = None
    scattered: NDArray[np.float16] | None = None
    intact: Callable[[], bool] = lambda: True
    source: CandidateSource | None = None
    expect: Callable[[Sequence[int]], None] = _nobody
