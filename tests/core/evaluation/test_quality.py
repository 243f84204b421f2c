"""How good a ranking is by what was said of its hits."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy.stats import binomtest

from core.evaluation.average_precision import average_precision, precisions
from core.evaluation.quality import bootstrap, quality, wilson
from core.records import Hit, Judged, PhotoRecord, Query, Ranking

QUERY = Path("/photos/query.jpg")


def ranking_of(names: str) -> Ranking:
    hits = tuple(Hit(rank, PhotoRecord(Path(f"/photos/{name}"), rank), 0.5, 0) for rank, name in enumerate(names, start=1))
    return Ranking(Query(QUERY), hits, "verified", "standard", 0.01, 100)


def judged(**kinds: str) -> Judged:
    return Judged(QUERY, None, {Path(f"/photos/{name}"): kind for kind, names in kinds.items() for name in names})


def test_figures_by_hand() -> None:
    """Junk is no hit, what is not judged is wrong, and a good photo that is not ranked is not found."""
    found = quality(ranking_of("abcdefg"), judged(good="ad", ok="x", junk="b"))
    assert (found.right, found.looked) == (2, 3)  # a, c, d
    assert found.precision is not None
    assert found.precision[0] == 2 / 3
    assert found.average_precision is not None
    assert found.average_precision[0] == pytest.approx((1 + (1 / 2 + 2 / 3) / 2) / 3)
    assert dict(found.judged) == {"good": 2, "ok": 1, "junk": 1}


def test_average_precision_is_that_of_the_evaluation() -> None:
    rng = np.random.default_rng(5)
    names = "abcdefghijklmnopqrst"
    for _ in range(50):
        order, said = rng.permutation(20), rng.permutation(20)[:9]
        found = quality(
            ranking_of("".join(names[i] for i in order)),
            judged(good="".join(names[i] for i in said[:4]), junk="".join(names[i] for i in said[4:])),
        )
        assert found.average_precision is not None
        expected = average_precision(order, said[:4].tolist(), said[4:].tolist())
        assert found.average_precision[0] == pytest.approx(expected, abs=1e-12)
        assert precisions(order, said[:4].tolist(), said[4:].tolist()).mean() == pytest.approx(expected, abs=1e-12)


def test_the_own_photo_does_not_count() -> None:
    own = Hit(1, PhotoRecord(QUERY, 9), 1.0, 0)
    with_own = Ranking(Query(QUERY), (own, *ranking_of("ab").hits), "verified", "standard", 0.01, 100)
    assert quality(with_own, judged(good="b")) == quality(ranking_of("ab"), judged(good="b"))


def test_nothing_judged_has_no_figures() -> None:
    found = quality(ranking_of("abc"), judged(junk="a"))
    assert (found.precision, found.average_precision) == (None, None)


@pytest.mark.parametrize(("right", "of"), [(0, 1), (1, 1), (5, 8), (40, 40), (3, 200)])
def test_wilsons_interval_is_that_of_scipy(right: int, of: int) -> None:
    known = binomtest(right, of).proportion_ci(method="wilson")
    assert wilson(right, of) == pytest.approx((known.low, known.high), abs=1e-6)


def test_the_bootstrap_covers_the_mean() -> None:
    """Of 300 samples of numbers with the mean 0.5 about 95 % have it in their interval."""
    rng = np.random.default_rng(0)
    ends = [bootstrap(rng.random(30))[1:] for _ in range(300)]
    assert 0.9 < np.mean([low <= 0.5 <= high for low, high in ends]) < 0.98
    assert bootstrap(np.array([0.7])) == (0.7, 0.0, 1.0)
