"""VLAD: the residual to the nearest word (paper IV-B, equation (5); Jégou et al., CVPR 2010)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from core.embeddings.codebook import learn_codebook, training_rows
from core.util.progress import Ticket


class Vlad:
    """φ(x) = x - c_NN(x) in the block of the nearest word, zero in the others; D = k d.

    Same as VLFeat's ``vl_vlad`` with ``unnormalized`` and exact neighbours, which the authors use.

    Attributes:
        codebook_: (k, d) float64.
    """

    ARRAYS: ClassVar[tuple[str, ...]] = ("codebook",)

    def __init__(self, codebook: NDArray[np.float64]) -> None:
        self.codebook_ = codebook

    @classmethod
    def learn(cls, features: Sequence[NDArray[np.floating]], words: int, seed: int, ticket: Ticket) -> Self:
        """The codebook, by k-means on the (n, d) features of each training photo.

        Raises:
            UserError: fewer features than words.
        """
        return cls(learn_codebook(training_rows(features, seed), words, seed))

    @classmethod
    def restored(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """An instance with stored arrays."""
        return cls(arrays["codebook"])

    @classmethod
    def dimension(cls, d: int, words: int) -> int:
        """D."""
        return words * d

    @classmethod
    def shapes(cls, d: int, words: int) -> dict[str, tuple[int, ...]]:
        """Shapes of the learned arrays."""
        return {"codebook": (words, d)}

    def transform(self, features: NDArray[np.floating]) -> NDArray[np.floating]:
        """(n, d) L2-normalised features to (n, k d); rows are not normalised."""
        words = self.codebook_.astype(features.dtype, copy=False)
        nearest = ((words**2).sum(axis=1) - 2 * features @ words.T).argmin(axis=1)
        blocks = np.zeros((len(features), *words.shape), dtype=features.dtype)
        blocks[np.arange(len(features)), nearest] = features - words[nearest]
        return blocks.reshape(len(features), words.size)
