"""Boxes on the photo and on the grid: the authors' values, and their laws."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.geometry import HANDLES, Box, box_from_corners, box_to_cells, crop_rows_columns, parse_box
from core.util.errors import UserError
from tests.core.numeric import Golden


@pytest.mark.golden
def test_golden_crop(golden: Golden) -> None:
    z = golden("crop")
    height, width = (int(v) for v in z["image_hw"])
    for box, expected in zip(z["boxes"], z["rows_cols_inclusive0"].tolist(), strict=True):
        row0, row1, column0, column1 = crop_rows_columns(Box(*box), height, width)
        empty = row0 >= row1 or column0 >= column1
        assert ([-1] * 4 if empty else [row0, row1 - 1, column0, column1 - 1]) == expected


corner = st.floats(-50, 150, allow_nan=False)


@given(corner, corner, corner, corner, st.sampled_from(HANDLES), corner, corner)
def test_boxes_stay_ordered_and_on_the_photo(
    xa: float, ya: float, xb: float, yb: float, handle: str, x: float, y: float
) -> None:
    box = box_from_corners(xa, ya, xb, yb).clipped(100, 80)
    for changed in (box, box.moved(x, y, 100, 80), box.resized(handle, x, y, 100, 80)):
        assert 0 <= changed.x0 <= changed.x1 <= 100 + 1e-9
        assert 0 <= changed.y0 <= changed.y1 <= 80 + 1e-9
    moved = box.moved(x, y, 100, 80)
    assert (moved.width, moved.height) == (pytest.approx(box.width), pytest.approx(box.height))


@given(corner, corner, corner, corner)
def test_every_box_covers_a_cell(xa: float, ya: float, xb: float, yb: float) -> None:
    row0, row1, column0, column1 = box_to_cells(box_from_corners(xa, ya, xb, yb), (16.0, 16.0), (5, 6))
    assert 0 <= row0 < row1 <= 5
    assert 0 <= column0 < column1 <= 6


def test_a_box_of_whole_cells_is_those_cells() -> None:
    assert box_to_cells(Box(16, 32, 48, 64), (16.0, 16.0), (6, 6)) == (2, 4, 1, 3)


@pytest.mark.parametrize("text", ["", "1,2,3", "a,b,c,d", "0,0,nan,4", "5,5,5,9", "9,0,1,4"])
def test_bad_boxes_are_refused(text: str) -> None:
    with pytest.raises(UserError):
        parse_box(text)
