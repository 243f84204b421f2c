"""An engine with a very quick pipeline, and photos to move."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.chain.load import shipped_stages
from core.chain.model_file import dump_describer
from core.chain.presets import preset, save_preset
from core.engine import Engine

TINY = "tiny"


@pytest.fixture(scope="session")
def tiny_fit() -> bytes:
    """The program's fit for photos of 96 pixels."""
    return dump_describer(dataclasses.replace(preset("standard"), longest_side=96), shipped_stages("standard"))


@pytest.fixture(scope="session")
def shared_engine() -> Engine:
    """Keeps the network loaded for all tests."""
    return Engine()


@pytest.fixture
def tiny(tiny_fit: bytes, shared_engine: Engine) -> Engine:
    """An engine without an open library; index with the preset ``TINY``."""
    save_preset(TINY, tiny_fit)
    shared_engine.close_library()
    return shared_engine


@pytest.fixture
def draw() -> Callable[[Path, int], Path]:
    """Makes a photo whose content depends on a number."""

    def drawn(path: Path, seed: int) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        noise = np.random.default_rng(seed).integers(0, 255, (9, 12, 3), dtype=np.uint8)
        Image.fromarray(noise).resize((96, 72), Image.Resampling.BICUBIC).save(path)
        return path

    return drawn
