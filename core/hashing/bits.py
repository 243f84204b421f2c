"""Packed binary codes and their Hamming distance."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def pack(bits: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """(..., L) bool to (..., L / 8) bytes, first bit in the lowest place; L is a multiple of 8."""
    return np.packbits(bits, axis=-1, bitorder="little")


def unpack(codes: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """The inverse of ``pack``."""
    return np.unpackbits(codes, axis=-1, bitorder="little").astype(bool)


def hamming(codes: NDArray[np.uint8], others: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Number of different bits of packed codes; the arguments broadcast over all but the last axis."""
    distances: NDArray[np.int64] = np.bitwise_count(codes ^ others).sum(axis=-1, dtype=np.int64)
    return distances
