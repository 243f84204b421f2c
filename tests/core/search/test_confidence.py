"""How likely a hit is right: told of every hit, falling with the ranks, in collections of every size."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest

from core.engine import Engine
from core.geometry import Box
from core.records import Query
from core.search.confidence import CURVES, RIGHT, after_verification, confidences, measures
from tests.conftest import NAMES


def ranked(photos: int, right: tuple[float, ...]) -> np.ndarray:
    """Scores of strangers, and of photos that show the thing."""
    strangers = np.random.default_rng(0).exponential(0.02, photos - len(right))
    return np.sort(np.concatenate([strangers, right]))[::-1][:200]


@pytest.mark.parametrize("photos", [10, 50, 500, 2400, 100_000])
@pytest.mark.parametrize("ranking", CURVES)
def test_every_hit_is_told_and_the_figure_falls(photos: int, ranking: str) -> None:
    told = confidences(ranked(photos, (0.9, 0.8)), photos, ranking)
    values = [value for value in told if value is not None]
    assert len(values) == len(told) == min(photos, 200)
    assert all(0 <= second <= first <= 1 for first, second in itertools.pairwise(values))


@pytest.mark.parametrize("photos", [10, 50, 500, 2400])
def test_what_stands_out_is_likely_and_the_tail_is_not(photos: int) -> None:
    told = confidences(ranked(photos, (0.9, 0.8)), photos, "cells")
    assert told[0] is not None
    assert told[0] > 0.9
    assert told[-1] is not None
    assert told[-1] < 0.1


def test_equal_scores_single_hits_and_rankings_that_were_not_measured() -> None:
    assert len(confidences(np.full(200, 0.01), 2003, "cells")) == 200
    assert len(confidences(np.array([0.5]), 1, "cells")) == 1
    assert confidences(np.zeros(0), 0, "cells") == []
    assert confidences(np.array([0.5, 0.4]), 2, "another") == [None, None]


def test_the_expected_number_is_that_of_the_ranks() -> None:
    scores = np.sort(np.random.default_rng(1).exponential(0.02, 20_000))[::-1]
    assert 40 < np.exp(measures(scores[:200], 20_000)[59, 0]) < 90


def test_what_was_looked_at_and_not_verified_is_less_likely() -> None:
    assert after_verification([0.9, 0.5, 0.4, None], 2) == pytest.approx([0.759, 0.4, 0.259, None], abs=1e-3, nan_ok=True)
    assert after_verification([0.9], 0) == [0.9]


def test_each_hit_of_a_small_collection_has_one_and_the_order_follows_it(engine: Engine, folder: Path) -> None:
    hits = engine.search(Query(folder / f"{NAMES[0]}.jpg", Box(100, 50, 420, 320)), ranking="verified").hits
    sure = [hit.confidence for hit in hits]
    assert None not in sure
    assert sure == sorted(sure, key=lambda value: -(value or 0))
    assert {hit.confidence for hit in hits if hit.inliers} == {RIGHT}
    assert [hit.inliers > 0 for hit in hits] == sorted((hit.inliers > 0 for hit in hits), reverse=True)
