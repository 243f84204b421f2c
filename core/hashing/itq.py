"""Iterative quantisation (Gong and Lazebnik, CVPR 2011; paper IV-E, ALGORITHMS section 8)."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from core.hashing.bits import check_training
from core.reduction.moments import descending_eigh

ITERATIONS = 50


class Itq:
    """code(x) = [(x - m) W R >= 0], with W the top-L principal directions and R the rotation of least quantisation error.

    Attributes:
        mean_: (D,) float64.
        projection_: (D, L) float64, W R.
        objective_: ||B - V R||_F^2 at the beginning of each iteration; never increases.
    """

    ARRAYS: ClassVar[tuple[str, ...]] = ("mean", "projection")

    mean_: NDArray[np.float64]
    projection_: NDArray[np.float64]
    objective_: list[float]

    def __init__(self, bits: int, seed: int, iterations: int = ITERATIONS) -> None:
        self.bits, self.seed, self.iterations = bits, seed, iterations

    @classmethod
    def shapes(cls, dimensions: int, bits: int) -> dict[str, tuple[int, ...]]:
        """Shapes of the learned arrays."""
        return {"mean": (dimensions,), "projection": (dimensions, bits)}

    def fit(self, vectors: NDArray[np.floating]) -> Itq:
        """Learn from descriptors of the held-out set, (N, D).

        Raises:
            UserError: more bits than dimensions, or no vectors.
        """
        check_training(vectors, self.bits, "ITQ")
        values = vectors.astype(np.float64)
        self.mean_ = values.mean(axis=0)
        centred = values - self.mean_
        _, directions = descending_eigh(centred.T @ centred / len(values))
        top = directions[:, : self.bits]
        start = random_rotation(self.bits, self.seed)
        rotation, self.objective_ = learn_rotation(centred @ top, start, self.iterations)
        self.projection_ = top @ rotation
        return self

    def project(self, vectors: NDArray[np.floating]) -> NDArray[np.floating]:
        """(..., D) to (..., L) before thresholding; the larger the absolute value, the safer the bit."""
        dtype = vectors.dtype
        return (vectors - self.mean_.astype(dtype, copy=False)) @ self.projection_.astype(dtype, copy=False)

    def transform(self, vectors: NDArray[np.floating]) -> NDArray[np.bool_]:
        """(..., D) to (..., L) bits."""
        return self.project(vectors) >= 0


def random_rotation(size: int, seed: int) -> NDArray[np.float64]:
    """The orthogonal factor of a Gaussian matrix: U of its singular value decomposition."""
    gaussian = np.random.default_rng(seed).standard_normal((size, size))
    return np.asarray(np.linalg.svd(gaussian)[0])


def learn_rotation(
    projected: NDArray[np.float64], rotation: NDArray[np.float64], iterations: int
) -> tuple[NDArray[np.float64], list[float]]:
    """Alternate B = sgn(V R) and R = S' S^T, where S Ω S'^T is the singular value decomposition of B^T V.

    Args:
        projected: V, (N, L).
        rotation: the initial R, (L, L) orthogonal.

    Returns:
        R and the objective ||B - V R||_F^2 at the beginning of each iteration, with B = sgn(V R).
    """
    objective = []
    for _ in range(iterations):
        rotated = projected @ rotation
        signs = np.where(rotated >= 0, 1.0, -1.0)
        objective.append(float(((signs - rotated) ** 2).sum()))
        left, _, right = np.linalg.svd(signs.T @ projected)
        rotation = right.T @ left.T
    return rotation, objective
