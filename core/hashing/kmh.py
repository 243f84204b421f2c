"""K-means hashing (He, Wen and Sun, CVPR 2013; paper IV-E, ALGORITHMS section 8)."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from core.hashing.bits import check_training
from core.reduction.moments import descending_eigh
from core.util.errors import UserError

SUBSPACE_BITS, AFFINITY, ITERATIONS = 4, 10.0, 50
"""b, λ and the number of iterations of the author's demonstration."""

INNER = 3
"""Updates of each codeword in an iteration."""

Matrix = NDArray[np.float64]


class Kmh:
    """A product code: in each of M = L / b subspaces the index of the nearest of 2^b codewords is the code.

    The codewords minimise  E = 1/n Σ ||x - c_i(x)||² + λ Σ_ij (n_i n_j / n²) (||c_i - c_j|| - s √h_ij)²,  h the Hamming
    distance of their indices, so that Hamming distances approximate Euclidean ones.  The author updates codewords with a
    quasi-Newton method.  Here each step minimises an upper bound that touches E, in closed form, so E never increases: the
    bound of SMACOF, -||y|| <= -y^T u for a unit vector u.

    Attributes:
        mean_: (D,) float64.
        basis_: (D, D) float64, principal directions as columns in the order of the subspaces.
        codewords_: (M, 2^b, D / M) float64.
        objective_: E summed over the subspaces, after each iteration.
    """

    ARRAYS: ClassVar[tuple[str, ...]] = ("mean", "basis", "codewords")

    mean_: Matrix
    basis_: Matrix
    codewords_: Matrix
    objective_: list[float]

    def __init__(self, bits: int, seed: int, subspace_bits: int = SUBSPACE_BITS, iterations: int = ITERATIONS) -> None:
        self.bits, self.seed = bits, seed  # nothing is random here; every method takes a seed
        self.subspace_bits, self.iterations = subspace_bits, iterations

    @classmethod
    def shapes(cls, dimensions: int, bits: int) -> dict[str, tuple[int, ...]]:
        """Shapes of the learned arrays."""
        parts = bits // SUBSPACE_BITS
        codewords = (parts, 2**SUBSPACE_BITS, dimensions // parts)
        return {"mean": (dimensions,), "basis": (dimensions, dimensions), "codewords": codewords}

    def fit(self, vectors: NDArray[np.floating]) -> Kmh:
        """Learn from descriptors of the held-out set, (N, D).

        Raises:
            UserError: fewer than two vectors, or a split that is impossible (``check_split``).
        """
        check_training(vectors, self.bits, "KMH")
        parts = check_split(self.bits, vectors.shape[1], self.subspace_bits)
        values = vectors.astype(np.float64)
        self.mean_ = values.mean(axis=0)
        eigenvalues, directions = descending_eigh((values - self.mean_).T @ (values - self.mean_) / len(values))
        self.basis_ = directions[:, allocate(eigenvalues, parts)]
        split = self._split(values)
        self.codewords_, scales = start_codewords(split, self.subspace_bits)
        targets = scales[:, None, None] * np.sqrt(hamming_table(self.subspace_bits))
        self.objective_ = [update(split, self.codewords_, targets) for _ in range(self.iterations)]
        return self

    def transform(self, vectors: NDArray[np.floating]) -> NDArray[np.bool_]:
        """(..., D) to (..., L) bits."""
        rows = vectors.reshape(-1, vectors.shape[-1]).astype(np.float64)
        indices = nearest(self._split(rows), self.codewords_.astype(np.float64, copy=False))
        bits = (indices.T[:, :, None] >> np.arange(self.subspace_bits)) & 1
        return bits.astype(bool).reshape(*vectors.shape[:-1], self.bits)

    def _split(self, values: Matrix) -> Matrix:
        """(n, D) to (M, n, D / M): rotated, and cut into the subspaces."""
        rotated = (values - self.mean_) @ self.basis_
        return rotated.reshape(len(values), self.bits // self.subspace_bits, -1).transpose(1, 0, 2)


def check_split(bits: int, dimension: int, subspace_bits: int = SUBSPACE_BITS) -> int:
    """The number of subspaces M.

    Raises:
        UserError: L is not a multiple of b, D is not a multiple of M, or a subspace has fewer dimensions than bits.
    """
    parts, rest = divmod(bits, subspace_bits)
    if rest or dimension % parts or dimension // parts < subspace_bits:
        raise UserError(
            f"K-means hashing cannot split {dimension} numbers into {bits / subspace_bits:g} equal parts"
            f" of {subspace_bits} bits and as many numbers or more",
            "configuration",
            "Choose another code length.",
        )
    return parts


def allocate(eigenvalues: Matrix, parts: int) -> NDArray[np.intp]:
    """The order of directions that gives each of ``parts`` equally large subspaces nearly the same product of eigenvalues.

    Greedy: the next direction, in descending order, goes to the subspace that is not full and has the smallest sum of
    (log λ - min log λ + 1); ties go to the first.
    """
    logs = np.log(np.maximum(eigenvalues, eigenvalues[0] * 1e-12))
    logs = logs - logs.min() + 1
    room = len(eigenvalues) // parts
    members: list[list[int]] = [[] for _ in range(parts)]
    totals = np.zeros(parts)
    for direction, value in enumerate(logs):
        part = int(totals.argmin())
        members[part].append(direction)
        totals[part] = totals[part] + value if len(members[part]) < room else np.inf
    return np.concatenate([np.array(m, dtype=np.intp) for m in members])


def hamming_table(bits: int) -> NDArray[np.int64]:
    """(2^b, 2^b) Hamming distances of the codewords' indices."""
    indices = np.arange(2**bits)
    return np.bitwise_count(indices[:, None] ^ indices[None]).astype(np.int64)


def start_codewords(split: Matrix, bits: int) -> tuple[Matrix, Matrix]:
    """PCA hashing in each subspace: c_i = ±a along its top b directions, a the mean absolute projection.

    Args:
        split: (M, n, w).

    Returns:
        Codewords (M, 2^b, w) and scales s = 2a, (M,).
    """
    signs = ((np.arange(2**bits)[:, None] >> np.arange(bits)) & 1) * 2.0 - 1
    codewords, scales = [], []
    for part in split:
        _, directions = descending_eigh(part.T @ part / len(part))
        size = np.abs(part @ directions[:, :bits]).mean()
        codewords.append(size * signs @ directions[:, :bits].T)
        scales.append(2 * size)
    return np.stack(codewords), np.array(scales)


def nearest(split: Matrix, codewords: Matrix) -> NDArray[np.intp]:
    """Index of the nearest codeword, (M, n)."""
    products = split @ codewords.transpose(0, 2, 1)
    return np.asarray(((codewords**2).sum(axis=2)[:, None] - 2 * products).argmin(axis=2))


def update(split: Matrix, codewords: Matrix, targets: Matrix) -> float:
    """One iteration in all subspaces: assign, then move the codewords one after another, in place; returns E after it.

    Args:
        split: (M, n, w).
        codewords: (M, C, w).
        targets: s √h, (M, C, C).
    """
    shares, means = _assigned(split, nearest(split, codewords), codewords.shape[1])
    for index in range(codewords.shape[1]):
        for _ in range(INNER):
            codewords[:, index] = _moved(codewords, index, shares, means, targets)
    return sum(errors(split, codewords, targets))


def _assigned(split: Matrix, indices: NDArray[np.intp], count: int) -> tuple[Matrix, Matrix]:
    """Each codeword's share of the vectors, (M, C), and their sum over n, (M, C, w)."""
    chosen = (indices[:, :, None] == np.arange(count)).astype(np.float64)
    return chosen.mean(axis=1), chosen.transpose(0, 2, 1) @ split / split.shape[1]


def _moved(codewords: Matrix, index: int, shares: Matrix, means: Matrix, targets: Matrix) -> Matrix:
    """The position of codeword ``index`` that minimises the bound on E, (M, w); one without vectors stays."""
    own = codewords[:, index]
    away = own[:, None] - codewords
    lengths = np.linalg.norm(away, axis=2, keepdims=True)
    unit = np.divide(away, lengths, out=np.zeros_like(away), where=lengths > 0)
    others = shares.copy()
    others[:, index] = 0
    pull = (others[:, :, None] * (codewords + targets[:, index, :, None] * unit)).sum(axis=1)
    share = shares[:, index, None]
    weight = share * (1 + 2 * AFFINITY * others.sum(axis=1, keepdims=True))
    wanted = means[:, index] + 2 * AFFINITY * share * pull
    moved: Matrix = np.divide(wanted, weight, out=own.copy(), where=weight > 0)
    return moved


def errors(split: Matrix, codewords: Matrix, targets: Matrix) -> tuple[float, float]:
    """The two terms of E, quantisation and λ times affinity, each summed over the subspaces."""
    indices = nearest(split, codewords)
    shares, _ = _assigned(split, indices, codewords.shape[1])
    found = np.take_along_axis(codewords, indices[:, :, None], axis=1)
    quantisation = ((split - found) ** 2).sum(axis=2).mean(axis=1).sum()
    distances = np.linalg.norm(codewords[:, :, None] - codewords[:, None], axis=3)
    affinity = (shares[:, :, None] * shares[:, None] * (distances - targets) ** 2).sum()
    return float(quantisation), float(AFFINITY * affinity)
