"""The docks around the photo: which panels there are, and where they lie at first."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QLineEdit, QMainWindow, QSpinBox, QWidget

from gui.widgets.properties import having
from gui.widgets.text import later, tr

BOTTOM = (
    later("Inspector"), later("Why"), later("Lens"), later("Collection"), later("Pipeline"), later("Details"), later("Map")
)  # fmt: skip
"""The tabs under the photo, the first of which is in front."""

SIDES = {
    later("Gallery"): Qt.DockWidgetArea.LeftDockWidgetArea,
    later("Results"): Qt.DockWidgetArea.RightDockWidgetArea,
    later("Comparison"): Qt.DockWidgetArea.RightDockWidgetArea,
    **dict.fromkeys(BOTTOM, Qt.DockWidgetArea.BottomDockWidgetArea),
}


def build_docks(window: QMainWindow, panels: Mapping[str, QWidget]) -> dict[str, QDockWidget]:
    """A dock for each panel; those behind others are hidden until ``arrange_docks`` or a restored layout shows them."""
    # The gallery keeps the whole height at the left, so that the inspector lies under photo and results.
    window.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea)
    docks = {}
    for title, panel in panels.items():
        dock = having(QDockWidget(tr(title), window), objectName=title)
        dock.setWidget(panel)
        window.addDockWidget(SIDES[title], dock)
        dock.setVisible(title not in ("Comparison", *BOTTOM[1:]))
        docks[title] = dock
    return docks


def arrange_docks(window: QMainWindow, docks: Mapping[str, QDockWidget]) -> None:
    """The layout of a first start, once the window has its size: before that Qt leaves stray tabs behind."""
    window.tabifyDockWidget(docks["Results"], docks["Comparison"])
    for title in BOTTOM[1:]:
        window.tabifyDockWidget(docks[BOTTOM[0]], docks[title])
        docks[title].show()
    docks[BOTTOM[0]].raise_()
    window.resizeDocks([docks["Gallery"], docks["Results"]], [256, 328], Qt.Orientation.Horizontal)
    window.resizeDocks([docks[BOTTOM[0]]], [256], Qt.Orientation.Vertical)


def is_seen(widget: QWidget) -> bool:
    """Whether any of a panel is on show: Qt also calls one visible that lies behind another as a tab."""
    return widget.isVisible() and not widget.visibleRegion().isEmpty()


def toggle_dock(dock: QDockWidget) -> None:
    """Bring a panel to the front, or hide it when it is there."""
    if is_seen(dock):
        dock.hide()
    else:
        dock.show()
        dock.raise_()


def focus(dock: QDockWidget, field: QLineEdit | QSpinBox) -> None:
    """Bring a panel to the front, ready to type into a field of it."""
    dock.show()
    dock.raise_()
    field.setFocus(Qt.FocusReason.ShortcutFocusReason)
    field.selectAll()
