"""Democratic aggregation: the authors' values, and its laws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.aggregation.democratic import democratic_weights
from core.aggregation.sum import sum_weights
from core.reduction.moments import l2_normalise
from tests.core.numeric import Golden, far, normal, quick, seeds


@pytest.mark.golden
def test_golden_democratic(golden: Golden) -> None:
    z = golden("democratic")
    for i in range(int(z["n_cases"])):
        rows = z[f"X_{i}"]
        weights = democratic_weights(rows)
        assert far(weights / z[f"alpha_{i}"], np.ones_like(weights)) <= 2e-6
        assert far(democratic_weights(rows, 1) / z[f"alpha_1iter_{i}"], np.ones_like(weights)) <= 2e-6
        assert far(l2_normalise(weights @ rows), z[f"agg_l2_{i}"]) <= 2e-6
        assert np.allclose(sum_weights(rows) @ rows, z[f"sum_{i}"], rtol=1e-5, atol=1e-5)


@quick
@given(seeds, st.integers(2, 40))
def test_democratic_weights_equalise_contributions(seed: int, n: int) -> None:
    # With fewer features than dimensions the kernel is near diagonal, so ten iterations suffice.
    rows = l2_normalise(normal(seed, n, 200))
    weights = democratic_weights(rows, iterations=100)
    kernel = np.maximum(rows @ rows.T, 0)
    assert np.allclose(weights * (kernel @ weights), 1, atol=1e-3)


def test_democratic_weights_of_null_features_are_zero() -> None:
    rows = np.vstack([np.zeros(4), np.eye(4)])
    assert democratic_weights(rows)[0] == 0
    assert np.isfinite(democratic_weights(rows)).all()
