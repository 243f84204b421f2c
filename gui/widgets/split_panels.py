"""Panels side by side that share their room: none can be closed or taken away, and each scrolls when it has too little."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QByteArray, QEvent, QObject, QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QStackedWidget, QWidget

from gui.widgets.wheel import WheelGuard

HANDLE_PX = 8

Rule = Callable[[int], Sequence[int]]
"""From the width of all panels to the width of each; one of 0 takes what is left over."""


class Upright(QScrollArea):
    """A panel that scrolls up and down, and is never cut at its side."""

    def __init__(self, panel: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(panel)
        self._panel, self._guard = panel, WheelGuard(self)
        panel.installEventFilter(self)

    def showEvent(self, event: QShowEvent) -> None:
        """Have the wheel scroll, also over fields that came since."""
        super().showEvent(event)
        self._guard.watch(self._panel)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Be as wide as the panel needs, whatever its fonts and texts become."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def minimumSizeHint(self) -> QSize:
        """The width of the panel and a scroll bar, and little height."""
        width = self._panel.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return QSize(width, super().minimumSizeHint().height())


class Pages(QStackedWidget):
    """A stack that needs only the room of the page on show."""

    def __init__(self, *pages: QWidget) -> None:
        super().__init__()
        for page in pages:
            self.addWidget(page)
        self.currentChanged.connect(lambda _: self.updateGeometry())

    def minimumSizeHint(self) -> QSize:
        """Of the page on show."""
        page = self.currentWidget()
        return page.minimumSizeHint().expandedTo(page.minimumSize()) if page is not None else QSize()


class Shares(QSplitter):
    """A splitter that divides its room by a rule.

    Its panels share the room by a rule until a person moves a border; then that holds until ``reset``.
    """

    def __init__(self, *panels: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(HANDLE_PX)
        self._panels = panels
        for panel in panels:
            self.addWidget(panel)
        self._rule: Rule = lambda width: [0] * len(panels)
        self._own: QByteArray | None = None
        self.splitterMoved.connect(self._on_moved)

    def use(self, rule: Rule, own: QByteArray | None = None) -> None:
        """Share the room by a rule, or as it was shared ``own``-handedly before."""
        self._rule, self._own = rule, own
        self._share()

    def own(self) -> QByteArray | None:
        """The sizes that the user has chosen; None: none."""
        return self._own

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The rule decides for every size."""
        super().resizeEvent(event)
        if self._own is None:
            self._share()

    @Slot()
    def _on_moved(self) -> None:
        self._own = self.saveState()

    def _share(self) -> None:
        if self._own is not None and self.restoreState(self._own):
            return
        widths = self._rule(self.width())
        shown = [not panel.isHidden() for panel in self._panels]
        taken = sum(width + HANDLE_PX for width, seen in zip(widths, shown, strict=True) if width and seen)
        self.setSizes([width or max(self.width() - taken, 1) for width in widths])
        for index, width in enumerate(widths):
            self.setStretchFactor(index, 0 if width else 1)
