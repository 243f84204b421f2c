"""Exact Hamming search."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core.hashing.bits import hamming
from core.search.ranking.codes import CodeIndex
from tests.core.numeric import quick, seeds


@quick
@given(seeds, st.integers(1, 300), st.integers(1, 40))
def test_code_index_is_exact_with_ties_in_order(seed: int, count: int, k: int) -> None:
    # Few bits make many ties.
    codes = np.random.default_rng(seed).integers(0, 4, (count, 1), dtype=np.uint8)
    rows, distances = CodeIndex(codes).nearest(codes[0], k)
    expected = hamming(codes, codes[0])
    order = np.argsort(expected, kind="stable")[:k]
    assert np.array_equal(rows, order)
    assert np.array_equal(distances, expected[order])
