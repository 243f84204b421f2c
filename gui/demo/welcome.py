"""What the window shows while no collection is open: ways to begin, and what was open before."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPalette
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from core.engine import DESKTOP
from gui.widgets.icons import icon
from gui.widgets.plain_text import Label, caption, tip
from gui.widgets.properties import having
from gui.widgets.text import later, tr

CHOICES = (
    (
        "sample",
        "sample",
        later("Try the sample collection"),
        later("160 pictures of a made-up town come with the program."),
    ),
    ("folder", "open", later("Open a folder of photos"), later("They are indexed where they are, and never changed.")),
    ("library", "library", later("Open a library"), later("A collection that was indexed before (.cropseek).")),
)
"""What each asks for, its icon, title and text."""

SHOWN = 5
"""Collections that were open before that are offered."""

BREADTH, ICON_PX = 600, 24


class Choice(QPushButton):
    """A large button: an icon, what it does, and a word of comfort."""

    def __init__(self, drawn: str, title: str, text: str) -> None:
        super().__init__()
        having(self, objectName="choice", minimumHeight=72)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Minimum)  # large texts take more lines
        self.drawn = drawn
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.picture = Label()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch()
        words.addWidget(Label(title, objectName="choiceTitle"))
        words.addWidget(Label(text, objectName="muted", wordWrap=True))
        words.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 8, 24, 8)
        row.setSpacing(20)
        row.addWidget(self.picture)
        row.addLayout(words, 1)
        for label in self.findChildren(Label):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


class WelcomePage(QWidget):
    """The first page: what to open, and the recent collections.

    Emits ``chosen("sample" | "folder" | "library")``, ``recent_chosen(path)`` and ``tour_chosen()``.
    """

    chosen = Signal(str)
    recent_chosen = Signal(object)
    tour_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choices = {asks: Choice(drawn, tr(title), tr(text)) for asks, drawn, title, text in CHOICES}
        column = QVBoxLayout()
        column.addStretch(2)
        column.addLayout(self._head())
        column.addSpacing(20)
        for asks, choice in self.choices.items():
            choice.clicked.connect(partial(self.chosen.emit, asks))
            column.addWidget(choice)
        column.addLayout(self._foot())
        self._recent = QVBoxLayout()
        self._recent.setSpacing(2)
        column.addSpacing(8)
        column.addLayout(self._recent)
        column.addStretch(3)
        middle = QWidget(maximumWidth=BREADTH)
        middle.setLayout(column)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(32, 16, 32, 16)
        layout.addStretch()
        layout.addWidget(middle, 100)
        layout.addStretch()

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(20)
        logo = Label(pixmap=QIcon(str(DESKTOP / "cropseek.png")).pixmap(QSize(72, 72), self.devicePixelRatioF()))
        row.addWidget(logo)
        row.addWidget(Label(tr("Draw a box on a photo.\nFind it in your collection. See why."), objectName="title"), 1)
        return row

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(Label(tr("Or drop photos, folders or a library here."), objectName="muted", wordWrap=True), 1)
        tour = having(QPushButton(tr("Take the 60-second tour"), flat=True), objectName="recent")
        tour.setCursor(Qt.CursorShape.PointingHandCursor)
        tour.clicked.connect(self.tour_chosen)
        row.addWidget(tour)
        return row

    def draw_icons(self, palette: QPalette) -> None:
        """Draw the icons in the colours of a theme."""
        accent = palette.color(QPalette.ColorRole.Highlight)
        for choice in self.choices.values():
            drawn = icon(choice.drawn, accent, accent)
            choice.picture.setPixmap(drawn.pixmap(QSize(ICON_PX, ICON_PX), self.devicePixelRatioF()))

    def set_recent(self, paths: Sequence[Path]) -> None:
        """Offer collections that were open before, the newest first."""
        while (item := self._recent.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if paths:
            self._recent.addWidget(Label(tr("Open before"), objectName="muted"))
        for path in paths[:SHOWN]:
            button = having(
                QPushButton(caption(f"{path.name}   {path.parent}"), flat=True), objectName="recent", toolTip=tip(str(path))
            )
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(partial(self.recent_chosen.emit, path))
            self._recent.addWidget(button)
