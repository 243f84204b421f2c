"""Average precision: the authors' values, and a slow reference."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given

from core.evaluation.average_precision import average_precision
from tests.core.numeric import Golden, quick, seeds


@pytest.mark.golden
def test_golden_average_precision(golden: Golden) -> None:
    for case in json.loads(str(golden("compute_map")["cases_json"])):
        ranks = np.array(case["ranks"])
        assert average_precision(ranks, case["ok"], case["junk"]) == pytest.approx(case["ap"], abs=1e-12)
        assert average_precision(ranks, case["ok"]) == pytest.approx(case["ap_without_junk_list"], abs=1e-12)


@quick
@given(seeds)
def test_average_precision_equals_a_slow_reference(seed: int) -> None:
    rng = np.random.default_rng(seed)
    ranking = rng.permutation(30)
    positives, junk = np.split(rng.permutation(30)[:11], [6])
    assert average_precision(ranking, positives.tolist(), junk.tolist()) == pytest.approx(
        _slow_average_precision(ranking, set(positives.tolist()), set(junk.tolist()))
    )


def test_average_precision_ignores_added_junk() -> None:
    ranking = np.array([4, 0, 9, 1, 2])
    assert average_precision(ranking, [0, 1], [4, 9]) == average_precision(np.array([0, 1, 2]), [0, 1]) == 1


def _slow_average_precision(ranking: np.ndarray, positives: set[int], junk: set[int]) -> float:
    """The Oxford tool's loop."""
    total, old_recall, old_precision, found, seen = 0.0, 0.0, 1.0, 0, 0
    for image in ranking.tolist():
        if image in positives:
            found += 1
            recall, precision = found / len(positives), found / (seen + 1)
            total += (recall - old_recall) * (old_precision + precision) / 2
            old_recall = recall
        if image in junk:
            continue
        seen += 1
        old_precision = found / seen
    return total


def by_definition(ranking: list[int], positives: set[int], junk: set[int]) -> float:
    """By the definition: the junk is taken out, then trapezoids over the list."""
    cleaned = [image for image in ranking if image in positives or image not in junk]
    area, found, precision = 0.0, 0, 1.0
    for rank, image in enumerate(cleaned, start=1):
        found += image in positives
        if image in positives:
            area += (precision + found / rank) / 2 / len(positives)
        precision = found / rank
    return area


@pytest.mark.parametrize("seed", range(40))
def test_average_precision_equals_its_definition(seed: int) -> None:
    rng = np.random.default_rng(seed)
    ranking = rng.permutation(60)
    positives = rng.choice(60, rng.integers(1, 12), replace=False)
    junk = np.setdiff1d(rng.choice(60, rng.integers(0, 12), replace=False), positives)
    expected = by_definition(ranking.tolist(), set(positives.tolist()), set(junk.tolist()))
    assert average_precision(ranking, positives.tolist(), junk.tolist()) == pytest.approx(expected, abs=1e-12)
