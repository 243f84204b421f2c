"""Covariances of features: the authors' values."""

from __future__ import annotations

import numpy as np
import pytest

from core.inspect.covariance import covariance_statistics
from core.masks import select
from tests.core.numeric import Golden, far


@pytest.mark.golden
def test_golden_covariance_histogram(golden: Golden) -> None:
    z = golden("baselines")
    grid = z["fea_0"].astype(np.float32) * np.float32(z["scale"])
    histogram, low = covariance_statistics(select(grid, np.ones(grid.shape[:2], dtype=bool)))
    assert low == pytest.approx(float(z["cov_pairs_fraction_015"]), abs=1e-5)
    expected = z["cov_hist_100bins_m1_1"]
    assert far(histogram, expected / expected.sum()) <= 1e-5
