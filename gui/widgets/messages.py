"""The message bar: it lies over the bottom of the window, and moves nothing under the mouse."""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedWidget, QToolButton, QWidget

from core.engine import UserError
from gui.widgets.plain_text import Label
from gui.widgets.properties import having
from gui.widgets.report import error_report
from gui.widgets.text import capital, tr

MERGE_S = 5.0
STAY_MS, READ_MS, BRIEF_MS = 20_000, 6_000, 4_000
"""How long a message stays; one that an offer waits behind; and one that only confirms what the person did."""

BREADTH, MARGIN_PX = 720, 12
_log = logging.getLogger("cropseek")


@dataclass(frozen=True)
class _Said:
    """A sentence, and what its button does; without a word for the button there is none."""

    text: str
    action: str = ""
    handler: Callable[[], None] | None = None


class MessageBar(QFrame):
    """A bar over the foot of its parent; hidden until there is something to say.

    A *message* goes away by itself.  An *offer* waits until it is answered or put away: a message that comes meanwhile is
    shown for a while, and then the offer again.  Of several offers the newest is in front, and of two that would do the
    same only the newer is kept.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._label = Label(wordWrap=True)
        self._action = QPushButton()
        self._action.hide()
        self._on_show = _Said("")
        self._offers: list[_Said] = []
        close = having(QToolButton(), text="✕", toolTip=tr("Put this message away"))
        self._row = layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 8, 8)
        layout.addWidget(self._label, 1)
        layout.addWidget(self._action)
        layout.addWidget(close)
        self._action.clicked.connect(self._on_action)
        close.clicked.connect(self._put_away)
        self._shown_at = 0.0
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
        """Say ``text`` for a while; the same again within five seconds is said once."""
        self._say(_Said(text, action, handler))

    def confirm(self, text: str) -> None:
        """Say that what the person did is done; goes away soon."""
        self.show_text(text)
        self._fade.start(BRIEF_MS)

    def offer(self, text: str, action: str, handler: Callable[[], None]) -> None:
        """Say ``text`` until the person does what it offers, or puts it away.

        It waits behind a message that was hardly read, and behind an offer that the mouse is on.
        """
        said, front = _Said(text, action, handler), self._front()
        self._offers = [offer for offer in self._offers if offer.action != action]
        if front in self._offers and self.underMouse():
            self._offers.insert(-1, said)
            return
        self._offers.append(said)
        if self.isHidden() or self._on_show is front:
            self._show(said)
        elif self._fade.remainingTime() > READ_MS:
            self._fade.start(READ_MS)

    @Slot()
    def withdraw(self) -> None:
        """Make no offer any more: what they spoke of is not open now."""
        offered = self._on_show in self._offers
        self._offers.clear()
        if offered:
            self.hide()

    def accept(self) -> None:
        """Do what the sentence on show offers, if it offers something."""
        if not self.isHidden() and self._on_show.handler is not None:
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
        self.hide()  # what is on show may wait, and this not
        self.offer(sentence, tr("Copy report"), copy)

    def _front(self) -> _Said | None:
        return self._offers[-1] if self._offers else None

    def _say(self, said: _Said) -> None:
        """Show a message, unless it was just shown."""
        again = said.text == self._on_show.text and time.monotonic() - self._shown_at < MERGE_S
        if not again or self.isHidden():
            self._show(said)
            self._fade.start(READ_MS if self._offers else STAY_MS)

    def _show(self, said: _Said) -> None:
        self._on_show, self._shown_at = said, time.monotonic()
        self._label.setText(said.text)
        self._action.setText(said.action)
        self._action.setVisible(bool(said.action))
        self._fade.stop()
        self.show()
        self._fit()

    @Slot()
    def _on_read(self) -> None:
        """Go away, but not under the eyes of who is just reading."""
        if self.underMouse():
            self._fade.start()
        else:
            self._put_away()

    @Slot()
    def _put_away(self) -> None:
        """Take away what is on show; the newest offer that waits comes in its place."""
        self._offers = [offer for offer in self._offers if offer is not self._on_show]
        front = self._front()
        if front is None:
            self.hide()
        else:
            self._show(front)

    @Slot()
    def _on_action(self) -> None:
        handler = self._on_show.handler
        self._put_away()
        if handler is not None:
            handler()
