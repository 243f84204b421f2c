"""Geometric verification: true views pass with their place found, strangers and repeated patterns do not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from core.engine import Engine
from core.geometry import Box
from core.photos.images import Rgb, read_photo
from core.photos.keypoints import Points, find_points, strongest
from core.records import Query
from core.search.correspondence import match
from core.search.ranking.reranking import WEIGHT, bonus
from core.search.verification import CUT_OFF, NOTHING, SURE, Verification, verify
from core.util.progress import Cancelled, Ticket
from core.util.resources import SAMPLE
from tests.conftest import NAMES

CORNERS = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], dtype=np.float32)


@pytest.fixture(scope="module")
def photo() -> Rgb:
    return read_photo(SAMPLE / "photos" / f"{NAMES[0]}.jpg")


def seen_from_elsewhere(photo: Rgb, box: Box) -> tuple[Rgb, np.ndarray]:
    """A perspective view of the photo, and where the box's corners lie on it."""
    height, width = photo.shape[:2]
    source = CORNERS * (width, height)
    target = source * 0.7 + np.array([[60, 40], [10, 80], [30, -20], [90, 10]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(source.astype(np.float32), target.astype(np.float32))
    corners = np.array([[[box.x0, box.y0], [box.x1, box.y0], [box.x1, box.y1], [box.x0, box.y1]]], dtype=np.float64)
    return cv2.warpPerspective(photo, matrix, (width, height)), cv2.perspectiveTransform(corners, matrix)[0]


def overlap(first: np.ndarray, second: np.ndarray, shape: tuple[int, ...]) -> float:
    """Intersection over union of two quadrilaterals."""
    masks = []
    for corners in (first, second):
        mask = np.zeros(shape[:2], dtype=np.uint8)
        cv2.fillPoly(mask, [np.rint(corners).astype(np.int32)], 1)
        masks.append(mask.astype(bool))
    return float((masks[0] & masks[1]).sum() / (masks[0] | masks[1]).sum())


def test_another_view_is_verified_and_the_box_is_found(photo: Rgb) -> None:
    box = Box(160, 80, 600, 420)
    view, corners = seen_from_elsewhere(photo, box)
    found = verify(find_points(photo, box), find_points(view))
    assert found.verified
    assert found.inliers > 20
    assert found.quadrilateral is not None
    assert overlap(np.array(found.quadrilateral), corners, view.shape) > 0.9


def test_another_building_is_not_verified(photo: Rgb) -> None:
    query = find_points(photo, Box(160, 80, 600, 420))
    for name in ("triumphal-arch-01", "field-01", "gothic-tower-06"):
        assert not verify(query, find_points(read_photo(SAMPLE / "photos" / f"{name}.jpg"))).verified


def test_a_mirror_image_is_not_a_view(photo: Rgb) -> None:
    """The same keypoints in mirrored places: every match agrees, with a homography that no camera makes."""
    query = find_points(photo)
    mirrored = replace(query, xy=query.xy * (-1, 1) + (photo.shape[1], 0))
    assert not verify(query, mirrored).verified


@pytest.mark.parametrize("blank", [np.zeros((80, 90, 3), np.uint8), np.full((5, 5, 3), 200, np.uint8)])
def test_nothing_to_see_is_not_verified(photo: Rgb, blank: Rgb) -> None:
    empty = find_points(blank)
    assert verify(empty, find_points(photo)) == Verification(0, 0, 0.0, None)
    assert verify(find_points(photo), empty).inliers == 0


def test_a_view_that_is_turned_is_verified(photo: Rgb) -> None:
    box = Box(160, 80, 600, 420)
    turned = find_points(np.ascontiguousarray(np.rot90(photo)))
    found = verify(find_points(photo, box), turned)
    corners = np.array([[y, photo.shape[1] - x] for x, y in box.corners])
    assert found.quadrilateral is not None
    assert np.abs(np.array(found.quadrilateral) - corners).max() < 15


def test_one_match_for_each_place(photo: Rgb) -> None:
    points = find_points(photo)
    matched = match(points, points)
    assert (matched.rows[:, 0] == matched.rows[:, 1]).mean() > 0.95
    for places in (matched.source, matched.target):
        assert len(np.unique(np.rint(places / 2), axis=0)) == len(places)


def test_few_keypoints_are_spread_and_the_first_stand_for_all() -> None:
    rng = np.random.default_rng(0)
    places = np.concatenate([rng.uniform(0, 0.1, (900, 2)), rng.uniform(0, 1, (100, 2))])
    kept = strongest(places, np.concatenate([np.full(900, 2.0), np.full(100, 1.0)]), 200)
    assert len(set(kept.tolist())) == 200
    assert (kept >= 900).sum() > 80
    assert (kept[:100] >= 900).sum() > 80


def test_only_verified_hits_gain() -> None:
    assert bonus(NOTHING) == 0
    assert bonus(Verification(50, 20, 30.0, None)) == 0
    assert bonus(Verification(90, 80, 400.0, ((0.0, 0.0),) * 4)) == WEIGHT


def test_the_verified_ranking_puts_the_same_house_first(engine: Engine, folder: Path) -> None:
    query = Query(folder / f"{NAMES[0]}.jpg", Box(100, 50, 420, 320))
    plain, verified = engine.search(query), engine.search(query, ranking="verified")
    assert verified.ranking == "verified"
    assert {hit.photo.id for hit in verified.hits} == {hit.photo.id for hit in plain.hits}
    assert [hit.rank for hit in verified.hits] == list(range(1, len(plain.hits) + 1))
    assert verified.hits[0].photo.path.stem == NAMES[1]
    assert verified.hits[0].inliers > 0
    assert all(hit.inliers == 0 for hit in verified.hits if not hit.photo.path.stem.startswith("loggia"))


def test_a_hit_whose_file_is_gone_keeps_its_place(engine: Engine, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = folder / f"{NAMES[0]}.jpg"
    found = engine.search(Query(asked))

    def read(path: Path) -> Rgb:
        if path != asked:
            raise OSError("gone")
        return read_photo(path)

    monkeypatch.setattr("core.search.ranking.reranking.read_photo", read)
    monkeypatch.setattr(
        "core.library.keypoints.PointsTable.of", lambda table, photo: None
    )  # as a library of an earlier time
    assert [hit.photo for hit in engine.verify(found).hits] == [hit.photo for hit in found.hits]


def test_verification_can_be_cancelled(engine: Engine, folder: Path) -> None:
    found = engine.search(Query(folder / f"{NAMES[0]}.jpg"))
    ticket = Ticket()
    ticket.cancel()
    with pytest.raises(Cancelled):
        engine.verify(found, ticket)


def few_agree(shift: tuple[float, float]) -> Verification:
    """Verify strangers of which six keypoints agree: they lie on the hit nearly as on the query, only moved."""
    rng = np.random.default_rng(3)
    descriptors = rng.integers(-60, 60, (160, 64)).astype(np.int8)
    places = rng.uniform(20, 380, (160, 2)).astype(np.float32)
    places[:6] = [(150, 150), (250, 160), (240, 260), (160, 250), (200, 330), (120, 200)]
    alike = np.ones(160, dtype=np.float32)
    query = Points(places[:80], 8 * alike[:80], 0 * alike[:80], descriptors[:80], Box(0, 0, 400, 400), 1.0)
    # 60 more are matched, and lie anywhere.
    rows = np.r_[0:66, 80:160]
    there = rng.uniform(10, 790, (len(rows), 2)).astype(np.float32)
    there[:6] = places[:6] + np.array(shift, dtype=np.float32) + rng.normal(0, 5, (6, 2))
    turns = rng.uniform(-np.pi, np.pi, len(rows)).astype(np.float32)
    turns[:6] = 0
    hit = Points(there, 8 * np.ones(len(rows), np.float32), turns, descriptors[rows], Box(0, 0, 800, 800), 1.0)
    return verify(query, hit)


def test_few_matches_verify_what_lies_whole_on_the_photo_but_not_what_is_cut_off() -> None:
    whole, cut = few_agree((200.0, 200.0)), few_agree((-100.0, 200.0))
    assert whole.surprise == pytest.approx(cut.surprise)
    assert SURE <= whole.surprise < SURE + CUT_OFF
    assert whole.verified
    assert not cut.verified
