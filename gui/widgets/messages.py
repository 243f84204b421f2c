"""The one bar that tells a person something: it lies over the window's foot, and moves nothing under the mouse."""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedWidget, QToolButton, QWidget

from core.engine import UserError
from gui.widgets.plain import Label
from gui.widgets.properties import having
from gui.widgets.report import error_report
from gui.widgets.text import capital, tr

MERGE_S = 5.0
STAY_MS, BRIEF_MS = 20_000, 4_000
"""How long a message stays; and one that only confirms what the person did."""

BREADTH, MARGIN_PX = 720, 12
_log = logging.getLogger("cropseek")


class MessageBar(QFrame):
    """A bar over the foot of its parent; hidden until there is something to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._label = Label(wordWrap=True)
        self._action = QPushButton()
        self._action.hide()
        self._handler: Callable[[], None] | None = None
        close = having(QToolButton(), text="✕", toolTip=tr("Put this message away"))
        self._row = layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 8, 8)
        layout.addWidget(self._label, 1)
        layout.addWidget(self._action)
        layout.addWidget(close)
        self._action.clicked.connect(self._on_action)
        close.clicked.connect(self.hide)
        self._last = ("", 0.0)
        self._fade = QTimer(self, singleShot=True, interval=STAY_MS)
        self._fade.timeout.connect(self._on_read)
        self.hide()

    def lie_over(self, widget: QWidget) -> None:
        """Lie over the foot of a widget from now on."""
        self.setParent(widget)
        widget.installEventFilter(self)
        if isinstance(widget, QStackedWidget):
            widget.currentChanged.connect(self._fit)  # the page that comes is laid over everything
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the foot."""
        if event.type() is QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    @Slot()
    def _fit(self) -> None:
        parent = self.parentWidget()
        if parent is None or self.isHidden():
            return
        width = min(BREADTH, parent.width() - 2 * MARGIN_PX)
        height = max(self._row.heightForWidth(width), self.sizeHint().height())
        self.setGeometry((parent.width() - width) // 2, parent.height() - height - MARGIN_PX, width, height)
        self.raise_()

    def text(self) -> str:
        """The sentence shown; empty when the bar is hidden."""
        return "" if self.isHidden() else self._label.text()

    def show_text(self, text: str, action: str = "", handler: Callable[[], None] | None = None) -> None:
        """Say ``text``; the same again within five seconds is said once."""
        now = time.monotonic()
        if (text, True) == (self._last[0], now - self._last[1] < MERGE_S) and not self.isHidden():
            return
        self._last, self._handler = (text, now), handler
        self._label.setText(text)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self.show()
        self._fit()
        # What offers something to do waits for an answer.
        self._fade.stop() if action else self._fade.start(STAY_MS)

    def confirm(self, text: str) -> None:
        """Say that what the person did is done; goes away soon."""
        self.show_text(text)
        self._fade.start(BRIEF_MS)

    def accept(self) -> None:
        """Do what the sentence offers, if it offers something."""
        if not self.isHidden() and self._handler is not None:
            self._action.click()

    def show_error(self, error: BaseException) -> None:
        """A ``UserError`` as its sentence; anything else as a defect of ours, with its report to copy."""
        if isinstance(error, UserError):
            sentence = str(error)
            self.show_text(sentence if error.where else capital(sentence))
            return
        _log.error("%s", "".join(traceback.format_exception(error)))

        def copy() -> None:
            QGuiApplication.clipboard().setText(error_report(error))

        sentence = tr("Something unexpected went wrong ({kind}: {error}).", kind=type(error).__name__, error=error)
        self.show_text(sentence, tr("Copy report"), copy)

    def _on_read(self) -> None:
        """Go away, but not under the eyes of who is just reading."""
        if self.underMouse():
            self._fade.start()
        else:
            self.hide()

    def _on_action(self) -> None:
        self.hide()
        if self._handler is not None:
            self._handler()
