"""The settings: rows of what may be chosen, and the key of every command."""

from __future__ import annotations

import os
from collections.abc import Callable

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core.errors import UserError
from gui.commands.actions import PORTABLE, Commands
from gui.settings import DEVICES, THEMES, Settings
from gui.words import SYSTEM, languages, tr


class SettingsDialog(QDialog):
    """Lives on the window's thread.  What is chosen holds at once.  Emits ``changed()``."""

    changed = Signal()

    def __init__(self, settings: Settings, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings, self._commands = settings, commands
        self.setWindowTitle(tr("Settings"))
        self.resize(620, 600)
        self.rows: dict[str, QWidget] = {}
        self.keys: dict[str, QKeySequenceEdit] = {}
        self.refusal = QLabel(wordWrap=True, objectName="muted")
        form = QFormLayout()
        for name, words, widget in self._rows():
            widget.setAccessibleName(words)
            form.addRow(words, widget)
            self.rows[name] = widget
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(QLabel(tr("Keys: click one and press the new key; Backspace takes it away.")))
        layout.addWidget(self._key_table(), 1)
        layout.addWidget(self.refusal)

    def _rows(self) -> tuple[tuple[str, str, QWidget], ...]:
        """Name, words and field of every setting."""
        theme = self._choice("theme", {name: tr(words) for name, words in THEMES.items()})
        language = self._choice("language", {SYSTEM: tr("System"), **{code: _named(code) for code in languages()}})
        language.setToolTip(tr("Holds from the next start"))
        restore = QCheckBox(tr("Open what was open last"))
        restore.setChecked(self._settings.restores)
        restore.toggled.connect(lambda on: self._keep("restores", on))
        threads = QSpinBox(minimum=0, maximum=os.cpu_count() or 1, specialValueText=tr("All"))
        threads.setValue(self._settings.threads)
        threads.setToolTip(tr("Fewer leave more of the machine to other programs; indexing takes longer"))
        threads.valueChanged.connect(lambda value: self._keep("threads", value))
        device = self._choice("device", {name: tr(words) for name, words in DEVICES.items()})
        device.setToolTip(tr("bfloat16 takes about half the time on newer processors; holds from the next window"))
        return (
            ("theme", tr("Theme"), theme),
            ("language", tr("Language"), language),
            ("device", tr("Network runs on"), device),
            ("restores", tr("At the start"), restore),
            ("threads", tr("Threads for indexing"), threads),
        )

    def _choice(self, name: str, choices: dict[str, str]) -> QComboBox:
        """A field of words, each of which stands for a value of a setting."""
        box = QComboBox()
        for value, words in choices.items():
            box.addItem(words, value)
        box.setCurrentIndex(list(choices).index(getattr(self._settings, name)))
        box.currentIndexChanged.connect(lambda: self._keep(name, box.currentData()))
        return box

    def _keep(self, name: str, value: object) -> None:
        setattr(self._settings, name, value)
        self.changed.emit()

    def _key_table(self) -> QTableWidget:
        table = QTableWidget(len(self._commands.table), 2)
        table.setAccessibleName(tr("Keys"))
        table.setHorizontalHeaderLabels([tr("Command"), tr("Key")])
        table.verticalHeader().hide()
        table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        table.setColumnWidth(1, 180)
        for row, command in enumerate(self._commands.table.values()):
            item = QTableWidgetItem(f"{tr(command.menu)}: {command.text}")
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
            item.setToolTip(command.tip)
            table.setItem(row, 0, item)
            edit = QKeySequenceEdit(QKeySequence(self._commands.key(command.id)), clearButtonEnabled=True)
            edit.setMaximumSequenceLength(1)
            edit.setAccessibleName(tr("Key of {command}", command=command.text))
            edit.editingFinished.connect(self._rebinding(command.id, edit))
            table.setCellWidget(row, 1, edit)
            self.keys[command.id] = edit
        return table

    def _rebinding(self, command: str, edit: QKeySequenceEdit) -> Callable[[], None]:
        def rebind() -> None:
            try:
                self._commands.rebind(command, edit.keySequence().toString(PORTABLE))
                self.refusal.clear()
            except UserError as error:
                edit.setKeySequence(QKeySequence(self._commands.key(command)))
                self.refusal.setText(f"{error.what}. {error.hint}")
            self.changed.emit()

        return rebind


def _named(code: str) -> str:
    """A language as who speaks it calls it."""
    return QLocale(code).nativeLanguageName() or code
