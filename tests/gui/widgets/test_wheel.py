"""The wheel over a panel scrolls it, and changes no field on the way."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QSlider, QSpinBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.widgets.split_panels import Upright


def turn(widget: QWidget) -> bool:
    """One notch of the wheel over a widget, towards the person; whether the widget took it, or hands it on."""
    centre = QPointF(widget.rect().center())
    event = QWheelEvent(
        centre,
        QPointF(widget.mapToGlobal(centre.toPoint())),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    event.ignore()
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def test_the_wheel_changes_a_value_only_where_the_focus_is(qtbot: QtBot) -> None:
    inside = QWidget()
    column = QVBoxLayout(inside)
    spin, combo, slider = QSpinBox(value=5), QComboBox(), QSlider(Qt.Orientation.Horizontal, value=5)
    combo.addItems(["a", "b", "c"])
    for widget in (spin, combo, slider):
        column.addWidget(widget)
    filler = QWidget()
    filler.setMinimumHeight(2000)
    column.addWidget(filler)
    panel = Upright(inside)
    qtbot.addWidget(panel)
    panel.resize(300, 200)
    panel.show()
    qtbot.waitUntil(lambda: panel.verticalScrollBar().maximum() > 0)
    panel.setFocus()
    for widget in (spin, combo, slider):
        assert not turn(widget)
    assert (spin.value(), combo.currentIndex(), slider.value()) == (5, 0, 5)
    panel.activateWindow()
    spin.setFocus()
    qtbot.waitUntil(spin.hasFocus)
    assert turn(spin)
    assert spin.value() == 4
