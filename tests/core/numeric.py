"""What tests of numbers share: random arrays, distances, and the fixtures of golden values."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

from core.reduction.moments import Moments, l2_normalise

Values = dict[str, np.ndarray]
Golden = Callable[[str], Values]

seeds = st.integers(0, 2**31)
quick = settings(max_examples=25, deadline=None)


def normal(seed: int, *shape: int) -> np.ndarray:
    """Normally distributed numbers."""
    return np.random.default_rng(seed).standard_normal(shape)


def units(seed: int, n: int, d: int) -> np.ndarray:
    """Random directions, (n, d)."""
    return l2_normalise(normal(seed, n, d))


def moments_of(*batches: np.ndarray) -> Moments:
    """The moments of batches of rows."""
    moments = Moments()
    for batch in batches:
        moments.update(batch)
    return moments


def far(got: np.ndarray, expected: np.ndarray) -> float:
    """The largest difference."""
    return float(np.abs(got - expected).max())


def relative(got: np.ndarray, expected: np.ndarray) -> float:
    """The largest difference over the largest number."""
    return far(got, expected) / max(float(np.abs(expected).max()), 1e-300)


def cases(z: Values, prefix: str) -> list[str]:
    """The case numbers of the keys that begin with ``prefix``."""
    return sorted({m.group(1) for key in z if (m := re.fullmatch(re.escape(prefix) + r"(\d+)", key))}, key=int)
