"""Rotation normalisation (RN) of aggregated vectors, and the truncation after it (paper IV-D; ALGORITHMS section 7)."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from core.reduction.moments import principal_directions
from core.util.errors import UserError

NOISE = 1e-9
"""A direction with less variance than this share of the first one's was not learnt."""

MAX_DIRECTIONS = 1024
"""The authors learn at most this many principal directions and complete the rest."""


class Rotation:
    """y = P^T (ψ - m), then the first t components, those of largest variance, are dropped.

    The paper calls P a whitening matrix and truncates after aggregation; the code rotates without scaling, and truncates
    the rotated vector (ALGORITHMS section 11, 2 and 3), as here.  P holds the principal directions, at most 1024,
    completed to a basis by Gram-Schmidt with e_1, e_2, ...

    Attributes:
        mean_: (D,) float64.
        basis_: (D, D) float64, orthogonal, one direction a column.
        eigenvalues_: (min(1024, D, ...),) float64 variances of the learnt directions, descending.
    """

    ARRAYS: ClassVar[tuple[str, ...]] = ("mean", "basis")

    mean_: NDArray[np.float64]
    basis_: NDArray[np.float64]
    eigenvalues_: NDArray[np.float64]

    def __init__(self, truncate: int) -> None:
        self.truncate = truncate

    def fit(self, vectors: NDArray[np.floating]) -> Rotation:
        """Learn from L2-normalised aggregated training vectors, (N, D).

        Raises:
            UserError: fewer than two vectors.
        """
        count, dimension = vectors.shape
        if count < 2:
            raise UserError("the rotation needs at least two photos to learn from", hint="Give more photos.")
        self.mean_ = vectors.mean(axis=0, dtype=np.float64)
        self.eigenvalues_, directions = principal_directions(vectors, self.mean_, min(MAX_DIRECTIONS, dimension))
        self.basis_ = _completed(directions)
        return self

    def truncated(self, truncate: int, photos: int) -> Rotation:
        """The same, but for what is dropped; of a rotation that drops nothing, learnt on so many photos.

        Few photos span few directions, and the leading ones would be nearly all of those, whatever their windows add: then
        the same share of what photos span is dropped as of all when they span all, and the rest of what is to be dropped
        are the last directions.
        """
        dimension = len(self.mean_)
        learnt = int((self.eigenvalues_ > self.eigenvalues_[0] * NOISE).sum())
        learnt = min(learnt, photos - 1)
        leading = min(truncate, round(truncate * learnt / min(dimension, MAX_DIRECTIONS)))
        kept = dimension - truncate
        order = np.concatenate(
            [np.arange(leading), np.arange(leading + kept, dimension), np.arange(leading, leading + kept)]
        )
        cut = Rotation(truncate)
        cut.mean_, cut.eigenvalues_ = self.mean_, self.eigenvalues_
        cut.basis_ = self.basis_[:, order]
        return cut

    def transform(self, vectors: NDArray[np.floating]) -> NDArray[np.floating]:
        """(..., D) to (..., D - t)."""
        dtype = vectors.dtype
        return (vectors - self.mean_.astype(dtype, copy=False)) @ self.basis_[:, self.truncate :].astype(dtype, copy=False)


def _completed(directions: NDArray[np.float64]) -> NDArray[np.float64]:
    """Orthonormal columns followed by the Gram-Schmidt completion from e_1, e_2, ... (QR, with its signs undone)."""
    dimension, known = directions.shape
    stacked = np.hstack([directions, np.eye(dimension)[:, : dimension - known]])
    basis, triangle = np.linalg.qr(stacked)
    return basis * np.where(np.diag(triangle) < 0, -1.0, 1.0)
