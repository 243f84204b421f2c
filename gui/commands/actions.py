"""The commands as Qt actions: made from the table, bound to what they do, with keys that a person may change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from core.engine import UserError
from gui.commands.table import RESULTS, Command
from gui.desktop.settings import Settings
from gui.widgets.text import tr

PORTABLE = QKeySequence.SequenceFormat.PortableText
NATIVE = QKeySequence.SequenceFormat.NativeText


class Commands(QObject):
    """Makes a Qt action of each command in the table, with its keys.

    Args:
        window: where keys of the whole window act; ``results``: where those of results do, each while it has the
            focus.
    """

    def __init__(self, table: Iterable[Command], settings: Settings, window: QWidget, results: Sequence[QWidget]) -> None:
        super().__init__(window)
        self._settings = settings
        self.table = {command.id: command for command in table}
        self.actions: dict[str, QAction] = {}
        for command in self.table.values():
            action = QAction(command.text, window, checkable=command.checkable)
            if command.scope == RESULTS:
                action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            for widget in results if command.scope == RESULTS else (window,):
                widget.addAction(action)
            self.actions[command.id] = action
            self._show_key(command, self.key(command.id))

    def bind(self, handlers: Mapping[str, Callable[[], object]]) -> None:
        """Tell what commands do."""
        for key, handler in handlers.items():
            self.actions[key].triggered.connect(lambda *_, run=handler: run())

    def key(self, command: str) -> str:
        """The key of a command, as portable text; empty: none."""
        return self._settings.key(command, self.table[command].key)

    def rebind(self, command: str, key: str) -> None:
        """Give a command another key, empty: none; it is remembered.

        Raises:
            UserError: another command has that key.
        """
        text = QKeySequence(key).toString(PORTABLE)
        owner = next((other for other in self.table if other != command and text and self.key(other) == text), None)
        if owner is not None:
            taken = tr("{key} is the key of “{command}”", key=shown(text), command=self.table[owner].text)
            raise UserError(taken, hint=tr("Change that one first."))
        self._settings.set_key(command, text, self.table[command].key)
        self._show_key(self.table[command], text)

    def _show_key(self, command: Command, key: str) -> None:
        action = self.actions[command.id]
        action.setShortcut(QKeySequence(key))
        tip = f"{command.tip} ({shown(key)})" if key else command.tip
        action.setToolTip(tip)


def shown(key: str) -> str:
    """A key as the platform writes it."""
    return QKeySequence(key).toString(NATIVE)
