"""T-embedding: triangulation against a codebook (paper IV-B, equation (6); Jégou and Zisserman, CVPR 2014)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.embeddings.whitened import WhitenedEmbedding
from core.reduction.moments import inverse_lengths


class TEmbedding(WhitenedEmbedding):
    """φ(x) = P (R(x) - m), with R the normalised residuals to every word and P the whitening of R.

    R(x) = [(x - c_1)/||x - c_1||; ...; (x - c_k)/||x - c_k||], D = k d.  The authors clamp the last 33 eigenvalues
    (ALGORITHMS section 5.3), which the paper does not mention.
    """

    CLAMPED = 33

    @classmethod
    def dimension(cls, d: int, words: int) -> int:
        """D."""
        return words * d

    def raw(self, features: NDArray[np.floating]) -> NDArray[np.floating]:
        """R: (n, d) to (n, k d).  A feature equal to a word gets a zero block there (NaN in the authors' code)."""
        differences = features[:, None, :] - self.codebook_.astype(features.dtype, copy=False)[None]
        differences *= inverse_lengths(differences)
        return differences.reshape(len(features), self.codebook_.size)
