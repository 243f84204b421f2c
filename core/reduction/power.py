"""Power law: y -> sign(y) |y|^alpha, then L2 (paper IV-D; ALGORITHMS section 7)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.reduction.moments import l2_normalise


def power_law(vectors: NDArray[np.floating], alpha: float = 0.5) -> NDArray[np.floating]:
    """Reduce the weight of large components, then normalise each row; null rows stay null.

    The paper applies this before the rotation; the authors' code, and the describer here, after rotation and truncation
    (ALGORITHMS section 11, 1).  With ``alpha`` 0 only the signs remain, and sign(0) = 0.

    Args:
        vectors: (..., D).
        alpha: exponent in [0, 1].
    """
    return l2_normalise(np.sign(vectors) * np.abs(vectors) ** np.asarray(alpha, dtype=vectors.dtype))
