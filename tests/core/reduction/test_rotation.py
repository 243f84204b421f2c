"""Rotation and normalisation: the authors' values, and its laws."""

from __future__ import annotations

import numpy as np
import pytest

from core.reduction.moments import l2_normalise
from core.reduction.rotation import Rotation
from tests.core.numeric import Golden, far, normal


@pytest.mark.golden
def test_golden_rotation(golden: Golden) -> None:
    z = golden("rn")
    for i in range(int(z["n_cases"])):
        vectors = z[f"L_int8_{i}"] * float(z["scale"])
        rotation = Rotation(0).fit(vectors)
        assert far(rotation.mean_, z[f"Xm_{i}"]) <= 1e-9
        # The authors divide by N only on one of two code paths, so only the shape of the spectrum is compared.
        own, theirs = (values / values[0] for values in (rotation.eigenvalues_, z[f"eigval_{i}"]))
        known = min(len(own), len(theirs))
        assert far(own[:known], theirs[:known]) <= 1e-6
        expected = z[f"projected_first60_{i}"]
        got = rotation.transform(vectors[: len(expected)])
        assert far(got * np.sign((got * expected).sum(axis=0)), expected) <= 2e-5


@pytest.mark.parametrize("count", [12, 60])
def test_rotation_is_orthogonal_on_both_paths(count: int) -> None:
    rotation = Rotation(0).fit(l2_normalise(normal(2, count, 20)))
    assert np.allclose(rotation.basis_.T @ rotation.basis_, np.eye(20), atol=1e-9)
