"""Names for the buttons that Qt makes itself, for screen readers."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QToolBar, QToolButton, QWidget

from gui.widgets.text import later, tr


def name_inner_buttons(root: QWidget) -> None:
    """Name what empties a field, and what shows the rest of a toolbar, everywhere below ``root``."""
    for kind, name in ((QLineEdit, later("Clear the text")), (QToolBar, later("More commands"))):
        for owner in root.findChildren(kind):
            for button in owner.findChildren(QToolButton):
                if not button.text() and not button.accessibleName():
                    button.setAccessibleName(tr(name))
