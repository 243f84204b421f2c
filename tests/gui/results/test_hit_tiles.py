"""What is said of hits."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.records import Hit, PhotoRecord, Query, Ranking
from gui.results.hit_tiles import bands_of, hit_tile


def ranking_of(distances: list[int], kind: str) -> Ranking:
    hits = tuple(
        Hit(rank, PhotoRecord(Path(f"{rank}.jpg"), rank), 1 - distance / 512, distance)
        for rank, distance in enumerate(distances, start=1)
    )
    return Ranking(Query(Path("q.jpg")), hits, kind, "standard", 0.01, 100)


@pytest.mark.parametrize(
    ("kind", "captions"),
    [("hamming", ["1", "2–4", "2–4", "2–4", "5"]), ("rerank", ["0.82", "0.80", "0.80", "0.80", "0.80"])],
)
def test_hits_at_one_distance_share_their_ranks(kind: str, captions: list[str]) -> None:
    ranking = ranking_of([90, 100, 100, 100, 101], kind)
    bands = bands_of(ranking)
    tiles = [hit_tile(hit, ranking, {}, None, bands) for hit in ranking.hits]
    assert [tile.caption.split()[0] for tile in tiles] == captions
    assert ("3 photos are at this distance, and share the ranks 2 to 4" in tiles[2].tooltip) == (kind == "hamming")
