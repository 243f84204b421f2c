"""The MAX mask: the authors' values, and its laws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.masks import select
from core.masks.max import channel_peaks, max_mask
from tests.core.numeric import Golden, normal, quick, seeds


@pytest.mark.golden
def test_golden_max_mask(golden: Golden) -> None:
    z = golden("mask_max")
    for i in range(int(z["n_maps"])):
        grid = z[f"fea_{i}"]
        assert np.array_equal(max_mask(grid), z[f"mask_{i}"])
        assert np.array_equal(select(grid, max_mask(grid)), z[f"selected_{i}"])


@quick
@given(seeds, st.integers(1, 9), st.integers(1, 9), st.integers(1, 20))
def test_max_mask_keeps_a_maximum_of_every_channel(seed: int, h: int, w: int, k: int) -> None:
    grid = np.maximum(normal(seed, h, w, k), 0).astype(np.float32)
    mask = max_mask(grid)
    assert np.array_equal(grid[mask].max(axis=0), grid.max(axis=(0, 1)))
    assert mask.sum() <= k


@quick
@given(seeds, st.integers(1, 40), st.integers(1, 40), st.integers(1, 12), st.integers(1, 4), st.booleans())
def test_max_mask_equals_the_peaks_of_its_channels(seed: int, h: int, w: int, k: int, values: int, ignore: bool) -> None:
    # Few values make many ties, even of all cells.
    grid = np.random.default_rng(seed).integers(0, values, (h, w, k)).astype(np.float32)
    peaks = channel_peaks(grid[:, :, grid.any(axis=(0, 1))] if ignore else grid)
    expected = np.zeros((h, w), dtype=bool)
    expected[peaks[:, 0], peaks[:, 1]] = True
    assert np.array_equal(max_mask(grid, ignore), expected)


def test_max_mask_can_leave_dead_channels_out() -> None:
    grid = np.zeros((3, 3, 2), np.float32)
    grid[2, 1, 0] = 1
    assert max_mask(grid).sum() == 2
    assert max_mask(grid, ignore_dead_channels=True).sum() == 1
