"""The box's state machine alone: no Qt, no window."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.geometry import HANDLES, Box
from gui.canvas.interaction import Interaction, Mode, Outcome, edge_at

PHOTO = (400, 300)
BOX = Box(100, 100, 200, 180)


@pytest.fixture
def hand() -> Interaction:
    hand = Interaction()
    hand.reset(*PHOTO)
    return hand


def drag(hand: Interaction, start: tuple[float, float], *way: tuple[float, float], pixel: float = 1.0) -> Outcome:
    hand.press(*start, pixel)
    for place in way:
        hand.drag(*place, pixel)
    return hand.release()


def test_drawing_on_empty_makes_a_box_of_full_pixels(hand: Interaction) -> None:
    assert drag(hand, (50.4, 60.2), (70, 70), (150.6, 100.3)) == Outcome(True, Box(50, 60, 151, 100))


def test_drawing_backwards_gives_the_same_box(hand: Interaction) -> None:
    assert drag(hand, (150, 100), (50, 60)).box == Box(50, 60, 150, 100)


def test_drawing_past_the_border_stops_there(hand: Interaction) -> None:
    assert drag(hand, (-20, 250), (90, 900)).box == Box(0, 250, 90, 300)


@pytest.mark.parametrize("pixel", [0.25, 1.0, 4.0])
def test_a_box_under_eight_screen_pixels_is_ignored(hand: Interaction, pixel: float) -> None:
    hand.set_box(BOX)
    assert drag(hand, (10, 10), (10 + 40 * pixel, 10 + 5 * pixel), pixel=pixel) == Outcome(False, BOX)
    assert drag(hand, (10, 10), (10 + 40 * pixel, 10 + 8 * pixel), pixel=pixel).finished


def test_a_new_box_drawn_back_to_nothing_restores_the_old_one(hand: Interaction) -> None:
    hand.set_box(BOX)
    assert drag(hand, (10, 10), (60, 60), (11, 11)) == Outcome(True, BOX)


def test_a_click_changes_nothing(hand: Interaction) -> None:
    hand.set_box(BOX)
    for place in ((10, 10), (150, 140), (100, 100)):
        assert drag(hand, place) == Outcome(False, BOX)


def test_inside_moves_and_keeps_the_size(hand: Interaction) -> None:
    hand.set_box(BOX)
    assert drag(hand, (150, 140), (160, 120)).box == Box(110, 80, 210, 160)
    assert drag(hand, (150, 120), (900, 120)).box == Box(300, 80, 400, 160)


def test_moving_keeps_parts_of_pixels(hand: Interaction) -> None:
    hand.set_box(Box(100.5, 100.25, 200.5, 180.25))
    assert drag(hand, (150, 140), (160, 120)).box == Box(110.5, 80.25, 210.5, 160.25)


@pytest.mark.parametrize("name", HANDLES)
def test_each_handle_moves_only_its_sides(hand: Interaction, name: str) -> None:
    hand.set_box(BOX)
    x, y = BOX.handle_positions()[name]
    hand.press(x + 2, y - 2, 1.0)
    assert hand.mode is Mode.RESIZE
    assert hand.handle == name
    hand.drag(x + 2 + 5, y - 2 + 7, 1.0)
    box = hand.release().box
    assert box is not None
    moved = (5 * ("w" in name), 7 * ("n" in name), 5 * ("e" in name), 7 * ("s" in name))
    assert box == Box(*(a + b for a, b in zip(BOX.as_tuple(), moved, strict=True)))


def test_resizing_stops_at_the_smallest_box(hand: Interaction) -> None:
    hand.set_box(BOX)
    outcome = drag(hand, (200, 140), (120, 140), (103, 140))
    assert outcome == Outcome(True, Box(100, 100, 120, 180))


def test_a_side_is_as_good_as_its_handle(hand: Interaction) -> None:
    hand.set_box(BOX)
    assert hand.target(120, 102, 1.0) == "n"
    assert hand.target(197, 165, 1.0) == "e"
    assert edge_at(BOX, 50, 100, 5) is None


def test_a_small_box_can_still_be_moved(hand: Interaction) -> None:
    hand.set_box(Box(100, 100, 118, 118))
    assert hand.target(109, 109, 1.0) == "move"
    assert hand.target(100, 100, 1.0) == "nw"


def test_escape_gives_a_gesture_up_and_then_clears(hand: Interaction) -> None:
    hand.set_box(BOX)
    hand.press(150, 140, 1.0)
    hand.drag(170, 140, 1.0)
    assert hand.escape() == Outcome(True, BOX)
    assert hand.drag(190, 140, 1.0) is False
    assert hand.escape() == Outcome(True, None)
    assert hand.escape() == Outcome(False, None)


def test_panning_leaves_the_box_alone(hand: Interaction) -> None:
    hand.set_box(BOX)
    hand.pan()
    assert hand.drag(10, 10, 1.0) is False
    assert hand.release() == Outcome(False, BOX)


def test_nudging_moves_or_resizes_within_the_photo(hand: Interaction) -> None:
    hand.set_box(BOX)
    assert hand.nudge(-1, 0, False)
    assert hand.box == Box(99, 100, 199, 180)
    assert hand.nudge(10, 10, True)
    assert hand.box == Box(99, 100, 209, 190)
    assert hand.nudge(500, 0, False)
    assert not hand.nudge(1, 0, False)


def test_nudging_never_turns_the_box_inside_out(hand: Interaction) -> None:
    hand.set_box(BOX)
    for _ in range(30):
        hand.nudge(-10, -10, True)
    assert hand.box == Box(100, 100, 108, 108)


def test_without_a_photo_nothing_happens() -> None:
    hand = Interaction()
    hand.press(10, 10, 1.0)
    assert not hand.drag(90, 90, 1.0)
    assert hand.release() == Outcome(False, None)


def test_a_box_off_the_photo_is_none(hand: Interaction) -> None:
    hand.set_box(Box(500, 10, 600, 90))
    assert hand.box is None
    hand.set_box(Box(350, 250, 600, 600))
    assert hand.box == Box(350, 250, 400, 300)


PLACE = st.tuples(st.floats(-500, 900), st.floats(-500, 900))


@given(st.lists(PLACE, min_size=2, max_size=8), st.sampled_from([0.1, 1.0, 5.0]), st.booleans())
def test_whatever_the_hand_does_the_box_is_ordered_and_on_the_photo(
    way: list[tuple[float, float]], pixel: float, start_with_box: bool
) -> None:
    hand = Interaction()
    hand.reset(*PHOTO)
    hand.set_box(BOX if start_with_box else None)
    drag(hand, way[0], *way[1:], pixel=pixel)
    if hand.box is not None:
        assert 0 <= hand.box.x0 < hand.box.x1 <= PHOTO[0]
        assert 0 <= hand.box.y0 < hand.box.y1 <= PHOTO[1]
