"""Whitening: clamped eigenvalues, and unit covariance."""

from __future__ import annotations

import numpy as np
import pytest

from core.embeddings.temb import TEmbedding
from core.reduction.whitening import PcaWhitening, whitening_matrix
from tests.core.numeric import normal


@pytest.mark.golden
def test_golden_whitening_clamps_the_smallest() -> None:
    scaled = whitening_matrix(np.arange(40.0, 0.0, -1.0), np.eye(40), TEmbedding.CLAMPED)
    assert np.allclose(np.diag(scaled)[-33:], 1 / np.sqrt(33.0))


def test_whitened_vectors_have_unit_covariance() -> None:
    rows = normal(1, 500, 12) @ normal(2, 12, 12)
    whitening = PcaWhitening(5).fit(rows)
    white = (rows - whitening.mean_) @ whitening.basis_
    assert np.allclose(np.cov(white.T, bias=True), np.eye(5), atol=1e-8)
