"""The ranking ``expanded``: hits and query are replaced by weighted averages with their nearest descriptors.

With x_i the descriptors of a shortlist, q the query, N_n(y) the n of them that are nearest to y, and
w(y, x) = max(0, yᵀx)^α,

    x_i' = Σ_{j in N_n(x_i)} w(x_i, x_j) x_j      database-side augmentation; x_i is its own nearest
    q'   = q + Σ_{i in N_m(q)} w(q, x_i') x_i'    query expansion

each L2-normalised, and photos are ranked by q'ᵀ x_i'.  α = 0 is average query expansion (Chum, Philbin, Sivic, Isard and
Zisserman, ICCV 2007) and database-side augmentation (Arandjelović and Zisserman, CVPR 2012), larger ones αQE (Radenović,
Tolias and Chum, TPAMI 2019).  Only the shortlist is augmented, as its members are each other's nearest where it matters:
this needs neither a pass over the library nor a second copy of all descriptors.

On the hand-drawn boxes (``python -m tests.benchmarks.boxes LIBRARY --rankings rerank expanded``) it is better
than the cosine, on whole photos a little worse, and matching cells is far better than both, so it is not the default.
α = 0 and 6 gained less, or lost.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

ALPHA = 3.0
EXPANDED, AUGMENTED = 3, 3
"""Number of hits in the query's average (0: none), and of photos in that of each hit (1: itself alone)."""


def augmented(descriptors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The x' of the module, (n, D), from L2-normalised rows (n, D)."""
    if AUGMENTED < 2 or len(descriptors) < 2:
        return descriptors
    weights = _weights(np.asarray(descriptors @ descriptors.T))
    if len(weights) > AUGMENTED:
        weights[weights < np.partition(weights, -AUGMENTED, axis=1)[:, -AUGMENTED, None]] = 0
    return _normalised(weights @ descriptors)


def expanded(query: NDArray[np.float32], descriptors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The q' of the module, (D,), from the query, (D,), and the shortlist's descriptors, (n, D), all L2-normalised."""
    cosines: NDArray[np.float32] = descriptors @ query
    first = np.argsort(-cosines, kind="stable")[:EXPANDED]
    total = query + _weights(cosines[first]) @ descriptors[first]
    return np.asarray(_normalised(total[None])[0], dtype=np.float32)


def _weights(cosines: NDArray[np.float32]) -> NDArray[np.float32]:
    # Zero cosines stay zero for every α, as 0 to the power 0 is 1.
    weights: NDArray[np.float32] = np.maximum(cosines, 0) ** np.float32(ALPHA)
    weights[cosines <= 0] = 0
    return weights


def _normalised(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(np.divide(rows, norms, out=np.zeros_like(rows), where=norms > 0), dtype=np.float32)
