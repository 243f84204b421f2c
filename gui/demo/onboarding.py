"""The tour of a minute: a card says what to do, and a frame shows where; the next step follows when it is done.

Every step can be done by hand, shown by a button, or skipped; Esc ends the tour.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from core.geometry import Box
from gui.widgets.plain_text import Label
from gui.widgets.properties import having
from gui.widgets.text import later, tr

if TYPE_CHECKING:
    from gui.main_window import MainWindow

WIDTH, MARGIN_PX = 380, 16
LOOK_MS, READ_MS = 200, 900
"""Interval of checking whether a step is done, and time for which that is shown."""

MIDDLE = 0.4
"""Part of a photo's sides that the box covers which the tour draws."""


@dataclass(frozen=True)
class Step:
    """One thing to try.

    Attributes:
        target: the part of the window where it is done.
        done: whether it is done.
        show: does it, for users who only want to watch.
    """

    title: str
    words: str
    target: Callable[[MainWindow], QWidget]
    done: Callable[[MainWindow], bool]
    show: Callable[[MainWindow], object]


def _draw(window: MainWindow) -> None:
    if window.session.shown is None:
        return  # the photo is still being read
    photo = window.canvas.camera.photo
    width, height = photo.width(), photo.height()
    box = Box(width * MIDDLE / 2, height * MIDDLE / 2, width * (1 - MIDDLE / 2), height * (1 - MIDDLE / 2))
    window.canvas.set_box(box)
    window.session.set_box(box)


def _filter(window: MainWindow) -> None:
    window.shell.go("browse")
    window.gallery.filter.setText("tower")


STEPS = (
    Step(
        later("Draw a box"),
        later("Press the mouse on the photo and draw around anything: a tower, a sign, a face. The results follow."),
        lambda w: w.canvas,
        lambda w: w.canvas.box() is not None,
        _draw,
    ),
    Step(
        later("Look at a result"),
        later("Click one. It opens where the thing was found, outlined. The keys [ and ] go on, Alt+Left goes back."),
        lambda w: w.results.view,
        lambda w: w.session.looking,
        lambda w: w.results.step(1),
    ),
    Step(
        later("See why it was found"),
        later("The key C puts query and hit side by side, with the parts of both that made the score. C again: the photo."),
        lambda w: w.shell.photo.stage,
        lambda w: w.why.isVisible(),
        lambda w: w.work.turn_why() if not w.why.isVisible() else None,
    ),
    Step(
        later("Lay a mask over the photo"),
        later("The key 3 shows the cells that the search uses; K shows keypoints. Inspect (I) has all of it."),
        lambda w: w.shell.photo.stage,
        lambda w: w.actions_by_id["layer max"].isChecked(),
        lambda w: w.set_layer("max", True),
    ),
    Step(
        later("Find your way"),
        later("Browse (G) has all photos. Type into its filter: words, folder:rome, date:2024. S stars a photo."),
        lambda w: w.gallery.filter if w.gallery.isVisible() else w.toolbar.switch,
        lambda w: bool(w.gallery.filter.text()),
        _filter,
    ),
    Step(
        later("Everything has a key"),
        later(
            "Ctrl+Shift+P finds every command by its words, F1 lists all keys. Now open a folder of your own with Ctrl+O."
        ),
        lambda w: w.menuBar(),
        lambda w: w.commands.palette.isVisible(),
        lambda w: w.commands.palette.pop_up(),
    ),
)


class Onboarding(QFrame):
    """A card over the window, hidden until ``start``."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.setObjectName("guide")
        self._window, self._at, self._open_before = window, 0, False
        self._spot = having(QFrame(window), objectName="spot")
        self._spot.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.title, self.words = Label(objectName="guideTitle"), Label(wordWrap=True)
        self.count = Label(objectName="muted")
        self.show_me, self.next = QPushButton(tr("Show me")), QPushButton(tr("Next"), default=True)
        self.close_button = having(QToolButton(), text="✕", toolTip=tr("End the tour (Esc)"))
        self.close_button.setAccessibleName(tr("End the tour"))
        self._look = QTimer(self, interval=LOOK_MS)
        self._read = QTimer(self, singleShot=True, interval=READ_MS)
        self._build()
        self._look.timeout.connect(self._on_look)
        self._read.timeout.connect(self.step)
        self.show_me.clicked.connect(lambda: STEPS[self._at].show(window))
        self.next.clicked.connect(self.step)
        self.close_button.clicked.connect(self.end)
        self.setFixedWidth(WIDTH)
        window.installEventFilter(self)
        self.end()

    def _build(self) -> None:
        layout, head, foot = QVBoxLayout(self), QHBoxLayout(), QHBoxLayout()
        layout.setContentsMargins(16, 12, 12, 12)
        layout.setSpacing(8)
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button)
        foot.addWidget(self.count, 1)
        foot.addWidget(self.show_me)
        foot.addWidget(self.next)
        layout.addLayout(head)
        layout.addWidget(self.words)
        layout.addLayout(foot)
        self.setAutoFillBackground(True)

    @property
    def at(self) -> int:
        """The number of the step on show, from 0; -1: none."""
        return self._at if self.isVisible() else -1

    @Slot()
    def start(self) -> None:
        """Begin, with the sample when nothing is open."""
        if not self._window.session.photos:
            self._window.open_sample()
        self._window.shell.go("search")
        self._window.set_layer("max", False)
        self._show_step(0)
        self._look.start()

    @Slot()
    def step(self) -> None:
        """Go to the next one; after the last the tour is over."""
        if self._at + 1 < len(STEPS):
            self._show_step(self._at + 1)
        else:
            self.end()

    @Slot()
    def end(self) -> None:
        """Put the card away."""
        self._look.stop()
        self._read.stop()
        self._spot.hide()
        self.hide()

    def _show_step(self, at: int) -> None:
        step, self._at = STEPS[at], at
        self._read.stop()
        # What was done before the step began does not count.
        self._open_before = step.done(self._window)
        self.title.setText(tr(step.title))
        self.words.setText(tr(step.words))
        self.count.setText(tr("{step} of {all}", step=at + 1, all=len(STEPS)))
        self.next.setText(tr("Done") if at + 1 == len(STEPS) else tr("Next"))
        self.setAccessibleName(tr("Tour: {step}", step=tr(step.title)))
        self.setAccessibleDescription(tr(step.words))
        self.show()
        self._place()
        self.next.setFocus()

    @Slot()
    def _on_look(self) -> None:
        done = STEPS[self._at].done(self._window)
        if done and not self._open_before and not self._read.isActive():
            self.count.setText(tr("✓ Done"))
            self._read.start()
        self._open_before = self._open_before and done
        self._place()

    def _place(self) -> None:
        """The frame around the target, and the card where it hides least of it."""
        if not self.isVisible():
            return
        window, target = self._window, STEPS[self._at].target(self._window)
        spot = QRect(target.mapTo(window, QPoint()), target.size()).intersected(window.rect())
        self._spot.setGeometry(spot)
        self._spot.setVisible(target.isVisible())
        self.adjustSize()
        room = window.rect().adjusted(MARGIN_PX, MARGIN_PX, -MARGIN_PX, -MARGIN_PX)
        places = (
            QPoint(spot.right() + MARGIN_PX, spot.top()),
            QPoint(spot.left() - WIDTH - MARGIN_PX, spot.top()),
            QPoint(spot.left() + MARGIN_PX, spot.bottom() + MARGIN_PX),
            QPoint(spot.left() + MARGIN_PX, spot.top() - self.height() - MARGIN_PX),
        )
        inside = QPoint(spot.left() + MARGIN_PX, spot.bottom() - self.height() - MARGIN_PX)
        self.move(next((at for at in places if room.contains(QRect(at, self.size()))), inside))
        self._spot.raise_()
        self.raise_()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc ends it."""
        if event.key() == Qt.Key.Key_Escape:
            self.end()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in place when the window changes."""
        if event.type() is QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)
