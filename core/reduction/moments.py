"""Mean and covariance of a stream of vectors, and an eigendecomposition with fixed signs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from core.util.errors import UserError

BATCH = 2048
"""Rows that are collected before they are multiplied: adding a (D, D) matrix for every photo would cost more."""


class Moments:
    """Sums of a stream of rows in float64, so that a training set of any size fits in memory.

    The mean of the first batch is subtracted before rows are multiplied.  This keeps the covariance exact to float64 when
    the mean is large compared to the spread.
    """

    def __init__(self) -> None:
        self.count = 0
        self._waiting: list[NDArray[np.floating]] = []
        self._rows_waiting = 0
        self._shift: NDArray[np.float64] | None = None
        self._sum: NDArray[np.float64]
        self._products: NDArray[np.float64] | None = None

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
        """Multiply the collected rows and add the products to the sums."""
        if not self._waiting:
            return
        values = np.concatenate(self._waiting).astype(np.float64)
        self._waiting, self._rows_waiting = [], 0
        if self._shift is None:
            self._shift = values.mean(axis=0)
            self._sum = np.zeros(values.shape[1])
        values -= self._shift
        self._sum += values.sum(axis=0)
        self._multiply(values)

    def _multiply(self, values: NDArray[np.float64]) -> None:
        """Add values^T values to the sum of products."""
        if self._products is None:
            self._products = np.zeros((values.shape[1],) * 2)
        self._products += values.T @ values

    def _multiplied(self) -> NDArray[np.float64]:
        """The sum of products."""
        assert self._products is not None
        return self._products

    @property
    def mean(self) -> NDArray[np.float64]:
        """(D,) mean of the rows so far.

        Raises:
            UserError: there are no rows.
        """
        self._add_waiting()
        if self._shift is None:
            raise UserError("there are no features to learn from", hint="Give more photos.")
        return self._shift + self._sum / self.count

    @property
    def scatter(self) -> NDArray[np.float64]:
        """(D, D) sum of (x - mean)(x - mean)^T, not divided by the number of rows; symmetric."""
        _ = self.mean
        # In place, as a matrix of 8,192 by 8,192 takes half a GiB.
        products = np.outer(self._sum, self._sum)
        products /= -self.count
        products += self._multiplied()
        symmetric: NDArray[np.float64] = products + products.T
        symmetric /= 2
        return symmetric


def descending_eigh(symmetric: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Eigenvalues, descending, and eigenvectors as columns, each signed so that its largest entry is positive."""
    values, vectors = np.linalg.eigh(symmetric)
    vectors = vectors[:, ::-1]
    largest = np.abs(vectors).argmax(axis=0)
    signs = np.where(vectors[largest, np.arange(vectors.shape[1])] < 0, -1.0, 1.0)
    return values[::-1].copy(), vectors * signs


def principal_directions(
    vectors: NDArray[np.floating], mean: NDArray[np.float64], wanted: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Variances, descending, and at most ``wanted`` principal directions as columns, of (N, D) vectors with their mean.

    With more rows than dimensions there are up to D directions.  Otherwise they come from the (N, N) Gram matrix: at most
    N - 1, as centring leaves one null direction.  D may be a hundred thousand then, so columns are centred in blocks.
    """
    count, dimension = vectors.shape
    if count > dimension:
        centred = vectors.astype(np.float64)
        centred -= mean
        values, directions = descending_eigh(centred.T @ centred / count)
        return values[:wanted], directions[:, :wanted]
    gram = np.zeros((count, count))
    for block in _blocks(vectors, mean):
        gram += block @ block.T
    values, rows = descending_eigh(gram)
    keep = min(count - 1, wanted, int((values > values[0] * 1e-12).sum()))
    directions = np.concatenate([block.T @ rows[:, :keep] for block in _blocks(vectors, mean)])
    directions /= np.linalg.norm(directions, axis=0)
    return values[:keep] / count, directions


def _blocks(vectors: NDArray[np.floating], mean: NDArray[np.float64]) -> Iterator[NDArray[np.float64]]:
    """The centred vectors, a block of columns at a time."""
    for start in range(0, vectors.shape[1], BATCH):
        columns = slice(start, start + BATCH)
        yield vectors[:, columns] - mean[columns]


def l2_normalise(rows: NDArray[np.floating]) -> NDArray[np.floating]:
    """Rows divided by their length; null rows stay null (the authors' code turns them into NaN, then 0)."""
    return rows * inverse_lengths(rows)


def inverse_lengths(rows: NDArray[np.floating]) -> NDArray[np.floating]:
    """The factors that L2-normalise the rows, (..., 1); 0 for null rows."""
    # ``einsum`` avoids an array of squares, which would double the time.
    lengths = np.sqrt(np.einsum("...i,...i->...", rows, rows))[..., None]
    inverse: NDArray[np.floating] = np.divide(1, lengths, out=np.zeros_like(lengths), where=lengths > 0)
    return inverse


def some_rows(parts: Sequence[NDArray[np.floating]], most_bytes: int, seed: int) -> NDArray[np.floating]:
    """All rows of the parts, (n, d), or a random sample in the same order, of at most ``most_bytes`` in float64.

    A million features are enough for a codebook or a mixture.
    """
    most = most_bytes // (8 * parts[0].shape[1])
    ends = np.cumsum([len(part) for part in parts])
    if ends[-1] <= most:
        return np.concatenate(parts)
    chosen = np.sort(np.random.default_rng(seed).choice(ends[-1], most, replace=False))
    cuts = np.searchsorted(chosen, ends)
    starts = zip(ends - [len(part) for part in parts], np.concatenate([[0], cuts[:-1]]), cuts, strict=True)
    return np.concatenate([part[chosen[low:high] - first] for part, (first, low, high) in zip(parts, starts, strict=True)])
