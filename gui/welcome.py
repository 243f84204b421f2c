"""What the canvas shows while no collection is open: three ways to begin, and what was open before."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from gui.words import later, tr

CHOICES = (
    ("sample", later("Try the sample collection"), later("A small set of pictures that comes with the program.")),
    ("folder", later("Open a folder of photos"), later("They are indexed where they are, and never changed.")),
    ("library", later("Open a library"), later("A collection that was indexed before (.cropseek).")),
)


SHOWN = 5
"""Collections that were open before that are offered."""


class WelcomePage(QWidget):
    """Lives on the window's thread.  Emits ``chosen("sample" | "folder" | "library")`` and ``recent_chosen(path)``."""

    chosen = Signal(str)
    recent_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.addStretch()
        layout.addWidget(QLabel(tr("Draw a box on a photo.\nFind it in your collection. See why."), objectName="title"))
        layout.addSpacing(16)
        for key, title, text in CHOICES:
            button = QPushButton(f"{tr(title)}\n{tr(text)}", objectName="choice", minimumHeight=72)
            button.setProperty("choice", key)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(self._on_clicked)
            layout.addWidget(button)
        self._recent = QVBoxLayout()
        layout.addSpacing(16)
        layout.addLayout(self._recent)
        layout.addStretch()
        layout.setContentsMargins(64, 16, 64, 16)

    def set_recent(self, paths: Sequence[Path]) -> None:
        """Offer collections that were open before, the newest first."""
        while (item := self._recent.takeAt(0)) is not None:
            item.widget().deleteLater()
        if paths:
            self._recent.addWidget(QLabel(tr("Open before"), objectName="muted"))
        for path in paths[:SHOWN]:
            button = QPushButton(f"{path.name}   {path.parent}", objectName="recent", flat=True, toolTip=str(path))
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(partial(self.recent_chosen.emit, path))
            self._recent.addWidget(button)

    def _on_clicked(self) -> None:
        self.chosen.emit(self.sender().property("choice"))
