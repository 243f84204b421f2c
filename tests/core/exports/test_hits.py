"""Hits as files, and their stability; the user's files are not changed."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

import main
from core.engine import Engine
from core.exports.hits import COLUMNS, collect, export_hits
from core.geometry import Box
from core.records import Hit, PhotoRecord, Query, Ranking
from core.search.stability import FEW, LEAST_PX, better_box, poor, scaled, variants
from core.util.errors import UserError
from core.util.progress import Ticket
from tests.conftest import NAMES

BOX = Box(40, 30, 400, 300)


@pytest.fixture
def ranking(engine: Engine, folder: Path) -> Ranking:
    return engine.search(Query(folder / f"{NAMES[0]}.jpg", BOX), ranking="verified")


def test_tables(engine: Engine, ranking: Ranking, tmp_path: Path) -> None:
    export_hits(ranking, ranking.hits, tmp_path / "hits.csv", engine.thumbnail, Ticket())
    with (tmp_path / "hits.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [Path(row["path"]) for row in rows] == [hit.photo.path for hit in ranking.hits]
    assert set(rows[0]) == set(COLUMNS)
    assert len(json.loads(rows[0]["corners"])) == 4
    export_hits(ranking, ranking.hits[:2], tmp_path / "hits.json", engine.thumbnail, Ticket())
    document = json.loads((tmp_path / "hits.json").read_text())
    assert document["query"]["box"] == list(BOX.as_tuple())
    assert [hit["rank"] for hit in document["hits"]] == [1, 2]
    assert [hit["verified"] for hit in document["hits"]] == [hit.verified for hit in ranking.hits[:2]]
    assert document["hits"][0]["verified"]


def test_contact_sheets(engine: Engine, ranking: Ranking, tmp_path: Path) -> None:
    gone = replace(ranking.hits[0], photo=PhotoRecord(tmp_path / "gone.jpg"))
    hits = [*ranking.hits, gone] * 5
    with Image.open(export_hits(ranking, hits, tmp_path / "hits.png", engine.thumbnail, Ticket())) as sheet:
        assert len(sheet.convert("RGB").getcolors(1 << 24) or ()) > 1000  # photos, not a blank page
    export_hits(ranking, hits, tmp_path / "hits.pdf", engine.thumbnail, Ticket())
    assert (tmp_path / "hits.pdf").read_bytes().count(b"/Type /Page\n") >= 2
    with pytest.raises(UserError, match="cannot be written as"):
        export_hits(ranking, hits, tmp_path / "hits.doc", engine.thumbnail, Ticket())
    with pytest.raises(UserError, match="cannot be written"):
        export_hits(ranking, hits, tmp_path / "missing" / "hits.csv", engine.thumbnail, Ticket())


@pytest.mark.parametrize("links", [False, True])
def test_copies_and_links_overwrite_nothing(ranking: Ranking, tmp_path: Path, links: bool) -> None:
    gone = Hit(9, PhotoRecord(tmp_path / "gone.jpg"), 0.1, 100)
    before = {hit.photo.path: hit.photo.path.read_bytes() for hit in ranking.hits}
    for _ in range(2):
        assert collect([*ranking.hits, gone], tmp_path / "out", links, Ticket()) == len(ranking.hits)
    made = sorted((tmp_path / "out").iterdir())
    assert len(made) == 2 * len(ranking.hits)
    assert all(path.is_symlink() is links for path in made)
    assert {path: path.read_bytes() for path in before} == before


def test_search_on_the_command_line_with_examples(folder: Path, library: Path, tmp_path: Path) -> None:
    words = ["search", "--library", str(library), "--image", str(folder / f"{NAMES[0]}.jpg"), "--box", "40,30,400,300"]
    other = f"{folder / f'{NAMES[3]}.jpg'}@0,0,300,300"
    out = tmp_path / "hits.json"
    assert main.main([*words, "--also", other, "--join", "best", "--only=-loggia", "--out", str(out)]) == 0
    names = [Path(hit["path"]).stem for hit in json.loads(out.read_text())["hits"]]
    assert names[0] == NAMES[3]
    assert not any("loggia" in name for name in names)
    assert main.main([*words, "--not", str(folder / f"{NAMES[1]}.jpg"), "--out", str(out)]) == 0
    assert NAMES[1] not in [Path(hit["path"]).stem for hit in json.loads(out.read_text())["hits"]]


def test_boxes_near_a_box_stay_on_the_photo() -> None:
    near = list(variants(Box(0, 0, 100, 50), (120, 60)))
    assert len(near) == 8
    assert all(box.clipped(120, 60) == box and box.width > 0 for box in near)
    assert scaled(Box(10, 10, 20, 30), 2) == Box(5, 0, 25, 40)


def test_stability_counts_the_boxes_that_find_a_hit(engine: Engine, folder: Path) -> None:
    query = Query(folder / f"{NAMES[0]}.jpg", BOX)
    found = engine.stability(query)
    assert found.boxes == 8
    assert set(found.stays.values()) == {8}  # six photos: all of them are among the first twenty
    assert engine.stability(Query(query.path)).boxes == 0


def test_a_better_box_is_the_smallest_that_keeps_enough() -> None:
    query = Query(Path("x.jpg"), Box(45, 45, 55, 55))
    kept = lambda near: int(near.box.width)  # noqa: E731
    found = better_box(query, (100, 100), kept)
    assert found is not None
    assert LEAST_PX <= found.width < LEAST_PX * 1.25
    assert poor(Box(0, 0, 10, 90), 100)
    assert poor(Box(0, 0, 90, 90), FEW - 1)
    assert not poor(Box(0, 0, 90, 90), FEW)
    assert better_box(query, (100, 100), lambda near: 0) is None
    assert better_box(Query(Path("x.jpg")), (100, 100), kept) is None
