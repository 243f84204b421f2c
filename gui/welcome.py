"""What the canvas shows while no collection is open: three ways to begin."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

CHOICES = (
    ("sample", "Try the sample collection", "A small set of pictures that comes with the program."),
    ("folder", "Open a folder of photos", "They are indexed where they are, and never changed."),
    ("library", "Open a library", "A collection that was indexed before (.cropseek)."),
)


class WelcomePage(QWidget):
    """Lives on the window's thread.  Emits ``chosen("sample" | "folder" | "library")``."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.addStretch()
        layout.addWidget(QLabel("Draw a box on a photo.\nFind it in your collection. See why.", objectName="title"))
        layout.addSpacing(16)
        for key, title, text in CHOICES:
            button = QPushButton(f"{title}\n{text}", objectName="choice", minimumHeight=72)
            button.setProperty("choice", key)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(self._on_clicked)
            layout.addWidget(button)
        layout.addStretch()
        layout.setContentsMargins(64, 16, 64, 16)

    def _on_clicked(self) -> None:
        self.chosen.emit(self.sender().property("choice"))
