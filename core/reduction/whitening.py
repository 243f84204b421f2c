"""Whitening: of embedded features, with clamped eigenvalues (T-embedding, F-FAemb), and of the baselines' vectors."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from core.reduction.moments import l2_normalise, principal_directions
from core.util.errors import UserError


def clamp_eigenvalues(eigenvalues: NDArray[np.float64], clamped: int) -> NDArray[np.float64]:
    """Replace the last ``clamped`` of descending eigenvalues by the largest of them."""
    result = eigenvalues.copy()
    if len(result) >= clamped:
        result[-clamped:] = result[-clamped]
    return result


def whitening_matrix(eigenvalues: NDArray[np.float64], vectors: NDArray[np.float64], clamped: int) -> NDArray[np.float64]:
    """P = diag(λ^-1/2) E^T with clamped eigenvalues, (D, D), one direction a row; directions without variance are 0."""
    values = clamp_eigenvalues(eigenvalues, clamped)
    floor = max(values[0], 0.0) * np.finfo(np.float64).eps * len(values)
    scale = np.where(values > floor, 1 / np.sqrt(np.maximum(values, floor or 1.0)), 0.0)
    return scale[:, None] * vectors.T


class PcaWhitening:
    """y = diag(λ^-1/2) E_d^T (x - m), then L2: the usual post-processing of global descriptors (ALGORITHMS section 10).

    Attributes:
        mean_: (D,) float64.
        basis_: (D, d) float64, E_d diag(λ^-1/2).

    Source: Jégou and Chum, ECCV 2012.
    """

    ARRAYS: ClassVar[tuple[str, ...]] = ("mean", "basis")

    mean_: NDArray[np.float64]
    basis_: NDArray[np.float64]

    def __init__(self, dimension: int) -> None:
        self.dimension = dimension

    def fit(self, vectors: NDArray[np.floating]) -> PcaWhitening:
        """Learn from L2-normalised vectors of the held-out set, (N, D).

        Raises:
            UserError: fewer directions with variance than dimensions.
        """
        count, channels = vectors.shape
        if self.dimension > channels:
            raise UserError(f"whitening to {self.dimension} dimensions needs as many, the vectors have {channels}")
        self.mean_ = vectors.mean(axis=0, dtype=np.float64)
        eigenvalues, directions = principal_directions(vectors, self.mean_, self.dimension)
        known = int((eigenvalues > eigenvalues[0] * 1e-10).sum())
        if known < self.dimension:
            raise UserError(
                f"whitening to {self.dimension} dimensions needs more photos: {count} vectors span {known}",
                hint="Fit on more photos, or choose fewer dimensions.",
            )
        self.basis_ = directions / np.sqrt(eigenvalues)
        return self

    def transform(self, vectors: NDArray[np.floating]) -> NDArray[np.floating]:
        """(..., D) to (..., d), rows L2-normalised."""
        dtype = vectors.dtype
        return l2_normalise((vectors - self.mean_.astype(dtype, copy=False)) @ self.basis_.astype(dtype, copy=False))
