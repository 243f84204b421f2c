"""NetVLAD: soft assignment to cluster centres (Arandjelović et al., CVPR 2016)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import KMeans

from core.reduction.moments import l2_normalise
from core.util.errors import UserError

CLUSTERS = 64
CONTRAST = 100.0
"""Initial ratio of the nearest centre's weight to the second's, about; NetVLAD's authors use the same."""


class NetVlad:
    """V_k = Σ a_k(x) (x - c_k),  a(x) = softmax(w_k^T x + b_k),  x L2-normalised; L2 of each V_k, then of all.

    A released checkpoint sets the arrays.  Without one, ``fit`` initialises them as the authors do before training:
    centres by k-means, w_k = 2 α c_k, b_k = -α ||c_k||².

    Attributes:
        weight_: (C, K), bias_: (C,), centroids_: (C, K).
    """

    ARRAYS: ClassVar[tuple[str, ...]] = ("weight", "bias", "centroids")

    weight_: NDArray[np.float64]
    bias_: NDArray[np.float64]
    centroids_: NDArray[np.float64]

    def __init__(self, seed: int = 1) -> None:
        self.seed = seed

    def fit(self, features: Sequence[NDArray[np.floating]]) -> NetVlad:
        """Initialise from the features of the training grids, each (n, K).

        Raises:
            UserError: fewer features than clusters.
        """
        rows = l2_normalise(np.concatenate(features).astype(np.float64))
        if len(rows) < CLUSTERS:
            raise UserError(
                f"{len(rows)} features are too few for the {CLUSTERS} clusters of NetVLAD", hint="Give more photos."
            )
        centres = KMeans(CLUSTERS, n_init=1, max_iter=100, random_state=self.seed, copy_x=False).fit(rows).cluster_centers_
        distances = np.sort((rows**2).sum(axis=1)[:, None] + (centres**2).sum(axis=1) - 2 * rows @ centres.T, axis=1)
        alpha = np.log(CONTRAST) / max(float((distances[:, 1] - distances[:, 0]).mean()), 1e-12)
        self.centroids_, self.weight_ = centres, 2 * alpha * centres
        self.bias_ = -alpha * (centres**2).sum(axis=1)
        return self

    def vectors(self, grid: NDArray[np.float32]) -> NDArray[np.float32]:
        """(H, W, K) to (1, C K)."""
        rows = l2_normalise(grid.reshape(-1, grid.shape[2]))
        scores = rows @ self.weight_.T + self.bias_
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        residuals = shares.T @ rows - shares.sum(axis=0)[:, None] * self.centroids_
        return l2_normalise(l2_normalise(residuals).reshape(1, -1)).astype(np.float32)
