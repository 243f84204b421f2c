"""VLAD: the residual to the nearest word (paper IV-B, equation (5); Jégou et al., CVPR 2010)."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray


class Vlad:
    """φ(x) = x - c_NN(x) in the block of the nearest word, zero in the others; D = k d.

    As VLFeat's ``vl_vlad`` with ``unnormalized`` and exact neighbours, which the authors call.

    Attributes:
        codebook_: (k, d) float64.
    """

    ARRAYS: ClassVar[tuple[str, ...]] = ("codebook",)

    def __init__(self, codebook: NDArray[np.float64]) -> None:
        self.codebook_ = codebook

    def transform(self, features: NDArray[np.floating]) -> NDArray[np.floating]:
        """(n, d) L2-normalised features to (n, k d); rows are not normalised."""
        words = self.codebook_.astype(features.dtype, copy=False)
        nearest = ((words**2).sum(axis=1) - 2 * features @ words.T).argmin(axis=1)
        blocks = np.zeros((len(features), *words.shape), dtype=features.dtype)
        blocks[np.arange(len(features)), nearest] = features - words[nearest]
        return blocks.reshape(len(features), words.size)
