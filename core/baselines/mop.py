"""MOP-CNN: multi-scale orderless pooling of fc7 (Gong et al., ECCV 2014)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import KMeans

from core.reduction.moments import Moments, l2_normalise
from core.reduction.pca import Pca
from core.util.errors import UserError

WINDOWS = (1, 25, 49)
"""Number of windows of a 256 x 256 photo at each of the three scales: side 256, and sides 128 and 64 with stride 32."""

DIMENSION, WORDS = 500, 100


class Mop:
    """fc7 of the whole photo, and VLAD of the PCA-reduced fc7 of the windows at each finer scale, concatenated.

    The input is what the backbone ``vgg16-fc7`` gives: one row per window, coarse to fine.

    Attributes:
        mean_: (2, 4096), basis_: (2, 4096, d), codebook_: (2, k, d): PCA and words of the two finer scales.
    """

    ARRAYS: ClassVar[tuple[str, ...]] = ("mean", "basis", "codebook")

    mean_: NDArray[np.float64]
    basis_: NDArray[np.float64]
    codebook_: NDArray[np.float64]

    def __init__(self, seed: int = 1, dimension: int = DIMENSION, words: int = WORDS) -> None:
        self.seed, self.dimension, self.words = seed, dimension, words

    def fit(self, features: Callable[[], Iterable[NDArray[np.floating]]]) -> Mop:
        """Learn from the fc7 rows of the training photos.

        Args:
            features: each call iterates over the photos again, (75, 4096) each; they may not fit in memory together.

        Raises:
            UserError: rows that are not the windows of MOP-CNN, or fewer windows than words or dimensions.
        """
        learnt = [self._learn(features, level) for level in (1, 2)]
        self.mean_, self.basis_, self.codebook_ = (np.stack(arrays) for arrays in zip(*learnt, strict=True))
        return self

    def vectors(self, grid: NDArray[np.float32]) -> NDArray[np.float32]:
        """(75, 1, 4096) to (1, 4096 + 2 k d), each scale L2-normalised."""
        rows = grid.reshape(len(grid), -1)
        parts = [_scale(rows, 0)[0], *(self._vlad(_scale(rows, level), level - 1) for level in (1, 2))]
        return np.concatenate([l2_normalise(part) for part in parts])[None].astype(np.float32)

    def _learn(self, features: Callable[[], Iterable[NDArray[np.floating]]], level: int) -> tuple[NDArray[np.float64], ...]:
        """PCA and words of one scale; one pass over the features for each."""
        moments = Moments()
        for rows in features():
            moments.update(_scale(rows, level))
        if moments.count < self.words:
            raise UserError(
                f"MOP-CNN needs more than {moments.count} windows for {self.words} words", hint="Give more photos."
            )
        pca = Pca(self.dimension).fit(moments)
        reduced = np.concatenate([pca.project(_scale(rows, level).astype(np.float64)) for rows in features()])
        means = KMeans(self.words, n_init=1, max_iter=100, random_state=self.seed, copy_x=False)
        return pca.mean_, pca.basis_, means.fit(reduced).cluster_centers_

    def _vlad(self, rows: NDArray[np.floating], scale: int) -> NDArray[np.floating]:
        reduced = (rows - self.mean_[scale]) @ self.basis_[scale]
        words = self.codebook_[scale]
        chosen = ((words**2).sum(axis=1) - 2 * reduced @ words.T).argmin(axis=1)
        blocks = np.zeros_like(words, dtype=np.float64)
        np.add.at(blocks, chosen, reduced - words[chosen])
        return blocks.ravel()


def _scale(rows: NDArray[np.floating], level: int) -> NDArray[np.floating]:
    """The rows of one scale."""
    if len(rows) != sum(WINDOWS):
        raise UserError(
            f"MOP-CNN needs the {sum(WINDOWS)} windows of the backbone 'vgg16-fc7', not {len(rows)} cells", "configuration"
        )
    start = sum(WINDOWS[:level])
    return rows[start : start + WINDOWS[level]]
