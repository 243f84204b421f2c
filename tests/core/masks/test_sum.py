"""The SUM mask: the authors' values, and its laws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.masks import select
from core.masks.sum import sum_map, sum_mask
from tests.core.numeric import Golden, far, quick, seeds


@pytest.mark.golden
def test_golden_sum_mask(golden: Golden) -> None:
    z = golden("mask_sum")
    for i in range(int(z["n_maps"])):
        grid = z[f"fea_{i}"]
        assert far(sum_map(grid), z[f"sum_map_{i}"]) == 0
        assert np.array_equal(sum_mask(grid), z[f"mask_{i}"])
        assert np.array_equal(select(grid, sum_mask(grid)), z[f"selected_{i}"])


@quick
@given(seeds, st.integers(1, 9), st.integers(1, 9))
def test_sum_mask_keeps_half_without_ties(seed: int, h: int, w: int) -> None:
    grid = np.random.default_rng(seed).permutation(h * w).reshape(h, w, 1).astype(np.float32)
    assert sum_mask(grid).sum() == (h * w + 1) // 2
    assert sum_mask(np.ones((h, w, 3), np.float32)).all()
