"""Generalised max pooling: a vector equally similar to every feature (paper IV-C; Murray and Perronnin, CVPR 2014)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def gmp_weights(embedded: NDArray[np.floating], regularisation: float = 1.0) -> NDArray[np.floating]:
    """Weights λ = (Φ Φ^T + r I)^-1 1, the dual form of  min_ψ ||Φ ψ - 1||² + r ||ψ||².

    r → 0 makes φ_i^T ψ = 1 for all i; r → ∞ is sum aggregation up to scale.

    Args:
        embedded: Φ, (n, D).
        regularisation: r > 0.

    Returns:
        λ, (n,); ψ = Σ λ_i φ_i.
    """
    features = embedded.astype(np.float64)
    gram = features @ features.T
    gram[np.diag_indices_from(gram)] += regularisation
    return np.asarray(np.linalg.solve(gram, np.ones(len(gram)))).astype(embedded.dtype)
