"""The photos that could not be used, and why, in a window beside the main one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QPushButton, QVBoxLayout, QWidget

from core.records import Skipped
from gui.widgets.properties import having
from gui.widgets.text import tr


class SkipList(QDialog):
    """Lists the skipped photos, each with its reason.

    Args:
        again: tries the photos again.
    """

    def __init__(self, skipped: tuple[Skipped, ...], again: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._skipped = skipped
        self.setWindowTitle(tr("Skipped photos"))
        self.resize(640, 320)
        self.rows = QListWidget()
        self.rows.setAccessibleName(tr("Skipped photos and why"))
        self.rows.addItems([f"{item.path}: {item.reason}" for item in skipped] or [tr("No photo was skipped.")])
        self.folder = having(QPushButton(tr("Show in its folder")), enabled=False)
        self.again = having(QPushButton(tr("Try all again")), enabled=bool(skipped))
        layout, buttons = QVBoxLayout(self), QHBoxLayout()
        layout.addWidget(self.rows)
        layout.addLayout(buttons)
        buttons.addStretch()
        buttons.addWidget(self.folder)
        buttons.addWidget(self.again)
        self.rows.currentRowChanged.connect(lambda row: self.folder.setEnabled(0 <= row < len(skipped)))
        self.folder.clicked.connect(self._show_folder)
        self.again.clicked.connect(self.close)
        self.again.clicked.connect(lambda: again())

    def _show_folder(self) -> None:
        path = self._skipped[self.rows.currentRow()].path
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
