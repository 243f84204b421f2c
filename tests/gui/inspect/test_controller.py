"""The lens in the real window: heat, probe, pinning, painting, thresholds, survey, comparison, export."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.geometry import Box
from core.records import BINS, LensSettings
from gui.canvas.overlays import HeatOverlay, ProbeOverlay, area_of, cell_at
from gui.inspect.histogram import shares_of_cell
from gui.inspect.layers import HEATS, SETS, LensState, extra_overlays, heat_values, probe_text
from gui.main_window import MainWindow
from gui.state.lanes import Lane
from tests.conftest import NAMES
from tests.gui.inspections import make_inspection

PATIENCE_MS = 60_000


@pytest.fixture
def opened(window: MainWindow, qtbot: QtBot, library: Path, folder: Path) -> Iterator[MainWindow]:
    """The window on a library, a photo searched and inspected."""
    window.open_path(library)
    qtbot.waitUntil(lambda: bool(window.session.photos), timeout=PATIENCE_MS)
    photo = folder / f"{NAMES[0]}.jpg"
    window.gallery.photo_chosen.emit(photo)
    session = window.session
    qtbot.waitUntil(lambda: session.inspection is not None and session.inspection.query.path == photo, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: session.ranking is not None and session.ranking.query.path == photo, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not session.jobs.busy(Lane.PHOTO) and session.searches.settled(), timeout=PATIENCE_MS)
    return window


def at(window: MainWindow, row: int, column: int) -> QPoint:
    """The middle of a cell on the canvas's viewport."""
    assert window.session.inspection is not None
    return window.canvas.mapFromScene(QPointF(*area_of(window.session.inspection).cell(row, column).centre))


def shown(window: MainWindow, name: str) -> object:
    return window.canvas._extra.get(name)


def test_hovering_tells_of_the_cell(opened: MainWindow, qtbot: QtBot) -> None:
    QTest.mouseMove(opened.canvas.viewport(), at(opened, 5, 8))
    assert shown(opened, "probe") is None  # who draws a box is not disturbed
    opened.shell.go("inspect")
    QTest.mouseMove(opened.canvas.viewport(), at(opened, 5, 9))
    text = opened.lens.panel.probe.text()
    assert "row 5, column 9" in text
    assert "Σ" in text
    probe = shown(opened, "probe")
    assert isinstance(probe, ProbeOverlay)
    assert probe.field.width > probe.cell.width * 10


def test_a_cell_under_the_mouse_lights_its_bins(opened: MainWindow, qtbot: QtBot) -> None:
    opened.shell.go("inspect")
    inspection = opened.session.inspection
    assert inspection is not None
    kept = inspection.masks["max"].cells
    (row, column), (off_row, off_column) = np.argwhere(kept)[0], np.argwhere(~kept)[0]
    plots = opened.inspector.histogram.plots
    QTest.mouseMove(opened.canvas.viewport(), at(opened, row, column))
    qtbot.waitUntil(lambda: plots["max"].cell() is not None, timeout=PATIENCE_MS)
    line = plots["max"].cell()
    assert line is not None
    assert line.sum() == pytest.approx(1)
    QTest.mouseMove(opened.canvas.viewport(), at(opened, off_row, off_column))
    qtbot.waitUntil(lambda: plots["max"].cell() is None, timeout=PATIENCE_MS)


def test_the_bins_of_a_cell_are_those_of_its_pairs() -> None:
    inspection = make_inspection()
    similar = np.full((24, 32), 0.25, np.float32)
    similar[5, 3] = 1
    shares = shares_of_cell(similar, inspection, (5, 3))
    assert shares.keys() == {"sift"}, "the other masks do not keep the cell"
    assert shares["sift"][int(1.25 / 2 * BINS)] == 1


def test_each_heat_layer_has_its_key(opened: MainWindow, qtbot: QtBot) -> None:
    for key, heat in (("4", "sums"), ("5", "winners"), ("6", "channel")):
        QTest.keyClick(opened.canvas, key)
        assert opened.lens.state.heat == heat
        qtbot.waitUntil(lambda: isinstance(shown(opened, "heat"), HeatOverlay), timeout=PATIENCE_MS)
    QTest.keyClick(opened.canvas, "6")
    assert opened.lens.state.heat == ""
    assert shown(opened, "heat") is None
    QTest.keyClick(opened.canvas, "B")
    assert shown(opened, "grid") is not None


def test_a_pinned_cell_shows_its_likeness_to_all_others(opened: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClick(opened.canvas, "P")
    QTest.mouseClick(opened.canvas.viewport(), Qt.MouseButton.LeftButton, pos=at(opened, 6, 7))
    qtbot.waitUntil(lambda: isinstance(shown(opened, "heat"), HeatOverlay), timeout=PATIENCE_MS)
    heat = shown(opened, "heat")
    assert isinstance(heat, HeatOverlay)
    assert np.unravel_index(heat.values.argmax(), heat.values.shape) == (6, 7)
    assert opened.session.query is not None
    assert opened.session.query.box is None  # picking draws no box
    QTest.keyClick(opened.canvas, "P")
    assert opened.lens.state.pinned is None


def test_painting_cells_searches_with_them_and_can_be_undone(opened: MainWindow, qtbot: QtBot) -> None:
    session = opened.session
    before = session.ranking
    inspection = session.inspection
    assert inspection is not None
    rows, columns = np.nonzero(~inspection.masks["max"].cells)
    row, column = int(rows[0]), int(columns[0])
    QTest.keyClick(opened.canvas, "E")
    QTest.mouseClick(opened.canvas.viewport(), Qt.MouseButton.LeftButton, pos=at(opened, row, column))
    qtbot.waitUntil(lambda: session.ranking is not before, timeout=PATIENCE_MS)
    assert session.query is not None
    assert session.query.cells is not None
    qtbot.waitUntil(session.searches.settled, timeout=PATIENCE_MS)
    assert (row, column) in session.query.cells
    assert len(session.query.cells) == inspection.masks["max"].kept + 1
    assert shown(opened, "painted") is not None
    session.go(-1)
    qtbot.waitUntil(lambda: session.ranking is not None and session.ranking.query.cells is None, timeout=PATIENCE_MS)
    assert shown(opened, "painted") is None
    session.go(1)
    assert session.query.cells is not None


def test_thresholds_change_the_picture_and_come_back(opened: MainWindow, qtbot: QtBot) -> None:
    session, panel = opened.session, opened.lens.panel
    assert session.inspection is not None
    kept = session.inspection.masks["sum"].kept
    panel.percentile.setValue(80)
    qtbot.waitUntil(lambda: session.inspection.settings.sum_percentile == 80, timeout=PATIENCE_MS)
    assert session.inspection.masks["sum"].kept < kept
    panel._on_reset()
    qtbot.waitUntil(lambda: session.inspection.settings == LensSettings(), timeout=PATIENCE_MS)
    assert session.inspection.masks["sum"].kept == kept


def test_hovering_a_bin_lights_its_cells(opened: MainWindow, qtbot: QtBot) -> None:
    histogram = opened.inspector.histogram
    histogram.bin_hovered.emit("max", BINS // 2 + 3)
    qtbot.waitUntil(lambda: isinstance(shown(opened, "heat"), HeatOverlay), timeout=PATIENCE_MS)
    heat = shown(opened, "heat")
    assert isinstance(heat, HeatOverlay)
    assert opened.session.inspection is not None
    assert not heat.values[~opened.session.inspection.masks["max"].cells].any()
    histogram.bin_hovered.emit("max", -1)
    assert shown(opened, "heat") is None


def test_survey_fills_bars_table_and_reference_curves(opened: MainWindow, qtbot: QtBot, folder: Path) -> None:
    panel = opened.survey
    with qtbot.waitSignal(panel.measured, timeout=PATIENCE_MS):
        panel.some.click()
    assert panel.table.rowCount() == 6
    assert "MAX keeps" in panel.words.text()
    panel.table.sortItems(3, Qt.SortOrder.DescendingOrder)
    kept = [panel.table.item(row, 3).data(Qt.ItemDataRole.DisplayRole) for row in range(6)]
    assert kept == sorted(kept, reverse=True)
    panel.table.selectRow(2)
    assert len(panel.chosen()) == 1
    assert panel.export.isEnabled()
    with qtbot.waitSignal(panel.photo_chosen, timeout=PATIENCE_MS):
        panel.table.itemDoubleClicked.emit(panel.table.item(0, 2))
    assert opened.inspector.histogram.plots["max"]._reference.isVisible()


def test_masks_side_by_side_move_together(opened: MainWindow, qtbot: QtBot) -> None:
    sheet = opened.lens.sheet
    opened.lens.panel.compare_asked.emit(True)
    qtbot.waitUntil(lambda: sheet.compared is not None, timeout=PATIENCE_MS)
    assert sheet.isVisible()
    assert [(len(one.canvases), len(one.plots)) for one in (sheet.own, sheet.other)] == [(4, 3), (4, 3)]
    qtbot.wait(50)
    first, second = sheet.own.canvases["keypoints"], sheet.own.canvases["sum"]
    first.zoom(2.0)
    first.camera_moved.emit()
    assert second.camera.scale == pytest.approx(first.camera.scale)


def test_the_sheet_is_linked_and_follows_the_photo(opened: MainWindow, qtbot: QtBot, folder: Path) -> None:
    opened.actions_by_id["sheet"].trigger()
    sheet = opened.lens.sheet
    assert sheet.shown is not None
    assert sheet.shown.inspection is opened.session.inspection
    canvas = sheet.own.canvases["sift"]
    point = area_of(opened.session.inspection).cell(5, 8).centre  # type: ignore[arg-type]
    qtbot.wait(20)
    QTest.mouseMove(canvas.viewport(), canvas.mapFromScene(QPointF(*point)))
    assert all(isinstance(one._extra.get("probe"), ProbeOverlay) for one in sheet.own.canvases.values())
    assert isinstance(shown(opened, "probe"), ProbeOverlay)  # on the photo too
    for plot in sheet.own.plots.values():
        assert plot.ticks()  # the heights are told
    opened.session.set_box(Box(100, 80, 400, 330))
    qtbot.waitUntil(lambda: sheet.shown.inspection.query.box is not None, timeout=PATIENCE_MS)  # type: ignore[union-attr]
    assert sheet.own.canvases["max"].box() == Box(100, 80, 400, 330)
    opened.session.set_box(Box(100, 80, 180, 150))
    whole = sheet.own.canvases["sift"].camera.scale
    qtbot.waitUntil(lambda: sheet.own.canvases["sift"].camera.scale > 1.5 * whole, timeout=PATIENCE_MS)


def test_export_says_what_was_written(opened: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    assert opened.session.query is not None
    opened.lens.export([opened.session.query], tmp_path / "sheets")
    qtbot.waitUntil(lambda: "10 files written" in opened.messages.text(), timeout=PATIENCE_MS)
    assert (tmp_path / "sheets" / "masks.csv").exists()


def test_states_without_maps_draw_nothing() -> None:
    assert extra_overlays(make_inspection(), LensState("sums", grid=True), None) == {}
    assert extra_overlays(None, LensState(), None) == {}
    assert probe_text(make_inspection(), (0, 0)) == ""
    assert cell_at(make_inspection(), -1, 5) is None


def test_every_heat_and_set_has_words() -> None:
    assert all(HEATS.values())
    assert all(text for text, _ in SETS.values())
    masks = {name: mask.cells for name, mask in make_inspection().masks.items()}
    parts = sum(SETS[key][1](masks).sum() for key in ("max-sum", "all"))
    assert parts == masks["max"].sum() - (masks["max"] & masks["sum"] & ~masks["sift"]).sum()


def test_a_flat_map_has_no_contour() -> None:
    from core.records import CellMaps

    flat = np.ones((2, 3), np.float32)
    maps = CellMaps(flat, 1.0, np.zeros((2, 3), np.uint16), np.zeros((4, 2), np.int16), np.zeros(4, bool), 9.0)
    values = heat_values(maps, "sums", None)
    assert values is not None
    assert values[1] is None
    assert not values[0].any()


def test_heat_has_its_colours_told_in_the_palette_that_is_chosen(opened: MainWindow, qtbot: QtBot) -> None:
    opened.shell.go("inspect")
    bar, panel = opened.lens.panel.bar, opened.lens.panel
    assert bar.isHidden()
    QTest.keyClick(opened.canvas, "4")
    sums = opened.session.inspection.maps.sums  # type: ignore[union-attr]
    assert not bar.isHidden()
    assert bar.ends == (float(sums.min()), float(sums.max()))
    before = bar.grab().toImage()
    panel.palette_box.setCurrentIndex(panel.palette_box.findData("magma"))
    heat = shown(opened, "heat")
    assert isinstance(heat, HeatOverlay)
    assert heat.palette == "magma"
    assert bar.grab().toImage() != before


def test_masks_of_a_box_end_at_the_box(opened: MainWindow, qtbot: QtBot) -> None:
    session = opened.session
    session.set_box(Box(100, 80, 300, 240))
    qtbot.waitUntil(
        lambda: session.inspection is not None and session.inspection.query == session.query, timeout=PATIENCE_MS
    )
    assert area_of(session.inspection).cut == Box(100, 80, 300, 240)  # type: ignore[arg-type]
    opened.canvas.set_layer("max", True)
    item = opened.canvas._overlays.item("max")
    assert item is not None
    assert item.shape().boundingRect().toRect().getRect() == (100, 80, 200, 160)
    qtbot.waitUntil(session.searches.settled, timeout=PATIENCE_MS)


def test_fig_2_is_drawn_into_one_file(opened: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    assert opened.session.inspection is not None
    opened.lens.draw(opened.session.inspection, tmp_path / "figure.svg")
    qtbot.waitUntil(lambda: "figure.svg" in opened.messages.text(), timeout=PATIENCE_MS)
    assert (tmp_path / "figure.svg").read_text().startswith("<?xml")
