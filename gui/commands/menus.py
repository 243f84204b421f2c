"""The menu bar and the toolbar, made from the table of commands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMainWindow, QMenu, QToolBar, QToolButton

from gui.commands.actions import Commands
from gui.commands.table import MENUS
from gui.words import later, tr

TOOLS = (
    ("open folder", later("Open")), ("refresh", later("Refresh")), None,
    ("back", "◀"), ("forward", "▶"), ("previous", "▲"), ("next", "▼"), None,
    ("clear", later("Clear box")), ("fit", later("Fit")), ("actual", "1:1"), None,
    ("layer keypoints", later("SIFT keypoints")), ("layer sift", later("SIFT mask")), ("layer sum", later("SUM mask")),
    ("layer max", later("MAX mask")),
)  # fmt: skip
"""What the toolbar holds, with its words there; None: a line between two groups."""


def build_menus(
    window: QMainWindow, commands: Commands, inside: Mapping[str, Sequence[tuple[str, QMenu]]]
) -> dict[str, QMenu]:
    """The menu bar; returns its menus by title.

    Args:
        inside: menus of their own, by the menu they lie in, each after the command that is named.
    """
    menus = {title: window.menuBar().addMenu(tr(title)) for title in MENUS}
    for command in commands.table.values():
        menu = menus[command.menu]
        if command.rule:
            menu.addSeparator()
        menu.addAction(commands.actions[command.id])
        for after, further in inside.get(command.menu, ()):
            if after == command.id:
                menu.addMenu(further)
    themes = QActionGroup(window)
    for key, action in commands.actions.items():
        if key.startswith("theme "):
            themes.addAction(action)
    return menus


def build_toolbar(window: QMainWindow, commands: Commands) -> QToolBar:
    """The few commands that are always in sight."""
    bar = QToolBar(tr("Tools"), objectName="tools", movable=False)
    for tool in TOOLS:
        if tool is None:
            bar.addSeparator()
        else:
            key, words = tool
            bar.addAction(commands.actions[key])
            button = bar.widgetForAction(commands.actions[key])
            if isinstance(button, QToolButton):
                _label(button, commands.actions[key], tr(words))
    return bar


def _label(button: QToolButton, action: QAction, words: str) -> None:
    """Short words on the button; its accessible name stays the command's."""
    button.setAccessibleName(action.text())
    # The button takes the action's icon text when it shows words.
    action.setIconText(words)
