"""The inspector: switches, opacity, sentence, histograms."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QSlider
from pytestqt.qtbot import QtBot

from gui.inspect.layer_panel import BUSY, HINT, LAYERS, THROTTLE_MS, InspectorPanel
from tests.gui.inspections import make_inspection, make_keypoints

pytestmark = pytest.mark.gui


@pytest.fixture
def panel(qtbot: QtBot) -> InspectorPanel:
    panel = InspectorPanel()
    qtbot.addWidget(panel)
    panel.resize(1024, 196)
    with qtbot.waitExposed(panel):
        panel.show()
    return panel


def switches(panel: InspectorPanel) -> dict[str, QCheckBox]:
    boxes = [box for box in panel.findChildren(QCheckBox) if box is not panel.histogram.log]
    return dict(zip(LAYERS, boxes, strict=True))


def slider(panel: InspectorPanel) -> QSlider:
    return next(found for found in panel.findChildren(QSlider) if found not in panel.strengths.values())


def test_a_click_on_a_switch_is_heard(panel: InspectorPanel, qtbot: QtBot) -> None:
    heard: list[tuple[str, bool]] = []
    panel.layer_toggled.connect(lambda name, visible: heard.append((name, visible)))
    for switch in switches(panel).values():
        QTest.mouseClick(switch, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(8, switch.height() // 2))
    QTest.keyClick(switches(panel)["sum"], Qt.Key.Key_Space)
    assert heard == [*((name, True) for name in LAYERS), ("sum", False)]


def test_setting_a_switch_is_silent(panel: InspectorPanel) -> None:
    heard: list[str] = []
    panel.layer_toggled.connect(lambda name, visible: heard.append(name))
    panel.set_layer("sift", True)
    assert switches(panel)["sift"].isChecked()
    assert not heard


def test_opacity_is_throttled_and_its_last_value_arrives(panel: InspectorPanel, qtbot: QtBot) -> None:
    heard: list[tuple[float, float]] = []
    panel.opacity_changed.connect(lambda value: heard.append((time.monotonic(), value)))
    for value in range(1, 41):
        slider(panel).setValue(value)
    assert [value for _, value in heard] == [0.01]
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard[-1][1] == 0.4
    assert heard[1][0] - heard[0][0] > THROTTLE_MS / 1000 * 0.8


def test_the_figures_stand_at_their_switches(panel: InspectorPanel) -> None:
    panel.set_inspection(make_inspection(keypoints=make_keypoints(1204)))
    texts = {name: switch.text() for name, switch in switches(panel).items()}
    assert texts["keypoints"] == "1,204 SIFT keypoints"
    assert texts["sum"] == "SUM keeps 38 % of 768 cells"
    assert switches(panel)["sum"].accessibleName() == "SUM mask: SUM keeps 38 % of 768 cells"


def test_the_keys_are_shown(panel: InspectorPanel) -> None:
    for name, key in zip(LAYERS, "K123", strict=True):
        assert key in switches(panel)[name].toolTip()


def test_the_sentence_follows_the_layer_switched_on_last(panel: InspectorPanel) -> None:
    assert panel.words() == HINT
    panel.set_inspection(make_inspection())
    assert panel.words().startswith("MAX keeps")
    panel.set_layer("sift", True)
    assert panel.words().startswith("SIFT keeps")
    panel.set_layer("keypoints", True)
    assert panel.words().startswith("1,204 SIFT keypoints")
    panel.set_layer("keypoints", False)
    assert panel.words().startswith("SIFT keeps")
    panel.set_inspection(None)
    assert panel.words() == HINT


def test_busy_says_so_and_keeps_the_figures(panel: InspectorPanel) -> None:
    panel.set_inspection(make_inspection())
    panel.set_busy(True)
    assert panel.words() == BUSY
    assert not panel.histogram.hinting()
    assert all(switch.isEnabled() for switch in switches(panel).values())
    panel.set_busy(False)
    assert panel.words().startswith("MAX keeps")


def test_histograms_are_built_once_and_updated(panel: InspectorPanel) -> None:
    assert panel.histogram.hinting()
    panel.set_inspection(make_inspection())
    plots = dict(panel.histogram.plots)
    inspection = make_inspection()
    panel.set_inspection(inspection)
    assert not panel.histogram.hinting()
    assert panel.histogram.plots == plots
    for name, plot in plots.items():
        before, after = plot.curves()
        assert np.array_equal(before, inspection.masks["none"].histogram)
        assert np.array_equal(after, inspection.masks[name].histogram)
    assert plots["max"].figures() == ("MAX · 19 % kept", "±0.15: 71 % → 93 %")
    assert "93 % of pairs" in plots["max"].accessibleName()


def test_too_few_cells_are_said(panel: InspectorPanel) -> None:
    panel.set_inspection(make_inspection(low={"max": None}))
    assert panel.histogram.plots["max"].figures()[1] == "too few cells"


def test_both_themes_paint(panel: InspectorPanel) -> None:
    panel.set_inspection(make_inspection())
    panel.set_theme(False)
    light = panel.grab().toImage()
    panel.set_theme(True)
    assert panel.grab().toImage() != light


def test_it_fits_a_low_dock(panel: InspectorPanel) -> None:
    panel.set_inspection(make_inspection())
    assert panel.minimumSizeHint().height() <= 180
    assert panel.minimumSizeHint().width() <= 640


def test_each_layer_has_its_own_opacity(panel: InspectorPanel, qtbot: QtBot) -> None:
    for name, slider in panel.strengths.items():
        with qtbot.waitSignal(panel.strength_changed, timeout=1000) as told:
            slider.setValue(40)
        assert told.args == [name, 0.4]


@pytest.mark.parametrize("percent", [100, 150])
def test_pictures_are_whole_with_their_letters(
    panel: InspectorPanel, theme: Callable[[bool, int], None], percent: int
) -> None:
    """Beside settings that want room too; the layout once took it from the letters of the axes."""
    theme(False, percent)
    panel.set_inspection(make_inspection())
    panel.resize(330, panel.minimumSizeHint().height())
    panel.show()
    QApplication.processEvents()
    for plot in panel.histogram.plots.values():
        axis = plot._plot.getPlotItem().getAxis("bottom")
        letters = QFontMetrics(axis.style["tickFont"])
        assert letters.height() <= axis.height()
        assert plot._plot.height() >= plot._plot.minimumHeight()
        assert plot._plot.sceneRect().bottom() >= axis.sceneBoundingRect().bottom() - 1
        assert plot.rect().bottom() >= plot._plot.geometry().bottom()
    assert letters.height() * 100 > 10 * percent
