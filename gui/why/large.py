"""The comparison of query and hit in the place of the photo, where there is room for it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QDockWidget, QStackedWidget, QWidget

from core.records import Query
from gui.results.panel import ResultsPanel
from gui.why.panel import WhyPanel
from gui.widgets.plain import Label
from gui.widgets.text import later, tr

MEANWHILE = later("Query and hit are compared in the place of the photo; C brings them back here.")


class Large(QObject):
    """Lives on the window's thread and emits nothing.

    Args:
        dock: the panel's own; ``below``: all that lie with it under the photo, whose room is taken too.
        pages: of the window's middle, and the ``photo`` among them.
    """

    def __init__(
        self,
        panel: WhyPanel,
        dock: QDockWidget,
        below: Sequence[QDockWidget],
        pages: QStackedWidget,
        photo: QWidget,
        results: ResultsPanel,
    ) -> None:
        super().__init__(panel)
        self._panel, self._dock, self._pages, self._photo, self._results = panel, dock, pages, photo, results
        self._below, self._hidden = below, list[QDockWidget]()
        self._meanwhile = Label(tr(MEANWHILE), wordWrap=True, margin=8)
        self._asked: Query | None = None
        panel.enlarging_asked.connect(self.toggle)
        pages.currentChanged.connect(self._on_page)

    @property
    def on(self) -> bool:
        """Whether the comparison has the place of the photo."""
        return self._dock.widget() is not self._panel

    @Slot()
    def toggle(self) -> None:
        """Compare large, beginning with the first hit when none is chosen; or go back to the photo."""
        if self.on or self._pages.currentWidget() is not self._photo:
            self.leave()
            self._panel.large.setChecked(self.on)
            return
        self._hidden = [dock for dock in self._below if not dock.isHidden() and not dock.isFloating()]
        front = next((dock for dock in self._hidden if not dock.visibleRegion().isEmpty()), None)
        if front is not None:  # comes back last, and so in front again
            self._hidden.append(front)
        for dock in self._hidden:
            dock.hide()
        self._dock.setWidget(self._meanwhile)
        self._pages.addWidget(self._panel)
        self._pages.setCurrentWidget(self._panel)
        self._panel.show()
        self._panel.large.setChecked(True)
        self._panel.view.setFocus()
        if not self._results.chosen():
            self._results.step(1)

    def leave(self) -> None:
        """Give the place of the photo back."""
        if self.on:
            self._pages.setCurrentWidget(self._photo)

    @Slot(object)
    def follow(self, asked: Query | None) -> None:
        """Another photo asks: that is what is to be seen now."""
        before, self._asked = self._asked, asked
        if self.on and (asked is None or before is None or asked.path != before.path):
            self.leave()

    @Slot()
    def _on_page(self) -> None:
        if self.on and self._pages.currentWidget() is not self._panel:
            self._pages.removeWidget(self._panel)
            self._dock.setWidget(self._panel)
            self._panel.show()
            self._panel.large.setChecked(False)
            for dock in self._hidden:
                dock.show()
            if self._hidden:
                self._hidden[-1].raise_()
            self._hidden = []
            self._photo.setFocus()
