"""What a screen reader finds: every element that can be used has a name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from gui.workspaces.names import WORKSPACES
from tests.conftest import NAMES
from tests.gui.test_window import opened, searched

Role = QAccessible.Role
INTERACTIVE = {
    Role.Button, Role.CheckBox, Role.RadioButton, Role.ComboBox, Role.EditableText, Role.Slider, Role.SpinBox, Role.List,
    Role.Table, Role.Tree, Role.MenuItem, Role.PageTab, Role.HotkeyField, Role.ButtonMenu, Role.Link,
}  # fmt: skip


def elements(interface: QAccessibleInterface, depth: int = 0) -> Iterator[QAccessibleInterface]:
    """Everything below an element that can be seen; of lists and tables not the single rows."""
    yield interface
    if depth > 24 or interface.role() in (Role.List, Role.Table, Role.Tree):
        return
    for place in range(interface.childCount()):
        child = interface.child(place)
        if child is not None and child.isValid() and not child.state().invisible:
            yield from elements(child, depth + 1)


def unnamed(widget: QWidget, least: int = 0) -> list[str]:
    """The elements that can be used and have no name; there must be so many with and without."""
    found, usable = [], 0
    for element in elements(QAccessible.queryAccessibleInterface(widget)):
        usable += element.role() in INTERACTIVE
        part = element.object()
        # A combo box's list and a spin box's field are Qt's own, and spoken as parts of theirs.
        inner = part is None or isinstance(part.parent(), (QComboBox, QAbstractSpinBox)) or part.parent() is None
        if element.role() in INTERACTIVE and not element.text(QAccessible.Text.Name).strip() and not inner:
            found.append(f"{element.role().name}: {type(part).__name__} in {type(part.parent()).__name__}")  # type: ignore[union-attr]
    assert usable >= least
    return found


def test_every_element_of_the_window_has_a_name(window: MainWindow, qtbot: QtBot, library: Path, folder: Path) -> None:
    opened(window, qtbot, library)
    searched(window, qtbot, folder / f"{NAMES[0]}.jpg")
    found = []
    window.actions_by_id["details"].trigger()
    for name in WORKSPACES:
        window.shell.go(name)
        for turn in (window.actions_by_id["map"], window.actions_by_id["sheet"], window.actions_by_id["compare"]):
            qtbot.wait(10)
            found += [f"{name}: {words}" for words in unnamed(window, least=20)]
            turn.trigger()
            qtbot.wait(10)
            found += unnamed(window, least=20)
            turn.trigger()
            window.shell.go(name)
    assert sorted(set(found)) == []


def test_every_element_of_the_dialogs_has_a_name(window: MainWindow, qtbot: QtBot) -> None:
    for command in ("settings", "help", "about", "skipped", "palette"):
        window.actions_by_id[command].trigger()
    qtbot.wait(10)
    found = [words for dialog in window.commands.beside.values() for words in unnamed(dialog)]
    assert sorted({*found, *unnamed(window.commands.palette)}) == []
