"""Packed bits."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core.hashing.bits import hamming, pack, unpack
from tests.core.numeric import quick, seeds


@quick
@given(seeds, st.integers(1, 12))
def test_bits_round_trip_and_hamming_counts(seed: int, words: int) -> None:
    bits = np.random.default_rng(seed).random((3, 8 * words)) < 0.5
    codes = pack(bits)
    assert np.array_equal(unpack(codes), bits)
    assert hamming(codes[0], codes[1]) == (bits[0] != bits[1]).sum() == hamming(codes[1], codes[0])
    assert hamming(codes[0], codes[2]) <= hamming(codes[0], codes[1]) + hamming(codes[1], codes[2])
