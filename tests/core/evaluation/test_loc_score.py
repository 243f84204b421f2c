"""LocScore."""

from __future__ import annotations

import numpy as np
import pytest

from core.evaluation.loc_score import loc_score


def test_loc_score_is_precision_times_overlap() -> None:
    # Positives 5 and 7 at ranks 1 and 3, 9 not ranked.
    assert loc_score(np.array([5, 1, 7]), {5: 0.5, 7: 0.9, 9: 1.0}) == pytest.approx((0.5 + 2 / 3 * 0.9) / 3)
    assert loc_score(np.array([1, 2]), {}) == 0
