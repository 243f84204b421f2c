"""PCA of local features (paper IV-A): x_d = U_d^T (x - m), then L2."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from core.reduction.moments import Moments, descending_eigh, l2_normalise
from core.util.errors import UserError


class Pca:
    """Projection on the d directions of largest variance of the masked training features.

    The paper writes M_PCA x; the authors' code subtracts the mean, and so does this.  No L2 before, no whitening
    (ALGORITHMS sections 3 and 11, 8).

    Attributes:
        mean_: (K,) float64.
        basis_: (K, d) float64, orthonormal columns in descending order of variance.
        eigenvalues_: (K,) float64, variances in all directions, descending.
    """

    ARRAYS: ClassVar[tuple[str, ...]] = ("mean", "basis")

    mean_: NDArray[np.float64]
    basis_: NDArray[np.float64]
    eigenvalues_: NDArray[np.float64]

    def __init__(self, dimension: int) -> None:
        self.dimension = dimension

    def fit(self, moments: Moments) -> Pca:
        """Learn from the moments of the training features.

        Raises:
            UserError: fewer channels than dimensions, or fewer features than dimensions.
        """
        channels = len(moments.mean)
        if self.dimension > channels:
            raise UserError(f"PCA to {self.dimension} dimensions needs as many channels, the grid has {channels}")
        if moments.count <= self.dimension:
            raise UserError(
                f"PCA to {self.dimension} dimensions needs more than {moments.count} features", hint="Give more photos."
            )
        self.mean_ = moments.mean
        self.eigenvalues_, vectors = descending_eigh(moments.scatter / moments.count)
        self.basis_ = vectors[:, : self.dimension]
        return self

    def project(self, features: NDArray[np.floating]) -> NDArray[np.floating]:
        """(n, K) to (n, d), before normalisation."""
        dtype = features.dtype
        return (features - self.mean_.astype(dtype, copy=False)) @ self.basis_.astype(dtype, copy=False)

    def transform(self, features: NDArray[np.floating]) -> NDArray[np.floating]:
        """(n, K) to (n, d), rows L2-normalised; a null row stays null."""
        return l2_normalise(self.project(features))
