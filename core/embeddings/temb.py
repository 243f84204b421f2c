"""T-embedding: triangulation against a codebook (paper IV-B, equation (6); Jégou and Zisserman, CVPR 2014)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.reduction.moments import Moments, descending_eigh, l2_normalise

CLAMPED = 33
"""The authors replace the last 33 eigenvalues by the 33rd smallest (ALGORITHMS section 5.3); the paper is silent."""


class TEmbedding:
    """φ(x) = P (R(x) - m), with R the normalised residuals to every word and P the whitening of R; then L2.

    R(x) = [(x - c_1)/||x - c_1||; ...; (x - c_k)/||x - c_k||], D = k d.  P = diag(λ^-1/2) E^T over all D directions, with
    the smallest eigenvalues clamped.  Nothing is truncated here: truncation follows the rotation.

    Attributes:
        codebook_: (k, d) float64.
        mean_: (D,) float64, of R over the training features.
        whitening_: (D, D) float64, P; one direction a row.
        eigenvalues_: (D,) float64, of the scatter of R before clamping, descending.
    """

    mean_: NDArray[np.float64]
    whitening_: NDArray[np.float64]
    eigenvalues_: NDArray[np.float64]

    def __init__(self, codebook: NDArray[np.float64]) -> None:
        self.codebook_ = codebook

    def residuals(self, features: NDArray[np.floating]) -> NDArray[np.floating]:
        """R: (n, d) to (n, k d).  A feature equal to a word gets a zero block there (NaN in the authors' code)."""
        differences = features[:, None, :] - self.codebook_.astype(features.dtype, copy=False)[None]
        return l2_normalise(differences).reshape(len(features), -1)

    def fit(self, moments: Moments) -> TEmbedding:
        """Learn mean and whitening from the moments of ``residuals`` of the training features.

        The scatter is not divided by the number of features, as in the authors' ``triemb_learn``; L2 removes the scale.
        """
        self.mean_ = moments.mean
        self.eigenvalues_, vectors = descending_eigh(moments.scatter)
        self.whitening_ = whitening(self.eigenvalues_, vectors)
        return self

    def whiten(self, residuals: NDArray[np.floating]) -> NDArray[np.floating]:
        """P (R - m), before normalisation: (n, D) to (n, D)."""
        dtype = residuals.dtype
        return (residuals - self.mean_.astype(dtype, copy=False)) @ self.whitening_.T.astype(dtype, copy=False)

    def transform(self, features: NDArray[np.floating]) -> NDArray[np.floating]:
        """(n, d) L2-normalised features to (n, D) embedded ones, rows L2-normalised."""
        return l2_normalise(self.whiten(self.residuals(features)))


def clamp_eigenvalues(eigenvalues: NDArray[np.float64], clamped: int = CLAMPED) -> NDArray[np.float64]:
    """Replace the last ``clamped`` of descending eigenvalues by the largest of them: λ_i := λ_{D-32} for i >= D-32."""
    result = eigenvalues.copy()
    if len(result) >= clamped:
        result[-clamped:] = result[-clamped]
    return result


def whitening(eigenvalues: NDArray[np.float64], vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    """P = diag(λ^-1/2) E^T with clamped eigenvalues, (D, D), one direction a row; directions without variance are 0."""
    values = clamp_eigenvalues(eigenvalues)
    floor = max(values[0], 0.0) * np.finfo(np.float64).eps * len(values)
    scale = np.where(values > floor, 1 / np.sqrt(np.maximum(values, floor or 1.0)), 0.0)
    return scale[:, None] * vectors.T
