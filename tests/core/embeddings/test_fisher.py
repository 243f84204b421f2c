"""Fisher vectors: values of the methods' own code."""

from __future__ import annotations

import numpy as np
import pytest

from core.chain.stages import aggregate
from core.embeddings.fisher import FisherVector
from core.reduction.moments import l2_normalise
from tests.core.numeric import Golden, far


@pytest.mark.golden
def test_golden_fisher_vector(golden: Golden) -> None:
    z = golden("fv_vlad")
    fisher = FisherVector(*(z[name].astype(np.float64) for name in ("priors", "means", "covariances")))
    each = fisher.transform(z["X"].astype(np.float64))
    assert far(each, z["fisher_each"]) <= 2e-4
    assert far(each.mean(axis=0), z["fisher_all"]) <= 1e-5
    assert far(aggregate(each, "average"), l2_normalise(z["fisher_all"])) <= 1e-5
