"""What the whitened embeddings share."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.embeddings.temb import TEmbedding
from core.reduction.moments import Moments, l2_normalise
from tests.core.numeric import quick, seeds


@quick
@given(seeds, st.integers(1, 30), st.integers(1, 5), st.integers(2, 9))
def test_turned_features_have_the_inner_products_of_the_embedded(seed: int, count: int, words: int, size: int) -> None:
    rng = np.random.default_rng(seed)
    embedding = TEmbedding(rng.normal(size=(words, size)))
    moments = Moments()
    moments.update(embedding.raw(l2_normalise(rng.normal(size=(200, size)))))
    embedding.fit(moments)
    features = l2_normalise(rng.normal(size=(count, size)))
    turned, straight = embedding.turned(features), embedding.transform(features)
    assert turned @ turned.T == pytest.approx(straight @ straight.T, abs=1e-8)
    assert embedding.turn_back(turned) == pytest.approx(straight, abs=1e-8)
