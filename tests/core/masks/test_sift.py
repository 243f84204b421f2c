"""The SIFT mask: the authors' values."""

from __future__ import annotations

import numpy as np
import pytest

from core.masks import select
from core.masks.sift import detect_keypoints, sift_mask
from tests.core.numeric import Golden


@pytest.mark.golden
def test_golden_sift_mask(golden: Golden) -> None:
    z = golden("mask_sift")
    for i in range(int(z["n_maps"])):
        height, width = (int(v) for v in z[f"image_hw_{i}"])
        points, grid = z[f"frames_xy_{i}"] - 1, z[f"fea_{i}"]
        mask = sift_mask(points, (height, width), grid.shape[:2])
        assert np.array_equal(mask, z[f"mask_{i}"])
        assert np.array_equal(select(grid, mask), z[f"selected_{i}"])
        assert np.array_equal(sift_mask(points, (height, width), grid.shape[:2], 0), z[f"mask_paper_eq1_{i}"])


@pytest.mark.golden
def test_golden_sift_detector_makes_a_similar_mask(golden: Golden) -> None:
    z = golden("sift_detector")
    image = z["image"]
    points, _, _ = detect_keypoints(np.repeat(image[:, :, None], 3, axis=2), float(z["peak_thresh"]))
    mask = sift_mask(points, image.shape, tuple(int(v) for v in z["grid_hw"]))
    assert (mask & z["mask_dilated"]).sum() / (mask | z["mask_dilated"]).sum() >= 0.8


def test_sift_mask_without_keypoints_keeps_all() -> None:
    assert sift_mask(np.zeros((0, 2)), (64, 64), (4, 4)).all()
