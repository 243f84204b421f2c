"""The power law: the authors' values."""

from __future__ import annotations

import pytest

from core.reduction.power import power_law
from tests.core.numeric import Golden, far


@pytest.mark.golden
def test_golden_power_law(golden: Golden) -> None:
    z = golden("powerlaw")
    for alpha, expected in zip(z["alphas"], z["vecpostproc"], strict=True):
        assert far(power_law(z["V"], float(alpha)), expected) <= 1e-6
