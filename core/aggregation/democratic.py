"""Democratic aggregation: every feature contributes the same to the photo's self-similarity (paper IV-C, equation (9))."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

ITERATIONS = 10


def democratic_weights(embedded: NDArray[np.floating], iterations: int = ITERATIONS) -> NDArray[np.floating]:
    """Weights λ with λ_i φ_i^T Σ_j λ_j φ_j ≈ 1 for all i, by a modified Sinkhorn iteration.

    G = max(Φ Φ^T, 0); repeated: δ = (row sums of G)^-1/2, G := diag(δ) G diag(δ), λ := λ δ.

    Args:
        embedded: Φ, (n, D), rows L2-normalised.  A null row gets the weight 0, where the authors' code makes the whole
            vector NaN and then 0 (ALGORITHMS section 6).
        iterations: the authors take 10.

    Returns:
        λ, (n,); ψ = Σ λ_i φ_i.

    Source: Jégou and Zisserman, CVPR 2014, section 4; the authors' ``democratic`` with exponent 0.5.
    """
    gram = embedded @ embedded.T
    np.maximum(gram, 0, out=gram)
    alive = np.diagonal(gram) > 0
    weights = alive.astype(embedded.dtype)
    # The scaled matrix is never formed: its row sums are λ * (G λ).
    for _ in range(iterations):
        sums = weights * (gram @ weights)
        weights = np.divide(weights, np.sqrt(sums), out=np.zeros_like(weights), where=alive)
    return weights
