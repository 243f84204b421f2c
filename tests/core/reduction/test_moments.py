"""Moments: exact sums, and too little to learn from."""

from __future__ import annotations

import numpy as np
import pytest

from core.embeddings.codebook import learn_codebook
from core.hashing.itq import Itq
from core.reduction.moments import Moments
from core.reduction.pca import Pca
from core.reduction.rotation import Rotation
from core.util.errors import UserError
from tests.core.numeric import moments_of, normal


def test_moments_stay_exact_far_from_zero() -> None:
    rows = normal(3, 500, 4) + 1e6
    moments = Moments()
    for batch in np.array_split(rows, 9):
        moments.update(batch)
    assert np.allclose(moments.scatter / 500, np.cov(rows.T, bias=True), rtol=1e-6)


def test_too_little_to_learn_from_is_a_sentence() -> None:
    with pytest.raises(UserError, match="words needs more"):
        learn_codebook(normal(1, 3, 4), 8, seed=1)
    with pytest.raises(UserError, match="needs more than"):
        Pca(4).fit(moments_of(normal(1, 3, 8)))
    with pytest.raises(UserError, match="bits"):
        Itq(64, 1).fit(normal(1, 30, 8))
    with pytest.raises(UserError, match="at least two"):
        Rotation(0).fit(normal(1, 1, 8))
