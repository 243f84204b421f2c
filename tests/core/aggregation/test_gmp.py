"""GMP: the authors' values, and its laws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from core.aggregation.gmp import gmp_weights
from core.reduction.moments import l2_normalise
from tests.core.numeric import Golden, cases, quick, relative, seeds, units


@pytest.mark.golden
def test_golden_gmp(golden: Golden) -> None:
    z = golden("formulas")
    for i in cases(z, "gmp_X_"):
        rows = z[f"gmp_X_{i}"]
        for key in (key for key in z if key.startswith(f"gmp_{i}_lam")):
            weights = gmp_weights(rows, float(key.split("lam")[1]))
            assert relative(weights @ rows, z[key]) <= 1e-6


@quick
@given(seeds)
def test_gmp_makes_all_similarities_equal(seed: int) -> None:
    rows = units(seed, 8, 30)
    vector = gmp_weights(rows, 1e-9) @ rows
    assert np.allclose(rows @ vector, 1, atol=1e-5)
    almost_sum = gmp_weights(rows, 1e9) @ rows
    assert np.allclose(l2_normalise(almost_sum), l2_normalise(rows.sum(axis=0)), atol=1e-5)
