"""The baselines: values of the methods' own code, and their laws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.baselines.crow import channel_weights, crow, spatial_weights
from core.baselines.gem import gem
from core.baselines.mac import mac
from core.baselines.netvlad import NetVlad
from core.baselines.rmac import regions, rmac
from core.baselines.spoc import spoc, spoc_centre
from core.reduction.moments import l2_normalise
from tests.core.numeric import Golden, cases, far, normal, relative


@pytest.mark.golden
def test_golden_baselines(golden: Golden) -> None:
    z = golden("baselines")
    for i in cases(z, "fea_"):
        grid = z[f"fea_{i}"] * float(z["scale"])
        for name, vectors in (("mac", mac(grid)), ("spoc_sum", spoc(grid)), ("spoc_centre", spoc_centre(grid))):
            assert same_direction(vectors[0], z[f"{name}_{i}"]) <= 1e-6, name
        assert same_direction(gem(grid)[0], z[f"gem3_{i}"]) <= 1e-6
        assert relative(spatial_weights(grid), z[f"crow_spatial_{i}"]) <= 1e-6
        assert relative(channel_weights(grid), z[f"crow_channel_{i}"]) <= 1e-6
        assert same_direction(crow(grid)[0], z[f"crow_{i}"]) <= 1e-6
        assert np.array_equal(regions(*grid.shape[:2]), z[f"rmac_regions_yxhw_{i}"])
        assert same_direction(rmac(grid).sum(axis=0), z[f"rmac_{i}"]) <= 1e-6


def same_direction(got: np.ndarray, expected: np.ndarray) -> float:
    """The distance of the L2-normalised vectors."""
    return far(l2_normalise(got), l2_normalise(expected))


@given(st.integers(1, 40), st.integers(1, 40))
def test_rmac_regions_lie_on_the_grid(height: int, width: int) -> None:
    for y, x, h, w in regions(height, width):
        assert 0 <= y <= y + h <= height
        assert 0 <= x <= x + w <= width
        assert h > 0


def test_crow_of_a_dead_grid_is_zero_not_nan() -> None:
    assert not crow(np.zeros((3, 4, 5), dtype=np.float32)).any()


def test_netvlad_starts_with_sharp_assignments() -> None:
    features = [l2_normalise(np.abs(normal(i, 40, 12))) for i in range(10)]
    layer = NetVlad(1).fit(features)
    vector = layer.vectors(np.abs(normal(3, 4, 5, 12)).astype(np.float32))
    assert vector.shape == (1, 64 * 12)
    assert np.isclose(np.linalg.norm(vector), 1, atol=1e-5)
