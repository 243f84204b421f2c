"""The pipeline panel: a preset or every stage by hand, what it costs, and what can be done with it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from core.engine import DEFAULT_LAYOUT, LAYOUTS, UserError, subwindow_count
from core.records import PipelineInfo
from gui.lab.form import PipelineForm
from gui.lab.session import PipelineSession
from gui.widgets.plain_text import Label
from gui.widgets.properties import having
from gui.widgets.text import error_text, later, tr

WINDOWS_TIP = later(
    "Parts of each photo with a code of their own: more of them find smaller things, and take more room and time"
)


class PipelinePanel(QWidget):
    """Chooses a pipeline, and fits, compares or uses it.

    Emits ``fit_asked()``, ``network_asked()``, ``compare_asked(preset)``, ``use_asked(preset, windows)``.
    """

    fit_asked = Signal()
    network_asked = Signal()
    compare_asked = Signal(str)
    use_asked = Signal(str, str)

    def __init__(self, session: PipelineSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.preset = having(QComboBox(), toolTip=tr("A pipeline to start from"))
        self.preset.setAccessibleName(tr("Preset"))
        self.preset.setMinimumContentsLength(16)
        self.windows = having(QComboBox(), toolTip=tr(WINDOWS_TIP))
        self.windows.setAccessibleName(tr("Windows", "parts of a photo"))
        for layout in LAYOUTS:
            parts = subwindow_count(layout)
            words = tr("%n windows", "parts of a photo", parts) if parts else tr("no windows")
            self.windows.addItem(words, layout)
        self.windows.setCurrentIndex(self.windows.findData(DEFAULT_LAYOUT))
        self.form = PipelineForm()
        self._cost = Label(wordWrap=True)
        self._cost.setAccessibleName(tr("What this pipeline costs"))
        self._state = Label(objectName="muted")
        self.use, self.compare, self.fit, self.cancel = self._buttons()
        self._wanted = ""
        self._build()
        self.preset.currentIndexChanged.connect(self._on_preset)
        self.form.edited.connect(self._update)
        self.form.network_asked.connect(self.network_asked)
        self.fit.clicked.connect(self.fit_asked)
        self.compare.clicked.connect(lambda: self.compare_asked.emit(self.preset.currentData().name))
        self.use.clicked.connect(lambda: self.use_asked.emit(self.preset.currentData().name, self.windows.currentData()))
        self.windows.currentIndexChanged.connect(self._update)
        self.cancel.clicked.connect(session.cancel)
        session.presets_changed.connect(self._on_presets_changed)
        session.busy_changed.connect(self._on_busy)
        self._on_busy("")
        self._set_enabled(None)

    def values(self) -> dict[str, Any]:
        """The settings on show."""
        return self.form.values()

    def cost(self) -> str:
        """What the panel says the pipeline leads to, or what is wrong with it."""
        return self._cost.text()

    def choose(self, name: str) -> None:
        """Show a preset."""
        row = self.preset.findText(name)
        if row >= 0:
            self.preset.setCurrentIndex(row)

    def choose_later(self, name: str) -> None:
        """Show a preset as soon as the list of presets, which is being read again, has it."""
        self._wanted = name

    def _buttons(self) -> tuple[QPushButton, QPushButton, QPushButton, QPushButton]:
        return (
            having(
                QPushButton(tr("Use it")), toolTip=tr("Index the open folders with this preset into a library of its own")
            ),
            having(QPushButton(tr("Compare")), toolTip=tr("Rank the current query with this preset too, side by side")),
            having(
                QPushButton(tr("Fit and save…")),
                toolTip=tr("Learn these settings on a folder of other photos, as a preset"),
            ),
            having(QPushButton(tr("Cancel")), toolTip=tr("Stop; nothing is saved")),
        )

    def _build(self) -> None:
        top = QHBoxLayout()
        top.addWidget(Label(tr("Preset")))
        top.addWidget(self.preset)
        top.addWidget(self.windows)
        top.addStretch(1)
        for button in (self.cancel, self.use, self.compare, self.fit):
            top.addWidget(button)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(self.form)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.addLayout(top)
        layout.addWidget(self._cost)
        layout.addWidget(scroll, 1)
        layout.addWidget(self._state)

    @Slot()
    def _on_presets_changed(self) -> None:
        chosen, self._wanted = self._wanted or self.preset.currentText() or "standard", ""
        blocked = self.preset.blockSignals(True)
        self.preset.clear()
        for info in self._session.presets:
            self.preset.addItem(info.name, info)
        self.preset.blockSignals(blocked)
        self.preset.setCurrentIndex(max(self.preset.findText(chosen), 0))
        self._on_preset()

    @Slot()
    def _on_preset(self) -> None:
        info = self.preset.currentData()
        if isinstance(info, PipelineInfo):
            self.form.set_values(info.values)
            self._update()

    @Slot()
    def _update(self) -> None:
        """Say what the settings lead to."""
        chosen = self.preset.currentData()
        try:
            info = self._session.check(self.values())
        except UserError as error:
            self._cost.setText(f"⚠ {error_text(error)}")
            self._set_enabled(None)
            return
        same = isinstance(chosen, PipelineInfo) and chosen.values == info.values
        ready = tr("ready") if same and chosen.fitted else tr("to be fitted on other photos first")
        self._cost.setText(f"{_cost(info, subwindow_count(self.windows.currentData()))} · {ready}")
        self._set_enabled(chosen if same else None)
        self.fit.setEnabled(True)

    def _set_enabled(self, chosen: PipelineInfo | None) -> None:
        usable = chosen is not None and chosen.fitted
        self.use.setEnabled(usable)
        self.compare.setEnabled(usable)
        self.fit.setEnabled(False)

    @Slot(str)
    def _on_busy(self, text: str) -> None:
        self._state.setText(text)
        self._state.setVisible(bool(text))
        self.cancel.setVisible(bool(text))


def _cost(info: PipelineInfo, windows: int) -> str:
    """How large descriptors and codes are."""
    numbers = tr("{numbers:,} numbers = {bytes:,} bytes", numbers=info.dimensions, bytes=info.descriptor_bytes)
    if not windows:
        return f"{numbers} · " + tr("{bits} bits = {bytes} bytes a photo", bits=info.bits, bytes=info.code_bytes)
    code = tr(
        "{bits} bits = {bytes} bytes + {more:,} of windows a photo",
        bits=info.bits,
        bytes=info.code_bytes,
        more=windows * info.code_bytes,
    )
    return f"{numbers} · {code}"
