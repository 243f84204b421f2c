"""Max aggregation: the largest value of each component (paper IV-C names it without results)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def max_pool(embedded: NDArray[np.floating]) -> NDArray[np.floating]:
    """ψ_j = max_i φ_ij: (n, D) to (D,); zeros when n is 0."""
    return embedded.max(axis=0) if len(embedded) else np.zeros(embedded.shape[1], dtype=embedded.dtype)
