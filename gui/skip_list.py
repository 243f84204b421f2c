"""The photos that could not be used, and why, in a window beside the main one."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QListWidget, QVBoxLayout, QWidget

from core.records import Skipped


def skip_list(parent: QWidget, skipped: tuple[Skipped, ...]) -> QDialog:
    """A window beside the main one with the photos that could not be used, and why."""
    dialog = QDialog(parent)
    dialog.setWindowTitle("Skipped photos")
    dialog.resize(640, 320)
    rows = QListWidget()
    rows.addItems([f"{item.path}: {item.reason}" for item in skipped])
    layout = QVBoxLayout(dialog)
    layout.addWidget(rows)
    return dialog
