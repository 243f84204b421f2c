"""The Lab: pipelines, two of them compared, and the statistics of the collection."""

from __future__ import annotations

from PySide6.QtWidgets import QTabWidget, QWidget

from gui.widgets.split_panels import Upright
from gui.widgets.text import later, tr

PAGES = {"pipeline": later("Pipeline"), "comparison": later("Comparison"), "collection": later("Collection")}


class LabPage(QTabWidget):
    """The pages of *Lab*."""

    def __init__(self, pipeline: QWidget, comparison: QWidget, collection: QWidget) -> None:
        super().__init__()
        self.setDocumentMode(True)
        self.setUsesScrollButtons(True)
        self._pages: dict[str, QWidget] = {}
        for (name, words), panel in zip(PAGES.items(), (pipeline, comparison, collection), strict=True):
            self._pages[name] = Upright(panel)
            self.addTab(self._pages[name], tr(words))

    def bring(self, name: str) -> None:
        """Show one of ``PAGES``."""
        self.setCurrentWidget(self._pages[name])

    def shows(self, name: str) -> bool:
        """Whether one of ``PAGES`` is on show."""
        return self.isVisible() and self.currentWidget() is self._pages[name]

    def focus(self) -> None:
        """Let keys go to the tabs."""
        self.tabBar().setFocus()
