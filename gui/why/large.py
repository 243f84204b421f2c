"""The comparison of query and hit in the place of the photo, where there is room for it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QDockWidget, QLabel, QStackedWidget, QWidget

from core.records import Query
from gui.panels.results import ResultsPanel
from gui.why.panel import WhyPanel

MEANWHILE = "Query and hit are compared in the place of the photo; C brings them back here."


class Large(QObject):
    """Lives on the window's thread and emits nothing.

    Args:
        pages: of the window's middle, and the ``photo`` among them.
    """

    def __init__(
        self, panel: WhyPanel, dock: QDockWidget, pages: QStackedWidget, photo: QWidget, results: ResultsPanel
    ) -> None:
        super().__init__(panel)
        self._panel, self._dock, self._pages, self._photo, self._results = panel, dock, pages, photo, results
        self._meanwhile = QLabel(MEANWHILE, wordWrap=True, margin=8)
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
            self._pages.setCurrentWidget(self._photo)
            self._panel.large.setChecked(self.on)
            return
        self._dock.setWidget(self._meanwhile)
        self._pages.addWidget(self._panel)
        self._pages.setCurrentWidget(self._panel)
        self._panel.show()
        self._panel.large.setChecked(True)
        self._panel.view.setFocus()
        if not self._results.chosen():
            self._results.step(1)

    @Slot(object)
    def follow(self, asked: Query | None) -> None:
        """Another photo asks: that is what is to be seen now."""
        before, self._asked = self._asked, asked
        if self.on and (asked is None or before is None or asked.path != before.path):
            self._pages.setCurrentWidget(self._photo)

    @Slot()
    def _on_page(self) -> None:
        if self.on and self._pages.currentWidget() is not self._panel:
            self._pages.removeWidget(self._panel)
            self._dock.setWidget(self._panel)
            self._panel.show()
            self._panel.large.setChecked(False)
            self._photo.setFocus()
