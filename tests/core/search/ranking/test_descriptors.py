"""Exact cosine ranking."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core.search.ranking.descriptors import best_first
from tests.core.numeric import quick, seeds


@quick
@given(seeds, st.integers(0, 60))
def test_best_first_is_a_stable_sort(seed: int, k: int) -> None:
    scores = np.random.default_rng(seed).integers(0, 5, 40).astype(np.float32)
    assert np.array_equal(best_first(scores, k), np.argsort(-scores, kind="stable")[:k])
