"""Packed binary codes, their Hamming distance, and the check of training vectors that all hashing methods share."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.util.errors import UserError


def pack(bits: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """(..., L) bool to (..., L / 8) bytes, the first bit is the least significant; L is a multiple of 8."""
    return np.packbits(bits, axis=-1, bitorder="little")


def unpack(codes: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """The inverse of ``pack``."""
    return np.unpackbits(codes, axis=-1, bitorder="little").astype(bool)


def hamming(codes: NDArray[np.uint8], others: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Number of different bits of packed codes; the arguments broadcast over all but the last axis."""
    distances: NDArray[np.int64] = np.bitwise_count(codes ^ others).sum(axis=-1, dtype=np.int64)
    return distances


def check_training(vectors: NDArray[np.floating], bits: int, method: str) -> None:
    """Refuse training vectors, (N, D), that cannot give a code.

    Raises:
        UserError: more bits than dimensions, or fewer than two vectors.
    """
    count, dimension = vectors.shape
    if bits > dimension:
        raise UserError(
            f"{method} cannot make {bits} bits from {dimension} numbers", hint="Choose fewer bits or a longer descriptor."
        )
    if count < 2:
        raise UserError(f"{method} needs at least two photos to learn from", hint="Give more photos.")
