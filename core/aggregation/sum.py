"""Sum and average aggregation: every feature counts the same (paper IV-C)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def sum_weights(embedded: NDArray[np.floating]) -> NDArray[np.floating]:
    """Weights λ = 1 for each row of (n, D); ψ = Σ λ_i φ_i."""
    return np.ones(len(embedded), dtype=embedded.dtype)


def average_weights(embedded: NDArray[np.floating]) -> NDArray[np.floating]:
    """Weights λ = 1 / n for each row of (n, D)."""
    return sum_weights(embedded) / max(len(embedded), 1)
