"""The settings: rows of what may be chosen, and the key of every command."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHeaderView,
    QKeySequenceEdit,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core.engine import UserError
from gui.commands.actions import PORTABLE, Commands
from gui.desktop.settings import DEVICES, ON_BATTERY, TEXT_SIZES, THEMES, Settings
from gui.widgets.plain_text import Label
from gui.widgets.properties import having
from gui.widgets.text import SYSTEM, error_text, languages, later, tr


@dataclass(frozen=True)
class SettingRow:
    """One setting: its name in ``Settings``, its words, and what it may be.

    ``choices`` are values with their words; ``limits`` the least and most of a number, the former called ``least``; with
    neither it is yes or no, ``words`` beside the box and ``label`` before it.
    """

    name: str
    label: str
    tip: str = ""
    words: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    limits: tuple[int, int] | None = None
    least: str = ""


LANGUAGES = {SYSTEM: later("System")}
"""The first of the languages; the others are called what their speakers call them."""

ROWS = (
    SettingRow("theme", later("Theme"), choices=THEMES),
    SettingRow("text_size", later("Text size"), choices=TEXT_SIZES),
    SettingRow("language", later("Language"), later("Holds from the next start"), choices=LANGUAGES),
    SettingRow(
        "device",
        later("Network runs on"),
        later("bfloat16 takes about half the time on newer processors; holds from the next window"),
        choices=DEVICES,
    ),
    SettingRow("restores", later("At the start"), words=later("Open what was open last")),
    SettingRow(
        "threads",
        later("Threads for indexing"),
        later("Fewer leave more of the machine to other programs; indexing takes longer"),
        limits=(0, os.cpu_count() or 1),
        least=later("All"),
    ),
    SettingRow("on_battery", later("On battery"), later("While the machine is not plugged in"), choices=ON_BATTERY),
)


class SettingsDialog(QDialog):
    """What is chosen holds at once.  Emits ``changed()``."""

    changed = Signal()

    def __init__(self, settings: Settings, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings, self._commands = settings, commands
        self.setWindowTitle(tr("Settings"))
        self.resize(620, 600)
        self.rows: dict[str, QWidget] = {}
        self.keys: dict[str, QKeySequenceEdit] = {}
        self.refusal = Label(wordWrap=True, objectName="muted")
        form = QFormLayout(verticalSpacing=8)
        for row in ROWS:
            if row.name == "language" and not languages():
                continue  # a choice of one is none
            widget = self._field(row)
            widget.setAccessibleName(tr(row.label))
            widget.setToolTip(tr(row.tip))
            form.addRow(tr(row.label), widget)
            self.rows[row.name] = widget
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(Label(tr("Keys: click one and press the new key; Backspace takes it away.")))
        layout.addWidget(self._key_table(), 1)
        layout.addWidget(self.refusal)

    def _field(self, row: SettingRow) -> QWidget:
        """What a setting is changed with."""
        value = getattr(self._settings, row.name)
        if row.choices:
            choices = {key: tr(words) for key, words in row.choices.items()}
            return self._choice(row.name, choices | ({c: _named(c) for c in languages()} if row.name == "language" else {}))
        if row.limits is not None:
            number = having(QSpinBox(minimum=row.limits[0], maximum=row.limits[1]), specialValueText=tr(row.least))
            number.setMinimumHeight(28)
            number.setValue(value)
            number.valueChanged.connect(lambda chosen: self._keep(row.name, chosen))
            return number
        box = QCheckBox(tr(row.words))
        box.setChecked(value)
        box.toggled.connect(lambda on: self._keep(row.name, on))
        return box

    def _choice(self, name: str, choices: dict[str, str]) -> QComboBox:
        """A field of words, each of which stands for a value of a setting."""
        box = QComboBox()
        for value, words in choices.items():
            box.addItem(words, value)
        box.setCurrentIndex(list(choices).index(str(getattr(self._settings, name))))
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
                self.refusal.setText(error_text(error))
            self.changed.emit()

        return rebind


def _named(code: str) -> str:
    """A language as who speaks it calls it."""
    return QLocale(code).nativeLanguageName() or code
