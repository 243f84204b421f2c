"""F-FAemb: the authors' values, and its laws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from core.aggregation.democratic import democratic_weights
from core.chain.stages import aggregate
from core.embeddings.faemb import FFAEmbedding, coefficients, objective
from core.reduction.moments import Moments, l2_normalise
from core.reduction.whitening import clamp_eigenvalues
from tests.core.numeric import Golden, cases, far, normal, quick, seeds, units


@pytest.mark.golden
def test_golden_faemb(golden: Golden) -> None:
    z = golden("faemb")
    for i in cases(z, "B_"):
        anchors, features, train = z[f"B_{i}"], z[f"X_{i}"].astype(np.float64), z[f"vtrain_{i}"].astype(np.float64)
        assert far(coefficients(features, anchors), z[f"gamma_{i}"]) <= 1e-6
        assert abs(objective(features, anchors) / z[f"objective_{i}"] - 1) <= 1e-6
        assert abs(objective(train, anchors) / z[f"objective_train_{i}"] - 1) <= 1e-6
        embedding = FFAEmbedding(anchors)
        raw = embedding.raw(features)
        assert far(raw, z[f"phi_{i}"]) <= 1e-6
        moments = Moments()
        for part in np.array_split(train, 7):
            moments.update(embedding.raw(part))
        embedding.fit(moments)
        assert far(embedding.mean_, z[f"Xmean_{i}"]) <= 2e-6
        eigenvalues = embedding.eigenvalues_ / (len(train) - 1)
        assert far(eigenvalues, z[f"eigval_{i}"]) <= 2e-6 * z[f"eigval_{i}"].max()
        clamped = clamp_eigenvalues(eigenvalues, int(z["n_clamped"]))
        assert far(clamped / z[f"eigval_clamped_{i}"], np.ones_like(clamped)) <= 2e-5
        own, theirs = l2_normalise(embedding.transform(features)), z[f"phi_white_l2_{i}"]
        assert far(own @ own.T, theirs @ theirs.T) <= 1e-5
        embedding.mean_, embedding.whitening_ = z[f"Xmean_{i}"], z[f"Pemb_{i}"]
        assert far(aggregate(embedding.transform(features), "democratic"), z[f"final_{i}"]) <= 2e-6
        assert far(democratic_weights(theirs), z[f"demo_alpha_{i}"]) <= 2e-6


@quick
@given(seeds)
def test_faemb_coefficients_sum_to_one_and_minimise(seed: int) -> None:
    features, anchors = units(seed, 5, 6), units(seed + 1, 4, 6)
    gamma = coefficients(features, anchors)
    assert np.allclose(gamma.sum(axis=1), 1)
    locality = (np.abs(features[:, None] - anchors).sum(axis=2) ** 3).sum(axis=1)

    def cost(values: np.ndarray) -> np.ndarray:
        return ((features - values @ anchors) ** 2).sum(axis=1) / 2 + 5e-3 * (values**2).sum(axis=1) * locality

    step = normal(seed + 2, 5, 4) * 0.1
    assert (cost(gamma) <= cost(gamma + step - step.mean(axis=1, keepdims=True)) + 1e-12).all()


def test_faemb_of_an_anchor_is_finite() -> None:
    assert np.isfinite(FFAEmbedding(np.eye(3)).raw(np.eye(3))).all()
