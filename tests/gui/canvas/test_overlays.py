"""Overlays as data, and that they are drawn exactly where the grid lies."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QGraphicsScene
from pytestqt.qtbot import QtBot

from core.geometry import Box
from gui.canvas.overlay_items import BUILDERS, KeypointsItem, OverlayStack, keypoint_path
from gui.canvas.overlays import (
    LAYERS,
    MASKS,
    KeypointsOverlay,
    MaskOverlay,
    ShadeOverlay,
    darkness,
    inner_edges,
    outline,
    overlays_of,
    same,
)
from gui.widgets.qimage import image_from_alpha, image_from_cells, image_from_rgb
from tests.gui.inspections import make_inspection, make_keypoints, make_masks

pytestmark = pytest.mark.gui

MASK_ARRAYS = hnp.arrays(bool, hnp.array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=8))


def render(scene: QGraphicsScene, width: int, height: int) -> np.ndarray:
    """The scene over white, (H, W, 3)."""
    image = QImage(width, height, QImage.Format.Format_RGB888)
    image.fill(QColor("white"))
    scene.setSceneRect(0, 0, width, height)
    painter = QPainter(image)
    scene.render(painter)
    painter.end()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(height, image.bytesPerLine())
    return rows[:, : width * 3].reshape(height, width, 3).copy()


def test_images_keep_their_pixels_when_the_array_dies() -> None:
    rgb = np.zeros((5, 7, 3), np.uint8)
    rgb[2, 3] = (10, 20, 30)
    image = image_from_rgb(rgb[:, ::-1])
    del rgb
    assert image.pixelColor(3, 2) == QColor(10, 20, 30)
    assert (image.width(), image.height()) == (7, 5)


def test_only_rgb_bytes_become_an_image() -> None:
    with pytest.raises(ValueError, match="uint8"):
        image_from_rgb(np.zeros((5, 7, 3)))


def test_cells_become_an_image_of_grid_size() -> None:
    image = image_from_cells(np.array([[True, False, True]]), QColor(1, 2, 3, 40))
    assert (image.width(), image.height()) == (3, 1)
    assert image.pixelColor(0, 0) == QColor(1, 2, 3, 40)
    assert image.pixelColor(1, 0).alpha() == 0
    assert image_from_alpha(np.array([[0.5]]), QColor("black")).pixelColor(0, 0) == QColor(0, 0, 0, 128)


def test_an_inspection_becomes_overlays_of_grid_size() -> None:
    overlays = overlays_of(make_inspection(), {"max": True}, 0.6)
    assert set(overlays) == {"shade", *LAYERS}
    shade, mask = overlays["shade"], overlays["max"]
    assert isinstance(shade, ShadeOverlay)
    assert isinstance(mask, MaskOverlay)
    assert shade.darkness.shape == mask.cells.shape == (24, 32)
    assert (shade.visible, mask.visible, overlays["sum"].visible, shade.opacity) == (True, True, False, 0.6)
    assert len({overlays[name].z for name in LAYERS}) == len(LAYERS)


def test_one_mask_blacks_out_what_it_removes_and_several_grade_it() -> None:
    masks = make_masks()
    assert np.array_equal(darkness([masks["max"]]), ~masks["max"])
    graded = darkness([masks[name] for name in MASKS])
    assert set(np.round(graded * 3).ravel().astype(int)) == {0, 1, 2, 3}
    assert np.array_equal(graded == 0, masks["sift"] & masks["sum"] & masks["max"])


def test_each_cell_has_the_tint_of_one_mask() -> None:
    overlays = overlays_of(make_inspection(), dict.fromkeys(LAYERS, True), 0.6)
    masks = [overlay for overlay in overlays.values() if isinstance(overlay, MaskOverlay)]
    assert [mask.lane for mask in masks] == [0, 1, 2]
    assert np.sum([mask.tinted for mask in masks], axis=0).max() == 1
    assert np.array_equal(np.any([m.tinted for m in masks], axis=0), np.any([m.cells for m in masks], axis=0))


def test_equal_overlays_are_not_built_again(qtbot: QtBot) -> None:
    inspection, scene = make_inspection(), QGraphicsScene()
    stack = OverlayStack(scene)
    stack.show(overlays_of(inspection, {"max": True, "keypoints": True}, 0.6))
    points, shade, mask = stack.item("keypoints"), stack.item("shade"), stack.item("max")
    stack.show(overlays_of(inspection, {"max": True, "keypoints": True}, 0.3))
    assert stack.item("keypoints") is points
    assert stack.item("max") is mask
    assert stack.item("shade") is not shade
    stack.show({})
    assert not scene.items()


def test_every_kind_of_overlay_has_a_builder() -> None:
    overlays = overlays_of(make_inspection(), {}, 0.6)
    assert {type(overlay) for overlay in overlays.values()} <= set(BUILDERS)
    assert not same(overlays["max"], overlays["sum"])
    assert not same(None, overlays["max"])


@given(MASK_ARRAYS)
def test_the_outline_has_a_piece_for_every_border(cells: np.ndarray) -> None:
    padded = np.pad(cells, 1)
    borders = (padded[1:] != padded[:-1]).sum() + (padded[:, 1:] != padded[:, :-1]).sum()
    ends, inward = outline(cells)
    assert len(ends) == len(inward) == borders
    assert len(inner_edges(cells)) == (cells[1:] & cells[:-1]).sum() + (cells[:, 1:] & cells[:, :-1]).sum()


@given(MASK_ARRAYS, st.floats(0.05, 0.4))
def test_the_outline_moved_inside_is_closed(cells: np.ndarray, inset: float) -> None:
    ends, inward = outline(cells)
    pieces = np.round(ends + inward * inset, 6)
    points, counts = np.unique(pieces.reshape(-1, 2), axis=0, return_counts=True)
    assert (counts % 2 == 0).all()
    inside = np.floor(points).astype(int)
    assert all(cells[r, c] for c, r in inside)


def test_the_outline_of_one_cell_is_a_square_inside_it() -> None:
    ends, inward = outline(np.array([[False, False], [False, True]]))
    pieces = {tuple(piece) for piece in np.round(ends + inward * 0.1, 6).tolist()}
    assert pieces == {(1.1, 1.1, 1.9, 1.1), (1.1, 1.9, 1.9, 1.9), (1.1, 1.1, 1.1, 1.9), (1.9, 1.1, 1.9, 1.9)}


@pytest.mark.parametrize("box", [None, Box(40, 30, 240, 180)])
def test_cells_are_drawn_on_their_pixels(qtbot: QtBot, box: Box | None) -> None:
    rows, columns = 6, 8
    checks = np.indices((rows, columns)).sum(axis=0) % 2 == 0
    masks = {"none": np.ones_like(checks), "sift": checks, "sum": checks, "max": checks}
    inspection = make_inspection(box, masks, make_keypoints(0), (320, 240))
    scene = QGraphicsScene()
    stack = OverlayStack(scene)
    stack.show(overlays_of(inspection, {"max": True}, 1.0))
    pixels = render(scene, 320, 240)
    (cell_h, cell_w), region = inspection.cell_size, inspection.region
    for r in range(rows):
        for c in range(columns):
            x0, y0 = region.x0 + c * cell_w, region.y0 + r * cell_h
            # A removed cell is black up to its last pixel; a kept one is bright within its lines.
            inset = 0 if not checks[r, c] else 5
            cell = pixels[int(y0) + inset : int(y0 + cell_h) - inset, int(x0) + inset : int(x0 + cell_w) - inset]
            assert (cell.max() == 0) if not checks[r, c] else (cell.min() > 200), (r, c)
    if box is not None:
        assert (pixels[:30] == 255).all()
        assert (pixels[:, 240:] == 255).all()


def test_what_the_grid_does_not_reach_is_as_dark_as_a_removed_cell(qtbot: QtBot) -> None:
    inspection = make_inspection(masks=make_masks(3, 4), keypoints=make_keypoints(0), size=(320, 240))
    shorter = type(inspection)(**{**vars(inspection), "cell_size": (70.0, 70.0)})
    scene = QGraphicsScene()
    stack = OverlayStack(scene)
    stack.show(overlays_of(shorter, {"sift": True}, 1.0))
    pixels = render(scene, 320, 240)
    assert pixels[212:, :].max() == 0
    assert pixels[:, 282:].max() == 0


def test_a_grid_that_reaches_further_is_cut_at_the_region(qtbot: QtBot) -> None:
    inspection = make_inspection(Box(0, 0, 100, 80), make_masks(3, 4), make_keypoints(0), (320, 240))
    padded = type(inspection)(**{**vars(inspection), "cell_size": (40.0, 40.0)})
    scene = QGraphicsScene()
    stack = OverlayStack(scene)
    stack.show(overlays_of(padded, {"sum": True}, 1.0))
    pixels = render(scene, 320, 240)
    assert pixels[:, 101:].min() == 255
    assert pixels[81:, :].min() == 255


def test_keypoints_lie_on_the_middle_of_their_pixels(qtbot: QtBot) -> None:
    points = make_keypoints(1)
    points.xy[0], points.size[0], points.angle[0] = (20, 30), 10, 90
    path = keypoint_path(points)
    assert path.boundingRect().center().toTuple() == (20.5, 30.5)
    assert path.boundingRect().width() == pytest.approx(10)
    # 90 degrees point down the image, as OpenCV counts them.
    assert path.currentPosition().toTuple() == pytest.approx((20.5, 35.5))


def test_four_thousand_keypoints_are_one_item(qtbot: QtBot) -> None:
    scene = QGraphicsScene()
    item = KeypointsItem(KeypointsOverlay(make_keypoints(4000), "#F0E442", 1.0, True))
    scene.addItem(item)
    render(scene, 640, 480)
    # As many items would take more than four times as long to draw.
    assert len(scene.items()) == 1
