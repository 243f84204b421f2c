"""The palette: every command, found by its words, run by Enter."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPalette
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from gui.commands.actions import Commands, shown
from gui.widgets.properties import having
from gui.widgets.text import tr

WIDTH, HEIGHT = 520, 380
PADDING = 40


def matches(words: str, text: str) -> int | None:
    """How well a text fits what was typed, less is better; None: not all of the words are in it."""
    positions = [text.casefold().find(word) for word in words.casefold().split()]
    return sum(positions) if all(position >= 0 for position in positions) else None


class CommandPalette(QFrame):
    """Lies over the window, and goes when it loses the focus."""

    def __init__(self, commands: Commands, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("palette")
        self._window = window
        self._commands = commands
        self._room = HEIGHT
        self.field = QLineEdit(placeholderText=tr("Find a command…"), clearButtonEnabled=True)
        self.field.setAccessibleName(tr("Find a command"))
        self.list = having(QListWidget(), uniformItemSizes=True)
        self.list.setAccessibleName(tr("Commands"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.addWidget(self.field)
        layout.addWidget(self.list)
        self.setAutoFillBackground(True)
        self.field.textChanged.connect(self._fill)
        self.field.installEventFilter(self)
        self.list.itemClicked.connect(self._run)
        self.hide()

    @Slot()
    def pop_up(self) -> None:
        """Show all commands, ready to type."""
        room = self._window.rect()
        self.move((room.width() - WIDTH) // 2, 64)
        self._room = min(HEIGHT, room.height() - 80)
        self.field.clear()
        self._fill("")
        self.show()
        self.raise_()
        self.field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that mean the list, and leaving."""
        if event.type() is QEvent.Type.FocusOut:
            self.hide()
        elif isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                self.list.setCurrentRow((self.list.currentRow() + step) % max(self.list.count(), 1))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if item := self.list.currentItem():
                    self._run(item)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.hide()
                self._window.setFocus()
                return True
        return super().eventFilter(watched, event)

    @Slot(str)
    def _fill(self, words: str) -> None:
        self.list.clear()
        found: list[tuple[int, int, str, str]] = []
        for key, command in self._commands.table.items():
            menu = tr(command.menu)
            text = f"{menu}: {command.text}"
            fit = matches(words, f"{command.text} {menu} {command.tip}")
            if fit is not None:
                found.append((fit, len(found), key, text))
        for _, _, key, text in sorted(found) if words else found:
            self._add(key, text)
        self.list.setCurrentRow(0)
        rows = self.list.count() * self.list.sizeHintForRow(0) if self.list.count() else 0
        self.resize(WIDTH, min(self._room, rows + self.field.sizeHint().height() + PADDING))

    def _add(self, key: str, text: str) -> None:
        action, bound = self._commands.actions[key], self._commands.key(key)
        item = QListWidgetItem(f"{text}    {shown(bound)}" if bound else text)
        item.setToolTip(self._commands.table[key].tip)
        item.setData(Qt.ItemDataRole.UserRole, key)
        if not action.isEnabled():
            item.setForeground(QColor(self.palette().color(QPalette.ColorRole.PlaceholderText)))
        self.list.addItem(item)

    @Slot(QListWidgetItem)
    def _run(self, item: QListWidgetItem) -> None:
        self.hide()
        self._window.setFocus()
        self._commands.actions[item.data(Qt.ItemDataRole.UserRole)].trigger()
