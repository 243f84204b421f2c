"""Diffusion of scores over the graph of the first hits: a hit that resembles many good ones gains.

Zhou, Weston, Gretton, Bousquet and Schölkopf, Ranking on data manifolds (NIPS 2003), on the truncated graph of Iscen,
Tolias, Avrithis, Furon and Chum (CVPR 2017): with the descriptors D of n hits, A the cosines D Dᵀ to the power ``AFFINITY``
where both are among each other's ``NEIGHBOURS`` nearest, else 0, S = diag(A1)^-½ A diag(A1)^-½ and y = scores^γ,

    f = (1 - α) (I - α S)⁻¹ y,     new scores f^(1/γ)

A hit without neighbours keeps (1 - α)^(1/γ) of its score, one in a clique of equal scores all of it.  The paper's α of
0.99 is for graphs of whole collections; on the boxes of ``tests/benchmarks/boxes.py`` 0.9 loses, and 0.3 to 0.7 gain about
the same.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

ALPHA, GAMMA, AFFINITY = 0.5, 3.0, 5.0
NEIGHBOURS = 8
ALONE = (1 - ALPHA) ** (1 / GAMMA)
"""The share of its score that a hit without neighbours keeps."""


def diffused(scores: NDArray[np.floating], descriptors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The scores after diffusion, (n,); negative ones count as 0.

    Args:
        scores: (n,).
        descriptors: (n, D), L2-normalised rows.
    """
    count = len(scores)
    if count < 2:
        return np.asarray(scores, dtype=np.float32)
    affinity = np.maximum(descriptors @ descriptors.T, 0).astype(np.float64) ** AFFINITY
    np.fill_diagonal(affinity, 0)
    if count > NEIGHBOURS:
        affinity[affinity < np.partition(affinity, -NEIGHBOURS, axis=1)[:, -NEIGHBOURS, None]] = 0
    affinity = np.minimum(affinity, affinity.T)
    roots = np.sqrt(affinity.sum(axis=1))
    scaled = np.divide(affinity, np.outer(roots, roots), out=np.zeros_like(affinity), where=affinity > 0)
    spread = np.linalg.solve(np.eye(count) - ALPHA * scaled, np.maximum(scores, 0).astype(np.float64) ** GAMMA)
    return np.asarray(np.maximum((1 - ALPHA) * spread, 0) ** (1 / GAMMA), dtype=np.float32)
