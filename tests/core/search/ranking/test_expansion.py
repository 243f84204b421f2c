"""Averages with what resembles it: the field's query expansion and database-side augmentation on a shortlist."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.search.ranking import expansion as expanding
from core.search.ranking.expansion import augmented, expanded


def directions(count: int, length: int, seed: int) -> NDArray[np.float32]:
    rows = np.random.default_rng(seed).normal(size=(count, length)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@given(st.integers(1, 30), st.integers(2, 16), st.integers(0, 9))
def test_what_comes_out_is_normalised(count: int, length: int, seed: int) -> None:
    rows = directions(count, length, seed)
    np.testing.assert_allclose(np.linalg.norm(augmented(rows), axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(expanded(rows[0], rows)), 1, atol=1e-5)


def test_it_is_the_sum_that_its_equations_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expanding, "AUGMENTED", 3)
    monkeypatch.setattr(expanding, "EXPANDED", 2)
    rows, query = directions(12, 6, 1), directions(1, 6, 2)[0]
    for row, found in zip(rows, augmented(rows), strict=True):
        near = sorted(rows, key=lambda other: -float(other @ row))[:3]
        total = sum(max(0.0, float(other @ row)) ** 3 * other for other in near)
        np.testing.assert_allclose(found, total / np.linalg.norm(total), atol=1e-5)
    near = sorted(rows, key=lambda other: -float(other @ query))[:2]
    total = query + sum(max(0.0, float(other @ query)) ** 3 * other for other in near)
    np.testing.assert_allclose(expanded(query, rows), total / np.linalg.norm(total), atol=1e-5)


def test_a_view_like_the_nearest_hits_comes_before_a_chance_likeness() -> None:
    # The chain query - a - b: b has less in common with the query than the stray photo, but all with a.
    query = np.array([1, 0, 0, 0], dtype=np.float32)
    a, b, stray = (np.array(v, dtype=np.float32) for v in ([0.8, 0.6, 0, 0], [0.3, 0.954, 0, 0], [0.35, 0, 0.9367, 0]))
    rows = np.stack([a, b, stray])
    assert np.argsort(-rows @ query).tolist() == [0, 2, 1]
    near = augmented(rows)
    assert np.argsort(-near @ expanded(query, near)).tolist() == [0, 1, 2]


def test_steps_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expanding, "AUGMENTED", 1)
    monkeypatch.setattr(expanding, "EXPANDED", 0)
    rows, query = directions(5, 4, 3), directions(1, 4, 4)[0]
    assert np.array_equal(augmented(rows), rows)
    np.testing.assert_allclose(expanded(query, rows), query, atol=1e-6)
