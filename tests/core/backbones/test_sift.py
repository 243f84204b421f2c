"""RootSIFT instead of a network."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from core.backbones import load_backbone
from core.backbones.sift import SiftBackbone
from core.photos.images import read_photo
from tests.conftest import NAMES


def test_sift_backbone_gives_root_sift_and_repeats(folder: Path) -> None:
    photo = read_photo(folder / f"{NAMES[0]}.jpg")
    backbone = load_backbone("sift", "rootsift", False, "cpu")
    rows = backbone.grid(photo)
    assert rows.shape[1:] == (1, 128)
    assert len(rows) > 50
    assert np.allclose(np.linalg.norm(rows, axis=2), 1, atol=1e-4)
    assert np.array_equal(rows, SiftBackbone("rootsift", False).grid(photo))
    assert SiftBackbone("rootsift", False).grid(np.zeros((64, 64, 3), dtype=np.uint8)).shape == (0, 1, 128)
