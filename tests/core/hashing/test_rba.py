"""RBA: the authors' values, and its laws."""

from __future__ import annotations

import numpy as np
import pytest

from core.hashing.rba import Autoencoder, Rba
from tests.core.numeric import Golden, normal, relative


@pytest.mark.golden
def test_golden_rba(golden: Golden) -> None:
    z = golden("formulas")
    autoencoder = Autoencoder((z["itq_X"] - z["itq_mean"]).T, z["rba_B0"], float(z["rba_lam"]), float(z["rba_beta"]))
    autoencoder.c1, autoencoder.c2 = z["rba_c1_0"], z["rba_c2_0"]
    trace = [*autoencoder.step()]
    for name, value in (("W1", autoencoder.W1), ("W2", autoencoder.W2), ("c1", autoencoder.c1), ("c2", autoencoder.c2)):
        assert relative(value, z[f"rba_{name}_1"]) <= 1e-6, name
    assert (z["rba_B_1"] != autoencoder.B).mean() < 0.005
    while len(trace) < len(z["rba_objective_trace"]):
        trace += autoencoder.step()
    assert relative(np.array(trace), z["rba_objective_trace"]) <= 1e-6
    assert relative(autoencoder.W1, z["rba_W1"]) <= 1e-6
    assert relative(autoencoder.c1, z["rba_c1"]) <= 1e-6
    assert (z["rba_B"] != autoencoder.B).mean() < 0.005


def test_rba_objective_never_increases() -> None:
    trace = Rba(12, 3).fit(normal(1, 200, 20)).objective_
    assert np.all(np.diff(trace) <= 1e-9 * trace[0])
