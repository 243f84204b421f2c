"""The pipeline panel in the real window: costs, impossible settings, fitting, using, comparing."""

from __future__ import annotations

import shutil
from pathlib import Path

import torchvision
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot
from safetensors.torch import save_file

from core.geometry import Box
from core.records import Query
from gui.lab.comparison import ROW_PX
from gui.lab.form import ANOTHER
from gui.main_window import MainWindow
from tests.conftest import NAMES

PATIENCE_MS = 120_000


def ready(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.pipelines.panel.preset.count() > 0, timeout=PATIENCE_MS)


def with_query(window: MainWindow, qtbot: QtBot, folder: Path) -> None:
    with qtbot.waitSignal(window.session.indexed, timeout=PATIENCE_MS):
        window.session.open_folder(folder)
    photo = folder / f"{NAMES[0]}.jpg"
    window.gallery.photo_chosen.emit(photo)
    qtbot.waitUntil(lambda: window.session.query == Query(photo), timeout=PATIENCE_MS)
    window.session.set_box(Box(60, 60, 400, 360))
    qtbot.waitUntil(
        lambda: window.session.ranking is not None and window.session.ranking.query.box is not None, timeout=PATIENCE_MS
    )


def choose(window: MainWindow, key: str, value: object) -> None:
    field = window.pipelines.panel.form.fields[key]
    if hasattr(field, "findData"):
        field.setCurrentIndex(field.findData(value))
    else:
        field.setValue(value)  # type: ignore[union-attr]


def test_costs_follow_the_settings(window: MainWindow, qtbot: QtBot) -> None:
    ready(window, qtbot)
    panel = window.pipelines.panel
    assert panel.preset.currentText() == "standard"
    assert "512 numbers = 1,024 bytes" in panel.cost()
    assert "ready" in panel.cost()
    assert panel.compare.isEnabled()
    choose(window, "words", 34)
    assert "960 numbers" in panel.cost()
    assert "to be fitted" in panel.cost()
    assert not panel.compare.isEnabled()
    assert panel.fit.isEnabled()
    choose(window, "words", 10)
    assert "longer than the descriptor" in panel.cost()
    assert not panel.fit.isEnabled()


def test_a_baseline_greys_what_it_does_not_use(window: MainWindow, qtbot: QtBot) -> None:
    ready(window, qtbot)
    choose(window, "baseline", "rmac")
    fields = window.pipelines.panel.form.fields
    assert window.pipelines.panel.values()["mask"] == "none"
    assert not fields["embedding"].isEnabled()
    assert fields["hashing"].isEnabled()


def test_comparing_before_there_is_a_query_says_what_to_do(window: MainWindow, qtbot: QtBot) -> None:
    ready(window, qtbot)
    qtbot.mouseClick(window.pipelines.panel.compare, Qt.MouseButton.LeftButton)
    assert "draw a box first" in window.messages.text()


def fit_small(window: MainWindow, qtbot: QtBot, held_out: Path) -> None:
    """Choose stages that are quick to fit, and fit and save them as a person does."""
    desk = window.pipelines
    for key, value in (
        ("pca_dimension", 16),
        ("words", 10),
        ("truncate", 8),
        ("bits", 64),
        ("mask", "sum"),
        ("longest_side", 320),
    ):
        choose(window, key, value)
    qtbot.mouseClick(desk.panel.fit, Qt.MouseButton.LeftButton)
    assert desk.fit_dialog is not None
    desk.fit_dialog.name.setText("small sum")
    desk.fit_dialog.folder.setText(str(held_out))
    with qtbot.waitSignal(desk.session.fitted, timeout=PATIENCE_MS):
        desk.fit_dialog.accept()
    qtbot.waitUntil(lambda: desk.panel.preset.currentText() == "small sum", timeout=PATIENCE_MS)
    assert "fitted and saved" in window.messages.text()


def test_fit_save_compare_and_use(window: MainWindow, qtbot: QtBot, folder: Path, tmp_path: Path) -> None:
    """The whole way of a person: change a stage, fit it on other photos, compare it, and index with it."""
    photos = Path(shutil.copytree(folder, tmp_path / "photos"))
    held_out = Path(shutil.copytree(folder, tmp_path / "other"))
    ready(window, qtbot)
    with_query(window, qtbot, photos)
    fit_small(window, qtbot, held_out)
    desk = window.pipelines

    with qtbot.waitSignal(desk.session.comparison_changed, timeout=PATIENCE_MS):
        qtbot.mouseClick(desk.panel.compare, Qt.MouseButton.LeftButton)
    assert desk.session.comparison is not None
    first, second = desk.session.comparison
    assert (first.preset, second.preset) == ("standard", "small sum")
    assert first.query == second.query
    assert len(desk.comparison.lines.changes()) == 5
    assert "5 of the first 5 in both" in desk.comparison.words()
    assert window.shell.lab.shows("comparison")

    with qtbot.waitSignal(desk.session.comparison_changed, timeout=PATIENCE_MS):  # the newest query is compared too
        window.session.set_box(Box(10, 10, 500, 300))
    assert desk.session.comparison[0].query.box == Box(10, 10, 500, 300)

    with qtbot.waitSignal(desk.comparison.hit_chosen, timeout=PATIENCE_MS) as chosen:
        qtbot.mouseClick(desk.comparison.lines, Qt.MouseButton.LeftButton, pos=QPoint(70, ROW_PX // 2))
    assert chosen.args == [desk.session.comparison[0].hits[0].photo.path]
    desk.comparison.closed.emit()
    assert desk.session.comparison is None
    assert window.shell.lab.shows("pipeline")

    with qtbot.waitSignal(window.session.indexed, timeout=PATIENCE_MS):
        qtbot.mouseClick(desk.panel.use, Qt.MouseButton.LeftButton)
    assert window.session.library is not None
    assert window.session.library.preset == "small sum"
    assert window.session.library.bits == 64


def test_another_network_from_choosing_to_comparing(window: MainWindow, qtbot: QtBot, folder: Path, tmp_path: Path) -> None:
    """A network of torchvision with weights of one's own, fitted on some of the collection, beside ours."""
    weights = tmp_path / "weights.safetensors"
    model = torchvision.models.mobilenet_v3_small(weights=None)
    save_file({name: value.contiguous() for name, value in model.state_dict().items()}, weights)
    ready(window, qtbot)
    with_query(window, qtbot, Path(shutil.copytree(folder, tmp_path / "photos")))
    desk = window.pipelines
    before = desk.panel.values()
    choose(window, "backbone", ANOTHER)
    dialog = desk.network_dialog
    assert dialog is not None
    assert desk.panel.values() == before
    qtbot.waitUntil(lambda: dialog.list.model().rowCount() > 0, timeout=PATIENCE_MS)
    qtbot.keyClicks(dialog.part, "torchvision:mobilenet_v3_small")
    dialog.list.setCurrentIndex(dialog.list.model().index(0, 0))
    qtbot.waitUntil(lambda: dialog.layer.count() > 0, timeout=PATIENCE_MS)
    assert "cells of 16 px" in dialog.layer.currentText()
    assert "about 10 MB" in dialog.note.text()
    dialog.layer.setCurrentIndex(dialog.layer.findData("features.8"))
    dialog.weights.setText(str(weights))
    dialog.accept()
    assert desk.panel.values()["backbone"] == "torchvision:mobilenet_v3_small"
    assert "to be fitted" in desk.panel.cost()
    for key, value in (("pca_dimension", 8), ("words", 5), ("truncate", 4), ("bits", 16), ("longest_side", 160)):
        choose(window, key, value)
    qtbot.mouseClick(desk.panel.fit, Qt.MouseButton.LeftButton)
    assert desk.fit_dialog is not None
    desk.fit_dialog.name.setText("mobile")
    desk.fit_dialog.own.setChecked(True)
    desk.fit_dialog.count.setValue(5)
    with qtbot.waitSignal(desk.session.fitted, timeout=PATIENCE_MS):
        desk.fit_dialog.accept()
    assert "may be negative" in window.messages.text()
    qtbot.waitUntil(lambda: desk.panel.preset.currentText() == "mobile", timeout=PATIENCE_MS)
    weights.unlink()
    with qtbot.waitSignal(desk.session.comparison_changed, timeout=PATIENCE_MS):
        qtbot.mouseClick(desk.panel.compare, Qt.MouseButton.LeftButton)
    assert desk.session.comparison is not None
    assert [each.preset for each in desk.session.comparison] == ["standard", "mobile"]


def test_a_network_that_cannot_be_taken_is_told(window: MainWindow, qtbot: QtBot) -> None:
    ready(window, qtbot)
    choose(window, "backbone", ANOTHER)
    dialog = window.pipelines.network_dialog
    assert dialog is not None
    dialog.set_names(("torchvision:nothing",))
    assert "pip install" in dialog.note.text()
    dialog.list.setCurrentIndex(dialog.list.model().index(0, 0))
    qtbot.waitUntil(lambda: "has no network 'nothing'" in dialog.note.text(), timeout=PATIENCE_MS)
    assert dialog.layer.count() == 0


def test_a_fit_that_fails_is_told(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    ready(window, qtbot)
    (tmp_path / "empty").mkdir()
    with qtbot.waitSignal(window.session.failed, timeout=PATIENCE_MS):
        window.pipelines.session.fit("mine", window.pipelines.panel.values(), tmp_path / "empty")
    assert "no photos in this folder" in window.messages.text()
