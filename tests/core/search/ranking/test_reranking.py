"""The verifier's cache of keypoints."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from core.geometry import Box
from core.photos.images import read_photo
from core.photos.keypoints import no_points
from core.search.ranking import reranking
from core.search.ranking.reranking import Verifier


def test_the_keypoints_of_few_photos_serve_many_threads(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Raised KeyError once: one thread removed what another had just found."""
    empty = no_points(Box(0, 0, 2, 2))
    monkeypatch.setattr(reranking, "find_points", lambda photo, box: empty)
    monkeypatch.setattr(reranking, "read_photo", lambda path: read_photo(folder / "field-01.jpg")[:2, :2])
    verifier = Verifier(limit=2)
    ask: Callable[[int], object] = lambda number: verifier.points(Path(f"{number % 7}.jpg"))  # noqa: E731
    with ThreadPoolExecutor(8) as pool:
        assert len(list(pool.map(ask, range(2000)))) == 2000
