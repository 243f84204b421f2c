"""PCA: the authors' values, and its laws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from core.reduction.pca import Pca
from tests.core.numeric import Golden, far, moments_of, normal, quick, seeds


@pytest.mark.golden
def test_golden_pca(golden: Golden) -> None:
    z = golden("pca")
    pca = Pca(int(z["d"])).fit(moments_of(*np.array_split(z["X"], 5)))
    assert far(pca.mean_, z["mean"]) <= 2e-6
    assert far(pca.eigenvalues_, z["eigval"]) <= 1e-6 * z["eigval"].max()
    signs = np.sign((pca.basis_ * z["Ud"]).sum(axis=0))
    assert far(pca.basis_ * signs, z["Ud"]) <= 5e-5
    # Relative to the largest value, as the authors' basis is single precision and multiplies values of about 15.
    assert far(pca.project(z["X"]) * signs, z["Y"]) <= 5e-5 * np.abs(z["Y"]).max()
    assert far(pca.transform(z["X"]) * signs, z["Y_l2"]) <= 5e-5


@quick
@given(seeds)
def test_pca_of_full_rank_keeps_distances(seed: int) -> None:
    rows = normal(seed, 50, 6)
    projected = Pca(6).fit(moments_of(rows)).project(rows)
    assert np.allclose(np.linalg.norm(projected[0] - projected[1:], axis=1), np.linalg.norm(rows[0] - rows[1:], axis=1))
