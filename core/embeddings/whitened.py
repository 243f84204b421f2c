"""What T-embedding and F-FAemb share: the mean and the whitening of the embedded training features."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from core.embeddings.codebook import learn_codebook, training_rows
from core.reduction.moments import Moments, descending_eigh
from core.reduction.whitening import whitening_matrix
from core.util.progress import Ticket

BLOCKS = 5
"""Number of row blocks in which a triangular matrix is multiplied."""


class WhitenedEmbedding(ABC):
    """φ(x) = P (raw(x) - m) with P the whitening of the raw embedding, its smallest eigenvalues clamped.

    P = diag(λ^-1/2) E^T over all D directions.  Nothing is truncated here: truncation follows the rotation.

    Attributes:
        codebook_: (k, d) float64.
        mean_: (D,) float64, of the raw embedding over the training features.
        whitening_: (D, D) float64, P; one direction a row.
        eigenvalues_: (D,) float64, of the scatter before clamping, descending.
    """

    ARRAYS: ClassVar[tuple[str, ...]] = ("codebook", "mean", "whitening")
    CLAMPED: ClassVar[int]
    """Number of the smallest eigenvalues that are replaced by the largest of them."""

    codebook_: NDArray[np.float64]
    mean_: NDArray[np.float64]
    whitening_: NDArray[np.float64]
    eigenvalues_: NDArray[np.float64]
    _kept: tuple[NDArray[np.floating], ...] | None = None
    _turn: tuple[NDArray[np.floating], ...] | None = None

    def __init__(self, codebook: NDArray[np.float64]) -> None:
        self.codebook_ = codebook

    @classmethod
    def learn(cls, features: Sequence[NDArray[np.floating]], words: int, seed: int, ticket: Ticket) -> Self:
        """The codebook, by k-means; ``fit`` learns the rest from what ``raw`` makes of the training features.

        Args:
            features: (n, d) of each training photo, rows L2-normalised.

        Raises:
            UserError: fewer features than words.
        """
        return cls(learn_codebook(training_rows(features, seed), words, seed))

    @classmethod
    def restored(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """An instance with stored arrays."""
        embedding = cls(arrays["codebook"])
        embedding.mean_, embedding.whitening_ = arrays["mean"], arrays["whitening"]
        return embedding

    @classmethod
    @abstractmethod
    def dimension(cls, d: int, words: int) -> int:
        """D."""

    @classmethod
    def shapes(cls, d: int, words: int) -> dict[str, tuple[int, ...]]:
        """Shapes of the learned arrays."""
        length = cls.dimension(d, words)
        return {"codebook": (words, d), "mean": (length,), "whitening": (length, length)}

    @abstractmethod
    def raw(self, features: NDArray[np.floating]) -> NDArray[np.floating]:
        """(n, d) L2-normalised features to (n, D), before centring and whitening."""

    def fit(self, moments: Moments) -> Self:
        """Learn mean and whitening from the moments of ``raw`` of the training features.

        The scatter is not divided by the number of features, as the later L2 normalisation removes any scale.
        """
        self.mean_ = moments.mean
        self.eigenvalues_, vectors = descending_eigh(moments.scatter)
        self.whitening_ = whitening_matrix(self.eigenvalues_, vectors, self.CLAMPED)
        return self

    def whiten(self, raw: NDArray[np.floating]) -> NDArray[np.floating]:
        """P (raw - m): (n, D) to (n, D)."""
        mean, whitening = self._cast(raw.dtype)
        return np.asarray((raw - mean) @ whitening.T)

    def _cast(self, dtype: np.dtype[np.floating]) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
        """Mean and whitening in another precision; cached, as converting a large matrix costs as much as using it."""
        kept = self._kept
        if kept is None or kept[0] is not self.mean_ or kept[1] is not self.whitening_ or kept[2].dtype != dtype:
            mean, whitening = (array.astype(dtype, copy=False) for array in (self.mean_, self.whitening_))
            kept = self.mean_, self.whitening_, mean, whitening
            self._kept = kept
        return kept[2], kept[3]

    def transform(self, features: NDArray[np.floating]) -> NDArray[np.floating]:
        """φ: (n, d) L2-normalised features to (n, D); rows are not normalised."""
        return self.whiten(self.raw(features))

    def turned(self, features: NDArray[np.floating]) -> NDArray[np.floating]:
        """φ in another orthonormal basis, (n, D), the same for all features, in two thirds of the time of ``transform``.

        With P = Q R, R upper triangular, this is R (raw - m), where half of the products are 0, of which most are skipped.
        Inner products equal those of φ, and ``turn_back`` transforms sums back to the basis of φ.
        """
        values = self.raw(features)
        mean, _, upper = self._factors(values.dtype)
        values -= mean
        out, step = np.empty_like(values), -(-len(mean) // BLOCKS)
        for start in range(0, len(mean), step):
            out[:, start : start + step] = values[:, start:] @ upper[start : start + step, start:].T
        return out

    def turn_back(self, vectors: NDArray[np.floating]) -> NDArray[np.floating]:
        """(..., D) sums of ``turned`` features to the same sums of φ."""
        return np.asarray(vectors @ self._factors(vectors.dtype)[1].T)

    def _factors(self, dtype: np.dtype[np.floating]) -> tuple[NDArray[np.floating], ...]:
        """Mean, Q and R in another precision; cached."""
        kept = self._turn
        if kept is None or kept[0] is not self.mean_ or kept[1] is not self.whitening_ or kept[2].dtype != dtype:
            turn, upper = np.linalg.qr(self.whitening_)
            kept = (self.mean_, self.whitening_, *(part.astype(dtype) for part in (self.mean_, turn, upper)))
            self._turn = kept
        return kept[2:]
