"""T-embedding: the authors' values, and its laws."""

from __future__ import annotations

import numpy as np
import pytest

from core.aggregation.democratic import democratic_weights
from core.chain.stages import aggregate
from core.embeddings.codebook import learn_codebook
from core.embeddings.temb import TEmbedding
from core.reduction.moments import l2_normalise
from core.reduction.whitening import clamp_eigenvalues
from tests.core.numeric import Golden, far, moments_of, normal


@pytest.mark.golden
def test_golden_temb(golden: Golden) -> None:
    z = golden("triemb")
    for i in range(int(z["n_cases"])):
        embedding = TEmbedding(z[f"C_{i}"].astype(np.float64))
        embedding.fit(moments_of(*[embedding.raw(part) for part in np.array_split(z[f"vtrain_{i}"], 4)]))
        residuals = embedding.raw(z[f"X_{i}"])
        assert far(residuals, z[f"residual_no_mean_{i}"]) <= 1e-6
        assert far(embedding.mean_, z[f"Xmean_{i}"]) <= 2e-6
        assert far(embedding.eigenvalues_, z[f"eigval_{i}"]) <= 1e-6 * z[f"eigval_{i}"][0]
        clamped = clamp_eigenvalues(embedding.eigenvalues_, int(z["n_clamped"]))
        assert far(clamped / z[f"eigval_clamped_{i}"], np.ones_like(clamped)) <= 5e-4
        own, theirs = l2_normalise(embedding.transform(z[f"X_{i}"])), z[f"embedded_l2_{i}"]
        assert far(own @ own.T, theirs @ theirs.T) <= 2e-4
        embedding.mean_, embedding.whitening_ = z[f"Xmean_{i}"], z[f"Pemb_{i}"]
        assert far(embedding.whiten(residuals), z[f"embedded_{i}"]) <= 2e-5 * np.abs(z[f"embedded_{i}"]).max()
        assert far(aggregate(embedding.transform(z[f"X_{i}"]), "democratic"), z[f"tembsink_{i}"]) <= 5e-6
        assert far(l2_normalise(embedding.whiten(residuals).sum(axis=0)), z[f"temb_{i}"]) <= 5e-6
        assert far(democratic_weights(theirs), z[f"demo_alpha_{i}"]) <= 2e-6


def test_temb_whitens_its_training_features() -> None:
    features = l2_normalise(normal(1, 4000, 6))
    embedding = TEmbedding(learn_codebook(features, 8, seed=1))
    embedding.fit(moments_of(embedding.raw(features)))
    white = embedding.whiten(embedding.raw(features))
    spread = np.sort(np.linalg.eigvalsh(white.T @ white))[::-1]
    assert np.allclose(spread[:15], 1, atol=1e-6)  # the clamped directions have less
    assert spread.max() <= 1 + 1e-6


def test_temb_of_a_word_is_finite() -> None:
    embedding = TEmbedding(np.eye(3))
    residual = embedding.raw(np.eye(3)[:1])
    assert np.isfinite(residual).all()
    assert not residual[0, :3].any()
