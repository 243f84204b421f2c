"""The control at the top that says which workspace is on show, and leads to the others."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from gui.widgets.properties import having
from gui.widgets.text import tr
from gui.workspaces.names import WORKSPACES


class WorkspaceSwitch(QFrame):
    """The control at the top that switches the workspace; its buttons are the commands themselves."""

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("switch")
        self.setAccessibleName(tr("Workspaces"))
        group = QActionGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        self.buttons: dict[str, QToolButton] = {}
        for name, (words, _, _) in WORKSPACES.items():
            action = actions[f"workspace {name}"]
            group.addAction(action)
            button = having(QToolButton(), objectName="segment", toolButtonStyle=Qt.ToolButtonStyle.ToolButtonTextOnly)
            button.setDefaultAction(action)
            button.setAccessibleName(tr(words))
            row.addWidget(button)
            self.buttons[name] = button
