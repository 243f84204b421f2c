"""ITQ: the authors' values, and its laws."""

from __future__ import annotations

import numpy as np
import pytest

from core.hashing.itq import Itq, learn_rotation
from tests.core.numeric import Golden, far, normal, relative


@pytest.mark.golden
def test_golden_itq(golden: Golden) -> None:
    z = golden("formulas")
    projected = (z["itq_X"] - z["itq_mean"]) @ z["itq_W"]
    rotation, objective = learn_rotation(projected, z["itq_R0"], 50)
    assert far(rotation, z["itq_R50"]) <= 1e-6
    assert np.allclose(objective, z["itq_objective"], rtol=1e-6)
    assert ((projected @ rotation >= 0) != z["itq_bits"]).mean() < 0.005


@pytest.mark.golden
def test_golden_itq_rotations(golden: Golden) -> None:
    z = golden("formulas")
    projected = (z["itq_X"] - z["itq_mean"]) @ z["itq_W"]
    rotation, trace = learn_rotation(projected, z["itq_R0"], len(z["itq_objective"]))
    assert relative(rotation, z["itq_R50"]) <= 1e-6
    assert relative(np.array(trace), z["itq_objective"]) <= 1e-6
    assert ((projected @ rotation >= 0) != z["itq_bits"]).mean() < 0.005


def test_itq_objective_never_increases_and_seed_repeats() -> None:
    vectors = normal(4, 300, 24)
    first, again = Itq(16, 7).fit(vectors), Itq(16, 7).fit(vectors)
    assert np.all(np.diff(first.objective_) <= 1e-9)
    assert np.array_equal(first.projection_, again.projection_)
    assert np.allclose(first.projection_.T @ first.projection_, np.eye(16), atol=1e-9)
