"""VLAD: values of the methods' own code."""

from __future__ import annotations

import numpy as np
import pytest

from core.embeddings.vlad import Vlad
from tests.core.numeric import Golden, far


@pytest.mark.golden
def test_golden_vlad(golden: Golden) -> None:
    z = golden("fv_vlad")
    each = Vlad(z["codebook"].astype(np.float64)).transform(z["X"])
    assert far(each, z["vlad_each"]) <= 2e-6
    assert far(each.sum(axis=0), z["vlad_all"]) <= 2e-6
    blocks = each.reshape(len(each), *z["codebook"].shape)
    chosen = np.abs(blocks).sum(axis=2).argmax(axis=1)
    assert np.array_equal(chosen, z["vlad_assign"])
