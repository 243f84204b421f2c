"""F-FAemb: the fast function approximation embedding (paper IV-B, equations (7) and (8); Do and Cheung, TPAMI 2018)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

import numpy as np
from numpy.typing import NDArray

from core.embeddings.codebook import learn_codebook, training_rows
from core.embeddings.whitened import WhitenedEmbedding
from core.reduction.moments import l2_normalise
from core.util.progress import Ticket

LOCALITY = 1e-2
"""μ, the weight of the locality term."""

RUNS = 5
"""Runs of k-means of which the anchors with the lowest objective are kept."""

SAMPLES = 1_000_000
"""Largest number of features that are used to choose the best anchors."""


class FFAEmbedding(WhitenedEmbedding):
    """φ(x) = P (s(x) - m): second-order statistics of the normalised residuals, weighted by the coding coefficients.

    s(x) = [γ_1 V(r_1); ...; γ_k V(r_k)],  r_j = (x - v_j)/||x - v_j||,  V(r) the row-wise upper triangle of r r^T with the
    diagonal and without √2 off it; D = k d (d + 1) / 2.  The paper's equation (7) neither normalises r nor takes the
    triangle; the code does both (ALGORITHMS section 11, 5).  The last 129 eigenvalues are clamped: the covariance is
    singular, since Σ γ = 1 and tr(r r^T) = 1.
    """

    CLAMPED = 129

    @classmethod
    def dimension(cls, d: int, words: int) -> int:
        """D."""
        return words * d * (d + 1) // 2

    @classmethod
    def learn(cls, features: Sequence[NDArray[np.floating]], words: int, seed: int, ticket: Ticket) -> Self:
        """The anchors with the lowest objective of several runs of k-means (ALGORITHMS section 4)."""
        rows = training_rows(features, seed)
        chosen = np.random.default_rng(seed).permutation(len(rows))[:SAMPLES]
        runs = []
        for run in ticket.each(range(RUNS), RUNS, "learning anchors"):
            anchors = learn_codebook(rows, words, seed + run, runs=1, iterations=50)
            runs.append((objective(rows[chosen], anchors), run, anchors))
        return cls(min(runs)[2])

    def raw(self, features: NDArray[np.floating]) -> NDArray[np.floating]:
        """s: (n, d) to (n, k d (d + 1) / 2)."""
        anchors = self.codebook_.astype(features.dtype, copy=False)
        gamma = coefficients(features, anchors)
        residuals = l2_normalise(features[:, None, :] - anchors[None])
        rows, columns = np.triu_indices(features.shape[1])
        blocks = gamma[:, :, None] * residuals[:, :, rows] * residuals[:, :, columns]
        return np.asarray(blocks.reshape(len(features), anchors.shape[0] * len(rows)))


def coefficients(features: NDArray[np.floating], anchors: NDArray[np.floating]) -> NDArray[np.floating]:
    """γ of equation (8), in closed form, (n, k); rows sum to 1.

    min_γ ½||x - V γ||² + (μ/2) ||γ||² a(x)  subject to 1^T γ = 1,  with a(x) = Σ_j ||x - v_j||_1³.  With A = V^T V + μ a I:
    l = (1^T A^-1 V^T x - 1)/(1^T A^-1 1),  γ = A^-1 (V^T x - l 1).  Only a depends on x, so one eigendecomposition
    of V^T V serves all features.

    Args:
        features: (n, d).
        anchors: V^T, (k, d).
    """
    values, vectors = np.linalg.eigh(anchors @ anchors.T)
    inverse = 1 / (np.maximum(values, 0)[None] + LOCALITY * _locality(features, anchors)[:, None])
    products = (features @ anchors.T) @ vectors
    ones = vectors.sum(axis=0)
    multiplier = ((inverse * products * ones).sum(axis=1) - 1) / (inverse * ones**2).sum(axis=1)
    gamma: NDArray[np.floating] = (inverse * (products - multiplier[:, None] * ones)) @ vectors.T
    return gamma


def objective(features: NDArray[np.floating], anchors: NDArray[np.floating]) -> float:
    """½||V Γ - X||_F² + (μ/2) Σ_i ||γ_i||² a(x_i), by which the anchors of several k-means runs are compared."""
    gamma = coefficients(features, anchors)
    reconstruction = ((gamma @ anchors - features) ** 2).sum()
    locality = ((gamma**2).sum(axis=1) * _locality(features, anchors)).sum()
    return float(reconstruction / 2 + LOCALITY / 2 * locality)


def _locality(features: NDArray[np.floating], anchors: NDArray[np.floating]) -> NDArray[np.floating]:
    """a(x) = Σ_j ||x - v_j||_1³, (n,); one anchor after another, to spare memory."""
    cubes = [np.abs(features - anchor).sum(axis=1) ** 3 for anchor in anchors]
    return np.asarray(np.sum(cubes, axis=0))
