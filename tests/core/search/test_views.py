"""Views of synthetic keypoints: what a camera could make is found with its outline, what none makes never passes."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.geometry import Box, clipped_polygon, common_polygon, polygon_area
from core.photos.keypoints import LENGTH, Points
from core.search.camera_limits import possible, seen
from core.search.correspondence import FIRST, match
from core.search.models import KINDS, fit, mapped
from core.search.surprise import surprise
from core.search.verification import verify

SIDE = 600
PHOTO = Box(0, 0, SIDE, SIDE)
ASKED = Box(150, 150, 450, 450)


def keypoints(
    xy: NDArray[np.float64], size: float, angle: NDArray[np.float64], rows: NDArray[np.int8], region: Box
) -> Points:
    """Keypoints at places, of photos that are compared as they are."""
    sizes = np.full(len(xy), size, np.float32)
    return Points(xy.astype(np.float32), sizes, angle.astype(np.float32), rows, region, 1.0)


def two_views(matrix: NDArray[np.float64], seed: int, alike: int = 60, strangers: int = 60) -> tuple[Points, Points]:
    """The box's keypoints, and those of a photo that shows them through a matrix, (3, 3), a pixel off, among others."""
    rng = np.random.default_rng(seed)
    x0, y0, x1, y1 = ASKED.as_tuple()
    xy = rng.uniform((x0, y0), (x1, y1), (alike, 2))
    angle = rng.uniform(-np.pi, np.pi, alike)
    rows = rng.integers(-60, 60, (alike, LENGTH), dtype=np.int8)
    there = mapped(matrix, xy)
    ahead = mapped(matrix, xy + np.stack([np.cos(angle), np.sin(angle)], axis=1)) - there
    size = 8 * np.sqrt(abs(np.linalg.det(matrix[:2, :2])))
    others = rng.uniform(0, SIDE, (strangers, 2))
    places = np.concatenate([there + rng.normal(0, 0.5, there.shape), others])
    angles = np.concatenate([np.arctan2(ahead[:, 1], ahead[:, 0]), rng.uniform(-np.pi, np.pi, strangers)])
    noise = rng.integers(-4, 5, rows.shape, dtype=np.int8)
    descriptors = np.concatenate([rows + noise, rng.integers(-60, 60, (strangers, LENGTH), dtype=np.int8)])
    return keypoints(xy, 8, angle, rows, ASKED), keypoints(places, float(size), angles, descriptors, PHOTO)


def view(turn: float, scale: float, stretch: float, tilt: tuple[float, float]) -> NDArray[np.float64]:
    """A view of the box about its middle, which stays in the photo's middle."""
    c, s = np.cos(turn), np.sin(turn)
    linear = scale * np.array([[c, -s], [s, c]]) @ np.diag([1, stretch])
    about = np.array([[1, 0, -300], [0, 1, -300], [0, 0, 1.0]])
    through = np.array([[*linear[0], 0], [*linear[1], 0], [tilt[0] / 1000, tilt[1] / 1000, 1]])
    return np.linalg.inv(about) @ through @ about


CORNERS = np.array(ASKED.corners)


@settings(max_examples=40, deadline=None)
@given(
    turn=st.floats(-0.7, 0.7),
    scale=st.floats(0.5, 1.4),
    stretch=st.floats(0.7, 1.0),
    tilt=st.tuples(st.floats(-0.4, 0.4), st.floats(-0.4, 0.4)),
    seed=st.integers(0, 1000),
)
def test_another_view_is_found_with_its_outline(
    turn: float, scale: float, stretch: float, tilt: tuple[float, float], seed: int
) -> None:
    matrix = view(turn, scale, stretch, tilt)
    wanted = mapped(matrix, CORNERS)
    found = verify(*two_views(matrix, seed))
    assert found.quadrilateral is not None
    size = np.sqrt(cv2.contourArea(wanted.astype(np.float32)))
    assert np.linalg.norm(np.array(found.quadrilateral) - wanted, axis=1).max() < 0.12 * size


@settings(max_examples=40, deadline=None)
@given(turn=st.floats(-3, 3), scale=st.floats(0.4, 1.3), seed=st.integers(0, 1000))
def test_a_turned_view_is_found(turn: float, scale: float, seed: int) -> None:
    matrix = view(turn, scale, 1.0, (0, 0))
    found = verify(*two_views(matrix, seed))
    assert found.quadrilateral is not None
    assert np.linalg.norm(np.array(found.quadrilateral) - mapped(matrix, CORNERS), axis=1).max() < 0.1 * 300 * scale


@settings(max_examples=40, deadline=None)
@given(turn=st.floats(-3, 3), scale=st.floats(0.4, 1.3), seed=st.integers(0, 1000))
def test_a_mirrored_view_never_passes(turn: float, scale: float, seed: int) -> None:
    flip = np.array([[-1, 0, 600], [0, 1, 0], [0, 0, 1.0]])
    assert not verify(*two_views(flip @ view(turn, scale, 1.0, (0, 0)), seed)).verified


@settings(max_examples=40, deadline=None)
@given(stretch=st.floats(0.02, 0.2), turn=st.floats(-3, 3), seed=st.integers(0, 1000))
def test_no_sliver_passes(stretch: float, turn: float, seed: int) -> None:
    found = verify(*two_views(view(turn, 1.0, stretch, (0, 0)), seed))
    assert found.quadrilateral is None or possible(np.array(found.quadrilateral), ASKED, PHOTO)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 100_000))
def test_strangers_never_pass(seed: int) -> None:
    query, _ = two_views(np.eye(3), seed)
    _, hit = two_views(np.eye(3), seed + 200_000)
    assert not verify(query, hit).verified


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(-2000, 2000), st.floats(-2000, 2000)), min_size=4, max_size=4))
def test_what_is_possible_is_convex_and_seen(corners: list[tuple[float, float]]) -> None:
    outline = np.array(corners)
    if possible(outline, ASKED, PHOTO):
        assert cv2.isContourConvex(outline.astype(np.float32))
        assert cv2.contourArea(outline.astype(np.float32), oriented=True) > 0
        assert seen(outline, PHOTO) >= 0.12


@pytest.mark.parametrize(
    "corners",
    [
        [(100, 100), (500, 100), (100, 500), (500, 500)],  # crossed
        [(500, 100), (100, 100), (100, 500), (500, 500)],  # crossed the other way
        [(100, 100), (500, 100), (320, 500), (280, 500)],  # fanned
        [(100, 100), (500, 100), (1000, 200), (600, 200)],  # sheared
        [(100, 100), (500, 100), (500, 120), (100, 120)],  # a sliver
        [(5000, 100), (5300, 100), (5300, 400), (5000, 400)],  # beside the photo
        [(-500, -500), (10, -500), (10, 10), (-500, 10)],  # hardly on it
        [(np.inf, 0), (1, 0), (1, 1), (0, 1)],
    ],
)
def test_absurd_outlines_are_not_possible(corners: list[tuple[float, float]]) -> None:
    assert not possible(np.array(corners, dtype=np.float64), ASKED, PHOTO)


def test_points_in_the_middle_say_nothing_about_the_corners() -> None:
    rng = np.random.default_rng(3)
    near, far = rng.uniform(290, 310, (12, 2)), rng.uniform(150, 450, (12, 2))
    doubts = []
    for source in (near, far):
        known = fit(2, source, source + rng.normal(0, 1, source.shape))
        doubts.append(known.doubt(CORNERS).max() if known is not None else np.inf)
    assert doubts[0] > 10 * doubts[1]


@pytest.mark.parametrize("kind", range(len(KINDS)))
def test_the_doubt_is_that_of_repeated_fits(kind: int) -> None:
    rng = np.random.default_rng(kind)
    source = rng.uniform(150, 450, (40, 2))
    target = mapped(view(0.2, 0.8, 1.0, (0, 0)), source)
    fits = [fit(kind, source, target + rng.normal(0, 2, target.shape)) for _ in range(300)]
    places = np.array([known.mapped(CORNERS) for known in fits if known is not None])
    told = np.mean([known.doubt(CORNERS) for known in fits if known is not None], axis=0)
    np.testing.assert_allclose(np.sqrt(places.var(axis=0).sum(axis=1)), told, rtol=0.25)


def test_too_few_points_or_points_on_a_line_determine_nothing() -> None:
    line = np.stack([np.arange(9.0), 2 * np.arange(9.0)], axis=1)
    assert fit(1, line, line) is None
    assert fit(2, line, line) is None
    assert fit(0, line[:1], line[:1]) is None
    assert fit(0, np.ones((4, 2)), np.ones((4, 2))) is None


def test_surprise_grows_with_inliers_and_falls_with_matches_and_errors() -> None:
    def of(count: int, matches: int, error: float, needed: int = 4) -> float:
        return surprise(np.full(count, error), matches, needed, 480_000.0)[0]

    assert of(20, 30, 3) > of(10, 30, 3)
    assert of(15, 30, 3) > of(15, 300, 3)
    assert of(15, 30, 3) > of(15, 30, 6)
    assert of(15, 30, 3, 1) > of(15, 30, 3, 4)
    assert of(4, 30, 3) == 0
    assert surprise(np.array([1.0, 1.0, 1.0, 1.0, 1.0, 90.0]), 30, 1, 480_000.0)[1] == 5


def test_the_rest_is_compared_when_some_of_the_first_agree() -> None:
    query, same = two_views(view(0.2, 0.8, 1, (0, 0)), 1, alike=FIRST + 100)
    _, other = two_views(view(0.2, 0.8, 1, (0, 0)), 2, alike=FIRST + 100)
    assert match(query, same).rows[:, 0].max() >= FIRST
    assert match(query, other).rows[:, 0].max(initial=0) < FIRST


@settings(max_examples=60, deadline=None)
@given(st.floats(-3, 3), st.floats(0.2, 4), st.floats(-500, 900), st.floats(-500, 900))
def test_a_clipped_outline_is_the_seen_part(turn: float, scale: float, x: float, y: float) -> None:
    c, s = scale * np.cos(turn), scale * np.sin(turn)
    outline = (np.array([[-150, -150], [150, -150], [150, 150], [-150, 150]]) @ np.array([[c, s], [-s, c]])) + (x, y)
    clipped = clipped_polygon(tuple(map(tuple, outline.tolist())), PHOTO)
    drawn = cv2.fillConvexPoly(np.zeros((SIDE, SIDE), np.uint8), np.rint(outline * 16).astype(np.int32), 1, shift=4)
    assert polygon_area(clipped) == pytest.approx(drawn.sum(), rel=0.02, abs=4 * SIDE)
    assert polygon_area(clipped) == pytest.approx(seen(outline, PHOTO) * (300 * scale) ** 2, rel=1e-6, abs=1e-3)
    assert all(-1e-6 <= value <= SIDE + 1e-6 for point in clipped for value in point)


def test_what_polygons_have_in_common_is_no_more_than_each() -> None:
    # OpenCV's function gives four times as much for these two.
    first = ((0.0, 69.96), (5.317, 0.0), (196.879, 0.0), (800.0, 45.833), (800.0, 550.838), (0.0, 490.043))
    second = Box(0, 130.3, 608, 452.9).corners
    assert polygon_area(common_polygon(first, second)) == pytest.approx(608 * 322.6)
    assert common_polygon(first, Box(900, 0, 950, 20).corners) == ()
