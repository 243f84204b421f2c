"""The inspector's sentences."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from core.geometry import Box
from core.records import MaskStatistics
from gui.inspect.summary import covariance_change, keypoints_line, mask_line, percent, sentence, where_kept
from tests.gui.inspections import make_histogram, make_inspection, make_keypoints, make_masks


def mask(cells: np.ndarray, low: float | None = 0.5) -> MaskStatistics:
    return MaskStatistics("max", cells, make_histogram(0.1), low)


def grid(*kept: tuple[slice, slice]) -> np.ndarray:
    cells = np.zeros((12, 16), bool)
    for rows, columns in kept:
        cells[rows, columns] = True
    return cells


@pytest.mark.parametrize(
    ("share", "text"), [(0, "0 %"), (0.31, "31 %"), (0.001, "under 1 %"), (0.999, "over 99 %"), (1, "100 %")]
)
def test_percent(share: float, text: str) -> None:
    assert percent(share) == text


def test_the_whole_sentence() -> None:
    words = sentence(make_inspection(), "sum")
    assert words == "SUM keeps 38 % of 768 cells, mostly lower left; 84 % of pairs within ±0.15, up from 71 %."


def test_the_sentence_of_the_keypoints_says_photo_or_box() -> None:
    assert sentence(make_inspection(), "keypoints") == "1,204 SIFT keypoints in the photo."
    box = make_inspection(Box(0, 0, 99, 99), keypoints=make_keypoints(0))
    assert sentence(box, "keypoints") == "No SIFT keypoints in the box."
    assert keypoints_line(1) == "1 SIFT keypoint"


def test_all_and_none() -> None:
    assert mask_line(mask(np.ones((3, 4), bool))) == "MAX keeps all 12 cells"
    assert mask_line(mask(np.zeros((3, 4), bool))) == "MAX keeps none of 12 cells"


LOWER, UPPER, LEFT, RIGHT = slice(7, 12), slice(0, 5), slice(0, 6), slice(10, 16)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (grid((LOWER, LEFT)), "mostly lower left"),
        (grid((UPPER, RIGHT)), "mostly upper right"),
        (grid((UPPER, slice(None))), "mostly in the upper half"),
        (grid((slice(None), RIGHT)), "mostly in the right half"),
        (grid((slice(4, 8), slice(6, 10))), "mostly in the middle"),
        (np.indices((12, 16)).sum(axis=0) % 2 == 0, "spread over the photo"),
        (np.ones((3, 3), bool), ""),
        (np.zeros((3, 3), bool), ""),
    ],
)
def test_place(cells: np.ndarray, words: str) -> None:
    assert where_kept(cells) == words


def test_the_change_may_be_down_or_none_or_unknown() -> None:
    cells = make_masks()["max"]
    assert covariance_change(mask(cells, 0.7), mask(cells, 0.6)) == "60 % of pairs within ±0.15, down from 70 %"
    assert covariance_change(mask(cells, 0.7), mask(cells, 0.702)).endswith("as without the mask (70 %)")
    assert covariance_change(mask(cells, 0.7), mask(cells, None)) == "too few cells to compare pairs"


MASK_ARRAYS = hnp.arrays(bool, hnp.array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=9))


@given(MASK_ARRAYS)
def test_a_mirrored_mask_swaps_left_and_right_and_nothing_else(cells: np.ndarray) -> None:
    swapped = where_kept(cells).replace("left", "?").replace("right", "left").replace("?", "right")
    assert where_kept(cells[:, ::-1]) == swapped
    swapped = where_kept(cells).replace("lower", "?").replace("upper", "lower").replace("?", "upper")
    assert where_kept(cells[::-1]) == swapped


@given(MASK_ARRAYS, st.one_of(st.none(), st.floats(0, 1)))
def test_every_mask_has_a_sentence(cells: np.ndarray, low: float | None) -> None:
    inspection = make_inspection()
    masks = inspection.masks | {"max": mask(cells, low)}
    words = sentence(dataclasses.replace(inspection, masks=masks), "max")
    assert words.startswith("MAX keeps ")
    assert words.endswith(".")
    assert ", ;" not in words
