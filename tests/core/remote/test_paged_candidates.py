"""Candidates of an engine that cuts its answers are those of an exhaustive search."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.remote.paged_candidates import Bounds, PagedSource

WIDTH = 2


class Engine:
    """All codes in memory; which of several ties are in an answer is left to chance."""

    def __init__(self, ids: NDArray[np.int64], codes: NDArray[np.uint8], seed: int) -> None:
        self._photos, self._parts = (found.ravel() for found in np.meshgrid(ids, range(codes.shape[1]), indexing="ij"))
        self._codes, self._rng = codes.reshape(-1, codes.shape[2]), np.random.default_rng(seed)

    def nearest(
        self, code: bytes, limit: int, own: bool, distances: Bounds, photos: NDArray[np.int64] | Bounds | None
    ) -> NDArray[np.int64]:
        found = np.unpackbits(self._codes ^ np.frombuffer(code, np.uint8), axis=1).sum(axis=1).astype(np.int64)
        keep = (found >= distances[0]) & (found < distances[1])
        if own:
            keep &= self._parts == 0
        if isinstance(photos, tuple):
            keep &= (self._photos >= photos[0]) & (self._photos < photos[1])
        elif photos is not None:
            keep &= np.isin(self._photos, photos)
        rows = np.flatnonzero(keep)
        rows = rows[np.lexsort((self._rng.random(len(rows)), found[rows]))][:limit]
        return np.stack([self._photos[rows], found[rows]], axis=1)


def expected(
    ids: NDArray[np.int64], codes: NDArray[np.uint8], code: NDArray[np.uint8], k: int, windows: bool
) -> list[tuple[int, int]]:
    parts = codes if windows else codes[:, :1]
    least = np.unpackbits(parts ^ code, axis=2).sum(axis=2).min(axis=1)
    return sorted(zip(least.tolist(), ids.tolist(), strict=True))[:k]


@pytest.mark.parametrize("windows", [True, False])
@settings(deadline=None)
@given(
    seed=st.integers(0, 10**6),
    photos=st.integers(0, 60),
    k=st.integers(1, 30),
    most=st.integers(4, 40),
    odd=st.booleans(),
)
def test_the_same_photos_in_the_same_order(windows: bool, seed: int, photos: int, k: int, most: int, odd: bool) -> None:
    rng = np.random.default_rng(seed)
    ids = np.sort(rng.choice(500, photos, replace=False)).astype(np.int64) + 1
    codes = rng.integers(0, 4, (photos, 4, WIDTH), dtype=np.uint8)  # so few bits that there are many ties
    known = ids[rng.random(photos) < 0.7] if odd else ids
    source = PagedSource(Engine(ids, codes, seed), known, 8 * WIDTH, 3, most)
    code = rng.integers(0, 4, WIDTH, dtype=np.uint8)
    shown = np.isin(ids, known)
    for among in (None, ids[rng.random(photos) < 0.5]):
        taken = shown if among is None else shown & np.isin(ids, among)
        found, distances = source.nearest(code, k, among, windows)
        pairs = list(zip(distances.tolist(), found.tolist(), strict=True))
        assert pairs == expected(ids[taken], codes[taken], code, k, windows)
