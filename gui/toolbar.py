"""The commands of the main window: their words, keys and tooltips, in a toolbar with its menus."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QDockWidget, QMainWindow, QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from gui.lens.panel import LENS_KEYS
from gui.panels.inspector import LAYERS

OPENERS = (
    ("photo", "Photo to search with…", "Ctrl+P"),
    ("folder", "Folder…", "Ctrl+O"),
    ("library", "Library…", "Ctrl+L"),
    ("sample", "Sample collection", ""),
)

PLAIN = (
    ("refresh", "Refresh", "F5", "Index what is new or changed in the folder"),
    ("", "", "", ""),
    ("back", "◀", "Alt+Left", "The query before"),
    ("forward", "▶", "Alt+Right", "The query after"),
    ("previous", "▲", "[", "The hit before: look at it"),
    ("next", "▼", "]", "The hit after: look at it"),
    ("clear", "Clear box", "Ctrl+Backspace", "Take the box away and search for the whole photo (Esc)"),
    ("fit", "Fit", "F", "The whole photo in the view"),
    ("actual", "1:1", "Ctrl+1", "One image pixel on one screen pixel"),
    ("", "", "", ""),
)
"""Key, words, shortcut and tooltip; empty: a line between two groups."""

THEMES = ("system", "light", "dark")


def build_toolbar(
    window: QMainWindow, actions: dict[str, QAction], docks: Mapping[str, QDockWidget], theme: str, queries: QMenu
) -> QToolBar:
    """The toolbar; every command is added to ``actions`` under its key."""
    bar = QToolBar("Tools", objectName="tools", movable=False)
    bar.addWidget(_menu_button("Open ▾", _open_menu(window, actions)))
    bar.addWidget(_menu_button("Queries ▾", queries))
    window.addAction(add_action(window, actions, "save", "Save query…", "Ctrl+S", "Keep this query in the library"))
    for key, text, shortcut, tooltip in PLAIN:
        if key:
            bar.addAction(add_action(window, actions, key, text, shortcut, tooltip))
        else:
            bar.addSeparator()
    for name, (text, shortcut) in LAYERS.items():
        bar.addAction(add_action(window, actions, f"layer {name}", text, shortcut, f"Show or hide: {text}", checkable=True))
    for key, (text, shortcut) in LENS_KEYS.items():
        window.addAction(add_action(window, actions, f"lens {key}", text, shortcut, text))
    spacer = QWidget()
    spacer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    bar.addWidget(spacer)
    bar.addWidget(_menu_button("View ▾", _view_menu(window, actions, docks, theme)))
    return bar


def add_action(
    window: QMainWindow,
    actions: dict[str, QAction],
    key: str,
    text: str,
    shortcut: str,
    tooltip: str,
    checkable: bool = False,
) -> QAction:
    """One command, its key named in its tooltip."""
    action = QAction(text, window, checkable=checkable)
    if shortcut:
        action.setShortcut(QKeySequence(shortcut))
        tooltip = f"{tooltip} ({shortcut})"
    action.setToolTip(tooltip)
    actions[key] = action
    return action


def _open_menu(window: QMainWindow, actions: dict[str, QAction]) -> QMenu:
    menu = QMenu(window)
    for key, text, shortcut in OPENERS:
        tooltip = f"Open: {text.strip('…').lower()}"
        menu.addAction(add_action(window, actions, f"open {key}", text, shortcut, tooltip))
    tooltip = "Search with a picture out of another program"
    menu.addAction(add_action(window, actions, "paste", "Paste a picture", "Ctrl+V", tooltip))
    return menu


def _view_menu(window: QMainWindow, actions: dict[str, QAction], docks: Mapping[str, QDockWidget], theme: str) -> QMenu:
    menu = QMenu(window)
    for dock in docks.values():
        menu.addAction(dock.toggleViewAction())
    menu.addSeparator()
    group = QActionGroup(window)
    for name in THEMES:
        text = f"{name.capitalize()} theme"
        action = add_action(window, actions, f"theme {name}", text, "", f"Colours: {name}", checkable=True)
        action.setChecked(name == theme)
        group.addAction(action)
        menu.addAction(action)
    return menu


def _menu_button(text: str, menu: QMenu) -> QToolButton:
    button = QToolButton(text=text, popupMode=QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setMenu(menu)
    return button
