"""Models of a change of view, from the simplest on: similarity, affine map, homography.

Each is fitted to its matches by least squares, with its uncertainty.  With J the derivatives of the mapped points by the
model's parameters and s² the mean squared residual, the covariance of the parameters is s² (JᵀJ)⁻¹, and that of a mapped
point x is J(x) s² (JᵀJ)⁻¹ J(x)ᵀ.  It grows with the distance from the matches, so it shows which corners are uncertain.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]

STEPS, DAMPING = 6, 1e-6
"""Largest number of steps, and damping, of the homography's fit."""

LEAST_SIGMA = 0.7
"""Least standard deviation of a keypoint's position in pixels, however well a model fits."""


@dataclass(frozen=True, eq=False)
class Fit:
    """A fitted model.

    Attributes:
        kind: its index in ``KINDS``.
        matrix: (3, 3), from query to hit.
        source: (n, 2), the places on the query that it was fitted to.
        variance: of what is left there, in square pixels.
    """

    kind: int
    matrix: Matrix
    source: Matrix
    variance: float

    @cached_property
    def covariance(self) -> Matrix:
        """Of its parameters.  Few of the models that are fitted are asked for it."""
        form = KINDS[self.kind]
        rows = form.derivatives(self.matrix, self.source).reshape(-1, form.numbers)
        return np.asarray(self.variance * np.linalg.pinv(rows.T @ rows, hermitian=True), dtype=np.float64)

    def mapped(self, points: Matrix) -> Matrix:
        """Where points (n, 2) lie on the hit; infinite at or behind the horizon."""
        return mapped(self.matrix, points)

    def doubt(self, points: Matrix) -> Matrix:
        """The standard deviation of mapped points, (n,), in pixels: the root of their covariances' trace.

        Infinite at or behind the horizon.
        """
        known = np.isfinite(self.mapped(points)).all(axis=1)
        rows = KINDS[self.kind].derivatives(self.matrix, points[known])
        doubts = np.full(len(points), np.inf)
        doubts[known] = np.sqrt(np.einsum("nip,pq,niq->n", rows, self.covariance, rows))
        return doubts


@dataclass(frozen=True)
class Kind:
    """A kind of model.

    Attributes:
        needed: matches that determine it (``core.search.surprise``); ``numbers``: its number of parameters.
        solve: from source and target, (n, 2), to its matrix; None if they do not determine it.
        derivatives: (n, 2, numbers) of mapped points by its parameters.
    """

    name: str
    needed: int
    numbers: int
    solve: Callable[[Matrix, Matrix], Matrix | None]
    derivatives: Callable[[Matrix, Matrix], Matrix]


def mapped(matrix: Matrix, points: Matrix) -> Matrix:
    """Points (n, 2) through a matrix (3, 3); infinite at or behind the horizon."""
    flat = points @ matrix[:, :2].T + matrix[:, 2]
    depth = flat[:, 2:] * np.sign(matrix[2, 2] or 1.0)
    ahead = depth > 1e-9
    out = np.full((len(points), 2), np.inf)
    np.divide(flat[:, :2] * np.sign(matrix[2, 2] or 1.0), depth, out=out, where=ahead)
    return out


def fit(kind: int, source: Matrix, target: Matrix) -> Fit | None:
    """The least-squares model of a kind from source (n, 2) to target (n, 2); None if they do not determine one."""
    form = KINDS[kind]
    if 2 * len(source) < form.numbers:
        return None
    matrix = form.solve(source, target)
    if matrix is None or not np.isfinite(matrix).all():
        return None
    left = mapped(matrix, source) - target
    if not np.isfinite(left).all():
        return None
    free = max(2 * len(source) - form.numbers, 1)
    variance = max(float((left**2).sum()) / free, LEAST_SIGMA**2)
    return Fit(kind, matrix, source, variance)


def _similarity(source: Matrix, target: Matrix) -> Matrix | None:
    """Rotation, scale and shift by least squares."""
    here, there = source @ (1, 1j), target @ (1, 1j)
    away = here - here.mean()
    spread = float((np.abs(away) ** 2).sum())
    if spread < 1e-9:
        return None
    factor = (away.conj() @ (there - there.mean())) / spread
    shift = there.mean() - factor * here.mean()
    return np.array([[factor.real, -factor.imag, shift.real], [factor.imag, factor.real, shift.imag], [0, 0, 1.0]])


def _affine(source: Matrix, target: Matrix) -> Matrix | None:
    middle, mean = source.mean(axis=0), target.mean(axis=0)
    away = source - middle
    square = away.T @ away
    if np.linalg.det(square) < 1e-6 * max(float(np.trace(square)) ** 2, 1e-9):
        return None
    linear = np.linalg.solve(square, away.T @ (target - mean)).T
    return np.vstack([np.column_stack([linear, mean - linear @ middle]), (0, 0, 1.0)])


def _homography(source: Matrix, target: Matrix) -> Matrix | None:
    """By Gauss-Newton, starting from the affine map, which is near the solution for any possible view."""
    start = _affine(source, target)
    if start is None or len(source) < 4:
        return None
    before, after = _centring(source), _centring(target)
    here, there = mapped(before, source), mapped(after, target)
    matrix = after @ start @ np.linalg.inv(before)
    for _ in range(STEPS):
        left = there - mapped(matrix, here)
        if not np.isfinite(left).all():
            return None
        rows = _homography_derivatives(matrix, here).reshape(-1, 8)
        # A little damping keeps parameters that the matches hardly determine near those of the affine map.
        step = np.linalg.solve(rows.T @ rows + DAMPING * np.eye(8), rows.T @ left.ravel())
        matrix = matrix + np.append(step, 0.0).reshape(3, 3)
        if np.abs(step).max() < 1e-7:
            break
    matrix = np.linalg.inv(after) @ matrix @ before
    return matrix / matrix[2, 2] if abs(matrix[2, 2]) > 1e-12 else None


def _centring(points: Matrix) -> Matrix:
    """Moves points (n, 2) to the origin and their mean distance to the square root of two (Hartley, PAMI 1997)."""
    middle = points.mean(axis=0)
    scale = np.sqrt(2) / max(float(np.linalg.norm(points - middle, axis=1).mean()), 1e-9)
    return np.array([[scale, 0, -scale * middle[0]], [0, scale, -scale * middle[1]], [0, 0, 1.0]])


def _similarity_derivatives(matrix: Matrix, points: Matrix) -> Matrix:
    x, y = points.T
    one, none = np.ones_like(x), np.zeros_like(x)
    return np.stack([np.stack([x, -y, one, none], axis=1), np.stack([y, x, none, one], axis=1)], axis=1)


def _affine_derivatives(matrix: Matrix, points: Matrix) -> Matrix:
    row = np.column_stack([points, np.ones(len(points))])
    none = np.zeros_like(row)
    return np.stack([np.hstack([row, none]), np.hstack([none, row])], axis=1)


def _homography_derivatives(matrix: Matrix, points: Matrix) -> Matrix:
    """By the first eight numbers of the matrix; the ninth is fixed."""
    row = np.column_stack([points, np.ones(len(points))])
    depth = row @ matrix[2]
    row = row / depth[:, None]
    none = np.zeros_like(row)
    u, v = mapped(matrix, points).T
    across = np.hstack([row, none, -u[:, None] * row[:, :2]])
    down = np.hstack([none, row, -v[:, None] * row[:, :2]])
    return np.stack([across, down], axis=1)


KINDS = (
    Kind("similarity", 1, 4, _similarity, _similarity_derivatives),
    Kind("affine", 3, 6, _affine, _affine_derivatives),
    Kind("homography", 4, 8, _homography, _homography_derivatives),
)
"""The simplest first."""
