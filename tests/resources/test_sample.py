"""The sample collection: the ground truth matches the photos, in both formats."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from core.evaluation.protocols.oxford import oxford_benchmark
from core.photos.images import photo_size
from core.util.resources import SAMPLE
from resources.tools.town.truth import Seen, grade, seen, whole_area, write_json, write_oxford

SQUARE = np.array([[10, 10], [110, 10], [110, 60], [10, 60]], dtype=np.float32)
FACES = np.array([[0, 1, 2, 3]], dtype=np.int32)


def test_ground_truth_fits_the_pictures() -> None:
    truth = json.loads((SAMPLE / "ground_truth.json").read_text())
    assert set(truth["photos"]) == {path.name for path in (SAMPLE / "photos").iterdir()}
    things: Counter[str] = Counter()
    for name, photo in truth["photos"].items():
        width, height = photo_size(SAMPLE / "photos" / name)
        for thing in photo["objects"]:
            x0, y0, x1, y1 = thing["box"]
            assert 0 <= x0 < x1 <= width
            assert 0 <= y0 < y1 <= height
            assert min(x1 - x0, y1 - y0) >= 24
            assert 0.05 <= thing["visible"] <= 1
            assert np.shape(thing["quad"]) == (4, 2)
            things[thing["thing"]] += 1
    assert min(things.values()) >= 4
    assert truth["start"]["photo"] in truth["photos"]


def test_oxford_files_agree_with_the_json() -> None:
    truth = json.loads((SAMPLE / "ground_truth.json").read_text())["photos"]
    images = sorted((SAMPLE / "photos").iterdir())
    benchmark = oxford_benchmark("oxford5k", images, SAMPLE / "photos", SAMPLE / "oxford")
    asked: Counter[str] = Counter()
    for file, question in zip(sorted((SAMPLE / "oxford").glob("*_query.txt")), benchmark.questions, strict=True):
        thing = file.name.rsplit("_", 2)[0]
        asked[thing] += 1
        shown = {name for name, row in truth.items() if any(found["thing"] == thing for found in row["objects"])}
        positives = {images[index].name for index in question.positives[""]}
        assert positives | {images[index].name for index in question.junk[""]} == shown
        assert question.path.name in positives
        box = next(found["box"] for found in truth[question.path.name]["objects"] if found["thing"] == thing)
        assert question.box is not None
        assert list(question.box.as_tuple()) == box
    assert all(3 <= count <= 5 for count in asked.values())


@pytest.mark.parametrize(
    ("visible", "box", "expected"),
    [
        (0.9, (0, 0, 50, 50), "good"),
        (0.6, (0, 0, 50, 50), "good"),
        (0.9, (0, 0, 10, 10), "ok"),
        (0.5, (0, 0, 50, 50), "ok"),
        (0.25, (0, 0, 50, 50), "ok"),
        (0.2, (0, 0, 50, 50), "junk"),
    ],
)
def test_grades(visible: float, box: tuple[int, int, int, int], expected: str) -> None:
    assert grade(Seen("tower", box, (), visible), (100, 100)) == expected


def test_what_is_cut_off_counts_as_hidden() -> None:
    mask = np.zeros((200, 60), dtype=bool)
    mask[10:60, 10:60] = True
    assert whole_area(SQUARE, FACES, (60, 200)) == pytest.approx(5000, rel=0.05)
    found = seen("poster", mask, SQUARE, FACES, flat=True)
    assert found is not None
    assert found.box == (10, 10, 60, 60)
    assert found.visible == pytest.approx(0.5, abs=0.03)
    assert found.quad == tuple(map(tuple, SQUARE.tolist()))
    assert seen("poster", mask[:30], SQUARE, FACES, flat=True) is None


def test_written_files_can_be_read(tmp_path: Path) -> None:
    photos = {
        f"tower-{k}.jpg": [Seen("tower", (0, 0, 60, 60), ((0.0, 0.0),) * 4, visible)]
        for k, visible in enumerate((0.9, 0.8, 0.3, 0.1, 0.7))
    }
    images = tmp_path / "photos"
    images.mkdir()
    for name in [*photos, "street.jpg"]:
        (images / name).touch()
    write_json({**photos, "street.jpg": []}, ("tower-0.jpg", "tower"), tmp_path)
    write_oxford(photos, dict.fromkeys(photos, (100, 100)), tmp_path / "oxford")
    assert json.loads((tmp_path / "ground_truth.json").read_text())["start"] == {
        "photo": "tower-0.jpg",
        "box": [0, 0, 60, 60],
    }
    benchmark = oxford_benchmark("oxford5k", sorted(images.iterdir()), images, tmp_path / "oxford")
    assert [question.path.name for question in benchmark.questions] == ["tower-0.jpg", "tower-1.jpg", "tower-4.jpg"]
    for question in benchmark.questions:
        assert {benchmark.images[index].name for index in question.positives[""]} == {
            f"tower-{k}.jpg" for k in (0, 1, 2, 4)
        }
        assert {benchmark.images[index].name for index in question.junk[""]} == {"tower-3.jpg"}
