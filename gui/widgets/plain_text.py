"""Texts that come from files: shown letter by letter, whatever they look like.

Qt takes a text that looks like HTML for HTML, and then loads what it names: a photo called ``<img src='/dev/zero'>.jpg``
would fill the memory, and one that names another machine would call it.
"""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QMenu, QSizePolicy, QWidget

MOST = 2000
"""Letters of a tooltip; more would cover the screen."""


class Label(QLabel):
    """The only label of the window: it interprets nothing."""

    def __init__(self, text: str = "", parent: QWidget | None = None, **properties: Any) -> None:
        super().__init__(parent, **properties)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)


class TwoLines(Label):
    """A sentence that has the room of two lines, however long it is: what lies below stays where it is."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text, wordWrap=True, objectName="muted", alignment=Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Two lines of the font that it has now."""
        return QSize(1, 2 * self.fontMetrics().lineSpacing() + 2)

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def hasHeightForWidth(self) -> bool:
        """Its height is the same for every width."""
        return False


def tip(text: str) -> str:
    """A text as the tooltip of something, so that it is seen as it is."""
    text = text if len(text) <= MOST else text[: MOST - 1] + "…"
    if "<" not in text and "&" not in text:
        return text  # nothing that could be taken for HTML
    return f"<p style='white-space: pre-wrap'>{html.escape(text)}</p>"


def add_line(menu: QMenu, text: str, chosen: Callable[[], object]) -> None:
    """Add a line to a menu; Qt would take its text for its tooltip as it is."""
    action = menu.addAction(caption(text))
    action.setToolTip(tip(text))
    action.triggered.connect(lambda: chosen())


def caption(text: str) -> str:
    """A text as the caption of a button or of a line in a menu, where ``&`` marks a key and a tab begins another column."""
    return text.replace("&", "&&").replace("\t", " ")
