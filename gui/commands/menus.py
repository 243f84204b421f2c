"""The menu bar and the toolbar, made from the table of commands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QActionGroup, QColor, QPalette
from PySide6.QtWidgets import QMainWindow, QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from gui.commands.actions import Commands
from gui.commands.table import MENUS
from gui.widgets.icons import icon, swatch
from gui.widgets.properties import having
from gui.widgets.text import later, tr
from gui.widgets.theme import LAYER_COLOURS

TOOLS = (
    ("open folder", "open", later("Open")), ("refresh", "refresh", ""), None,
    ("back", "back", ""), ("forward", "forward", ""), None,
    ("previous", "previous", ""), ("next", "next", ""), None,
    ("clear", "clear", ""), ("fit", "fit", ""), ("actual", "", "1:1"), ("turn right", "turn", ""),
    ("mark star", "star", ""), None,
    ("layer keypoints", "", later("Keypoints")), ("layer sift", "", "SIFT"), ("layer sum", "", "SUM"),
    ("layer max", "", "MAX"), "", ("palette", "find", later("Commands")), ("help", "help", ""),
)  # fmt: skip
"""What the toolbar holds: command, icon, words beside it; None: a line between two groups; empty: the room left over."""


def build_menus(
    window: QMainWindow, commands: Commands, inside: Mapping[str, Sequence[tuple[str, QMenu]]]
) -> dict[str, QMenu]:
    """The menu bar; returns its menus by title.

    Args:
        inside: menus of their own, by the menu they lie in, each after the command that is named.
    """
    menus = {title: window.menuBar().addMenu(f"&{tr(title)}") for title in MENUS}
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
    """The few commands that are always in sight; ``draw_icons`` gives them their icons."""
    bar = having(QToolBar(tr("Tools"), movable=False), objectName="tools")
    bar.setIconSize(QSize(20, 20))
    for tool in TOOLS:
        if tool is None:
            bar.addSeparator()
        elif isinstance(tool, str):
            bar.addWidget(_room())
        else:
            key, _, words = tool
            bar.addAction(commands.actions[key])
            button = bar.widgetForAction(commands.actions[key])
            if isinstance(button, QToolButton):
                _label(button, commands.actions[key], tr(words))
    return bar


def draw_icons(commands: Commands, palette: QPalette) -> None:
    """Draw the icons in the colours of a theme."""
    text = palette.color(QPalette.ColorRole.WindowText)
    faint = palette.color(QPalette.ColorRole.PlaceholderText)
    faint.setAlphaF(0.5)
    for tool in TOOLS:
        if isinstance(tool, tuple):
            key, drawn, _ = tool
            layer = LAYER_COLOURS.get(key.removeprefix("layer "))
            if drawn or layer:
                action = commands.actions[key]
                action.setIcon(icon(drawn, text, faint) if drawn else swatch(QColor(layer)))
                action.setIconVisibleInMenu(False)


def _room() -> QWidget:
    room = QWidget()
    room.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return room


def _label(button: QToolButton, action: QAction, words: str) -> None:
    """Short words on the button, or none; its accessible name stays the command's."""
    button.setAccessibleName(action.text())
    if words:
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        # The button takes the action's icon text when it shows words.
        action.setIconText(words)
