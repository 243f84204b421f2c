"""Mean and covariance of a stream of vectors, and the eigendecomposition with a rule for its signs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError

BATCH = 2048
"""Rows that are gathered before they are multiplied: adding a (D, D) matrix for every photo would cost more than that."""


class Moments:
    """Sums of a stream of rows in float64, so that a training set of any size fits in memory.

    Rows are shifted by the mean of the first batch before they are squared, which keeps the covariance exact to
    float64 when the mean is large against the spread.
    """

    def __init__(self) -> None:
        self.count = 0
        self._waiting: list[NDArray[np.floating]] = []
        self._rows_waiting = 0
        self._shift: NDArray[np.float64] | None = None
        self._sum: NDArray[np.float64]
        self._products: NDArray[np.float64]

    def update(self, rows: NDArray[np.floating]) -> None:
        """Add rows, (n, D)."""
        if len(rows) == 0:
            return
        self.count += len(rows)
        self._waiting.append(rows)
        self._rows_waiting += len(rows)
        if self._rows_waiting >= BATCH:
            self._add_waiting()

    def _add_waiting(self) -> None:
        """Multiply the gathered rows and add them to the sums."""
        if not self._waiting:
            return
        values = np.concatenate(self._waiting).astype(np.float64)
        self._waiting, self._rows_waiting = [], 0
        if self._shift is None:
            self._shift = values.mean(axis=0)
            self._sum = np.zeros(values.shape[1])
            self._products = np.zeros((values.shape[1],) * 2)
        values -= self._shift
        self._sum += values.sum(axis=0)
        self._products += values.T @ values

    @property
    def mean(self) -> NDArray[np.float64]:
        """(D,) mean of the rows so far.

        Raises:
            UserError: there were none.
        """
        self._add_waiting()
        if self._shift is None:
            raise UserError("there are no features to learn from", hint="Give more photos.")
        return self._shift + self._sum / self.count

    @property
    def scatter(self) -> NDArray[np.float64]:
        """(D, D) sum of (x - mean)(x - mean)^T, not divided by the number of rows; symmetric."""
        _ = self.mean
        products = self._products - np.outer(self._sum, self._sum) / self.count
        return (products + products.T) / 2


def descending_eigh(symmetric: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Eigenvalues, descending, and eigenvectors as columns, each signed so that its largest entry is positive."""
    values, vectors = np.linalg.eigh(symmetric)
    vectors = vectors[:, ::-1]
    largest = np.abs(vectors).argmax(axis=0)
    signs = np.where(vectors[largest, np.arange(vectors.shape[1])] < 0, -1.0, 1.0)
    return values[::-1].copy(), vectors * signs


def principal_directions(centred: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Variances, descending, and principal directions as columns of centred rows, (N, D).

    With more rows than dimensions all D directions; else by way of the (N, N) Gram matrix, at most N - 1 of them, as the
    centred null one is noise.
    """
    count, dimension = centred.shape
    if count > dimension:
        return descending_eigh(centred.T @ centred / count)
    values, vectors = descending_eigh(centred @ centred.T)
    keep = min(count - 1, int((values > values[0] * 1e-12).sum()))
    directions = centred.T @ vectors[:, :keep]
    return values[:keep] / count, directions / np.linalg.norm(directions, axis=0)


def l2_normalise(rows: NDArray[np.floating]) -> NDArray[np.floating]:
    """Rows divided by their length; null rows stay null (the authors' code makes NaN of them, then 0)."""
    return rows * inverse_lengths(rows)


def inverse_lengths(rows: NDArray[np.floating]) -> NDArray[np.floating]:
    """What rows are multiplied with to be L2-normalised, (..., 1); 0 for null rows."""
    # ``einsum`` makes no array of squares, which takes as long as all the rest.
    lengths = np.sqrt(np.einsum("...i,...i->...", rows, rows))[..., None]
    inverse: NDArray[np.floating] = np.divide(1, lengths, out=np.zeros_like(lengths), where=lengths > 0)
    return inverse
