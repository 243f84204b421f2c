"""The menu bar and the toolbar, made from the table of commands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QActionGroup, QPalette
from PySide6.QtWidgets import QMainWindow, QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from gui.commands.actions import Commands
from gui.commands.table import MENUS
from gui.widgets.icons import icon
from gui.widgets.properties import having
from gui.widgets.text import later, tr
from gui.workspaces.names import BROWSE, INSPECT, SEARCH
from gui.workspaces.switch import WorkspaceSwitch

LOOKING = (SEARCH, INSPECT)
TOOLS = (
    ("back", "back", "", ()), ("forward", "forward", "", ()), "",
    ("clear", "clear", "", LOOKING), ("fit", "fit", "", LOOKING), ("actual", "", "1:1", LOOKING),
    ("turn right", "turn", "", LOOKING), ("previous", "previous", "", (SEARCH,)), ("next", "next", "", (SEARCH,)),
    ("compare", "", later("Why"), (SEARCH,)), ("sheet", "", later("Figure 2"), (INSPECT,)),
    ("map", "", later("Map"), (BROWSE,)), ("details", "", later("Details"), (BROWSE,)),
    ("mark star", "star", "", (BROWSE, *LOOKING)), None,
    ("palette", "find", "", ()), ("help", "help", "", ()),
)  # fmt: skip
"""What the toolbar holds beside the switch of workspaces: command, icon, words beside it, and the workspaces in which it is
of use, empty: in all; None: a line between two groups; empty: the room left over."""


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


class Toolbar(QToolBar):
    """The workspaces, and the few commands that each has in sight.

    ``draw_icons`` gives them their icons.
    """

    def __init__(self, commands: Commands) -> None:
        super().__init__(tr("Tools"))
        having(self, movable=False, objectName="tools")
        self.setIconSize(QSize(20, 20))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)  # which could take it away
        self.switch = WorkspaceSwitch(commands.actions)
        self.addWidget(self.switch)
        self.addSeparator()
        self._fill(commands)

    def show_tools(self, workspace: str) -> None:
        """Show what is of use in a workspace."""
        for tool in TOOLS:
            if isinstance(tool, tuple) and (action := self._actions.get(tool[0])) is not None:
                action.setVisible(not tool[3] or workspace in tool[3])

    def _fill(self, commands: Commands) -> None:
        self._actions: dict[str, QAction] = {}
        for tool in TOOLS:
            if tool is None:
                self.addSeparator()
            elif isinstance(tool, str):
                self.addWidget(_room())
            else:
                key, _, words, _ = tool
                self._add(key, commands.actions[key], tr(words))

    def _add(self, key: str, command: QAction, words: str) -> None:
        """A button of its own: hidden here, its command still has its key and its line in the menu."""
        button = QToolButton()
        button.setDefaultAction(command)
        button.setIconSize(self.iconSize())
        button.setAccessibleName(command.text())
        if words:
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            command.setIconText(words)  # which the button takes when it shows words
        self._actions[key] = self.addWidget(button)


def draw_icons(commands: Commands, palette: QPalette) -> None:
    """Draw the icons in the colours of a theme."""
    text = palette.color(QPalette.ColorRole.WindowText)
    faint = palette.color(QPalette.ColorRole.PlaceholderText)
    faint.setAlphaF(0.5)
    for tool in TOOLS:
        if isinstance(tool, tuple):
            key, drawn, _, _ = tool
            if drawn:
                action = commands.actions[key]
                action.setIcon(icon(drawn, text, faint))
                action.setIconVisibleInMenu(False)


def _room() -> QWidget:
    room = QWidget()
    room.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return room
