"""Relaxed binary autoencoder (Do et al., CVPR 2017; paper IV-E; no public code, reconstructed in ALGORITHMS section 8)."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from core.hashing.bits import check_training
from core.hashing.itq import Itq

CODE_WEIGHT, SHRINKAGE, ITERATIONS, SWEEPS = 1.0, 0.1, 20, 10
"""λ and β of the objective, outer iterations, and sweeps over the bits in each; the paper does not give its values."""

Matrix = NDArray[np.float64]


class Rba:
    """code(x) = [W1 (x - m) + c1 >= 0], learnt with a linear decoder W2, c2 by alternating minimisation of

    ½||X - (W2 B + c2 1^T)||² + λ/2 ||B - (W1 X + c1 1^T)||² + β/2 (||W1||² + ||W2||²),  B in {-1, 1}.

    X holds the centred vectors as columns; B starts as ITQ's code.

    Attributes:
        mean_: (D,) float64.
        projection_: (D, L) float64, W1^T.
        offset_: (L,) float64, c1.
        objective_: before and after the update of B in each outer iteration; never increases.
    """

    ARRAYS: ClassVar[tuple[str, ...]] = ("mean", "projection", "offset")

    mean_: Matrix
    projection_: Matrix
    offset_: Matrix
    objective_: list[float]

    def __init__(self, bits: int, seed: int, iterations: int = ITERATIONS) -> None:
        self.bits, self.seed, self.iterations = bits, seed, iterations

    @classmethod
    def shapes(cls, dimensions: int, bits: int) -> dict[str, tuple[int, ...]]:
        """Shapes of the learned arrays."""
        return {"mean": (dimensions,), "projection": (dimensions, bits), "offset": (bits,)}

    def fit(self, vectors: NDArray[np.floating]) -> Rba:
        """Learn from descriptors of the held-out set, (N, D).

        Raises:
            UserError: more bits than dimensions, or fewer than two vectors.
        """
        check_training(vectors, self.bits, "RBA")
        values = vectors.astype(np.float64)
        self.mean_ = values.mean(axis=0)
        start = np.where(Itq(self.bits, self.seed).fit(values).transform(values), 1.0, -1.0).T
        autoencoder = Autoencoder((values - self.mean_).T, start)
        self.objective_ = [value for _ in range(self.iterations) for value in autoencoder.step()]
        self.projection_, self.offset_ = autoencoder.W1.T, autoencoder.c1
        return self

    def project(self, vectors: NDArray[np.floating]) -> NDArray[np.floating]:
        """(..., D) to (..., L) before thresholding."""
        dtype = vectors.dtype
        centred = vectors - self.mean_.astype(dtype, copy=False)
        return centred @ self.projection_.astype(dtype, copy=False) + self.offset_.astype(dtype, copy=False)

    def transform(self, vectors: NDArray[np.floating]) -> NDArray[np.bool_]:
        """(..., D) to (..., L) bits."""
        return self.project(vectors) >= 0


class Autoencoder:
    """The unknowns of the objective, and one iteration of its alternating minimisation.

    Args:
        X: centred vectors, (D, m).
        B: the initial code, (L, m) of -1 and 1.
    """

    def __init__(self, X: Matrix, B: Matrix, code_weight: float = CODE_WEIGHT, shrinkage: float = SHRINKAGE) -> None:
        self.X, self.B, self.code_weight, self.shrinkage = X, B, code_weight, shrinkage
        self.c1: Matrix = B.mean(axis=1)
        self.c2: Matrix = np.zeros(len(X))
        # X does not change, so the inverse for W1 = Y X^T (λ X X^T + β I)^-1 is computed once, in whichever of the two
        # equal forms has the smaller matrix.
        self._inverse = _ridge_inverse(X, code_weight, shrinkage)

    def step(self) -> tuple[float, float]:
        """W1, W2, c1, c2, then B; returns the objective before and after B."""
        X, B, weight = self.X, self.B, self.code_weight
        self.W1: Matrix = np.asarray(weight * (B - self.c1[:, None]) @ self._inverse)
        gram = B @ B.T + self.shrinkage * np.eye(len(B))
        self.W2: Matrix = np.asarray(np.linalg.solve(gram, B @ (X - self.c2[:, None]).T)).T
        self.c1 = (B - self.W1 @ X).mean(axis=1)
        self.c2 = (X - self.W2 @ B).mean(axis=1)
        before = self.objective()
        self._update_code()
        return before, self.objective()

    def _update_code(self) -> None:
        """Discrete cyclic coordinate descent until no bit changes: each row of B in turn, in closed form."""
        centred = self.X - self.c2[:, None]
        encoded = self.W1 @ self.X + self.c1[:, None]
        wanted = self.W2.T @ centred + self.code_weight * encoded
        gram = self.W2.T @ self.W2
        np.fill_diagonal(gram, 0)
        B = self.B.copy()
        for _ in range(SWEEPS):
            before = B.copy()
            for row in range(len(B)):
                B[row] = np.where(wanted[row] - gram[row] @ B >= 0, 1.0, -1.0)
            if np.array_equal(B, before):
                break
        self.B = B

    def objective(self) -> float:
        """The value of the objective at the current values of the unknowns."""
        reconstruction = ((self.X - self.W2 @ self.B - self.c2[:, None]) ** 2).sum()
        coding = ((self.B - self.W1 @ self.X - self.c1[:, None]) ** 2).sum()
        size = (self.W1**2).sum() + (self.W2**2).sum()
        return float(reconstruction / 2 + self.code_weight / 2 * coding + self.shrinkage / 2 * size)


def _ridge_inverse(X: Matrix, code_weight: float, shrinkage: float) -> Matrix:
    """X^T (λ X X^T + β I)^-1, (m, D), equal to (λ X^T X + β I)^-1 X^T."""
    dimension, count = X.shape
    if dimension <= count:
        return np.asarray(np.linalg.solve(code_weight * X @ X.T + shrinkage * np.eye(dimension), X)).T
    return np.asarray(np.linalg.solve(code_weight * X.T @ X + shrinkage * np.eye(count), X.T))
