"""The mouse wheel over a panel scrolls the panel: it changes no value that the person did not ask for."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QSlider, QWidget

VALUES = (QAbstractSpinBox, QComboBox, QSlider)
"""Widgets whose value Qt changes by the wheel, wherever the focus is."""


class WheelGuard(QObject):
    """Lets a value take the wheel only while it has the focus; otherwise the wheel goes to what lies below it."""

    def watch(self, panel: QWidget) -> None:
        """Guard all values of a panel; those that are guarded already are not guarded twice."""
        for value in panel.findChildren(QWidget):
            if isinstance(value, VALUES):
                value.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # not by the wheel itself
                value.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hand the wheel on."""
        if event.type() is QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return False
