"""K-means hashing: the authors' values, and its laws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.hashing.kmh import Kmh, allocate, errors, hamming_table, start_codewords
from core.reduction.moments import descending_eigh
from tests.core.numeric import Golden, normal, quick, relative, seeds


@pytest.mark.golden
def test_golden_kmh_start(golden: Golden) -> None:
    z = golden("formulas")
    bits, parts = int(z["kmh_b"]), int(z["kmh_M"])
    centred = z["kmh_X"] - z["kmh_X"].mean(axis=0)
    eigenvalues, directions = descending_eigh(centred.T @ centred / len(centred))
    order = allocate(eigenvalues, parts)
    assert np.array_equal(order, z["kmh_dim_order"])
    split = (centred @ directions[:, order]).reshape(len(centred), parts, -1).transpose(1, 0, 2)
    codewords, scales = start_codewords(split[:1], bits)
    assert np.array_equal(hamming_table(bits), z["kmh_hamming"])
    assert relative(scales[0] / 2, z["kmh_scale_sub0"]) <= 1e-6  # the scale there is a, s = 2a
    assert relative(codewords[0] @ codewords[0].T, z["kmh_centers_gram_sub0"]) <= 1e-6
    quantisation, affinity = errors(split[:1], codewords, scales[:, None, None] * np.sqrt(hamming_table(bits)))
    assert abs(quantisation / z["kmh_Equan_sub0"] - 1) <= 1e-6
    assert abs(affinity - z["kmh_Eaff_sub0"]) <= 1e-9


def test_kmh_objective_never_increases_between_assignments_and_codewords() -> None:
    trace = np.array(Kmh(16, 1).fit(normal(2, 400, 24)).objective_)
    assert trace[-1] < trace[0]
    assert np.all(np.diff(trace) <= 1e-9 * trace[0])


def test_kmh_neighbours_have_near_codes() -> None:
    rows = np.repeat(normal(5, 50, 16), 4, axis=0) + 0.05 * normal(6, 200, 16)
    bits = Kmh(16, 1).fit(rows).transform(rows)
    distances = (bits[:, None] != bits[None]).sum(axis=2)
    same = np.arange(200)[:, None] // 4 == np.arange(200)[None] // 4
    assert distances[same].mean() < distances[~same].mean() / 4


@quick
@given(seeds, st.sampled_from([1, 2, 4, 8]))
def test_kmh_allocation_uses_every_direction_once(seed: int, parts: int) -> None:
    order = allocate(np.sort(np.abs(normal(seed, 16)))[::-1], parts)
    assert sorted(order) == list(range(16))
