"""The lens panel: heat and sets over the photo, the cell under the mouse, thresholds, and what to export."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QPushButton,
    QSlider,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.records import LensSettings
from gui.inspect.colour_bar import ColourBar
from gui.inspect.layers import HEATS, SETS, LensState
from gui.widgets.plain_text import Label
from gui.widgets.properties import having
from gui.widgets.qimage import PALETTES
from gui.widgets.text import later, tr

MODES = {
    "box": (later("Box"), later("The mouse draws and moves the box")),
    "pin": (later("Pin"), later("A click pins a cell and shows its likeness to all others (P)")),
    "paint": (
        later("Paint"),
        later("The mouse paints the cells to search with; begin on a kept cell to take cells out (E)"),
    ),
}
SETTLE_MS = 60

LENS_KEYS = ("sums", "winners", "channel", "similar", "grid", "pin", "paint")
"""Commands of the lens (``gui.commands.table``)."""


class LensPanel(QWidget):
    """Settings of what is laid over the photo: heat, cells, thresholds and painting.

    Emits ``state_edited()``, ``settings_edited()``, ``mode_chosen(str)``, ``reset_painting()``, ``compare_asked(bool)``
    (True: with the chosen result), ``export_asked()`` and ``figure_asked()``.
    """

    state_edited = Signal()
    settings_edited = Signal()
    mode_chosen = Signal(str)
    reset_painting = Signal()
    compare_asked = Signal(bool)
    export_asked = Signal()
    figure_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self.settings_edited)
        self.probe = Label(tr("Move the mouse over the photo."), wordWrap=True, alignment=Qt.AlignmentFlag.AlignTop)
        self.probe.setAccessibleName(tr("Cell under the mouse"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        for group in (self._layers(), self._cells(), self._thresholds(), self._actions()):
            layout.addWidget(group)

    # -- building ------------------------------------------------------------------------------------------------------

    def _layers(self) -> QGroupBox:
        self.heat, self.sets = QComboBox(), QComboBox()
        for key, text in HEATS.items():
            self.heat.addItem(tr(text), key)
        for key, (text, _) in SETS.items():
            self.sets.addItem(tr(text), key)
        for box in (self.heat, self.sets):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(13)
        self.opacity = having(QSlider(Qt.Orientation.Horizontal), minimum=0, maximum=100, value=60)
        self.palette_box, self.bar = QComboBox(), ColourBar()
        for key, text in PALETTES.items():
            self.palette_box.addItem(tr(text), key)
        self.palette_box.currentIndexChanged.connect(self.state_edited)
        self.channel = QSpinBox(maximum=511)
        self.grid = QCheckBox(tr("Borders of cells (B)"))
        self.heat.currentIndexChanged.connect(self.state_edited)
        self.sets.currentIndexChanged.connect(self.state_edited)
        self.opacity.valueChanged.connect(self.state_edited)
        self.channel.valueChanged.connect(self._on_channel)
        self.grid.toggled.connect(self.state_edited)
        rows: dict[str, QWidget] = {
            tr("Heat (4-7)"): self.heat,
            tr("Opacity"): self.opacity,
            tr("Palette"): self.palette_box,
            " ": self.bar,
            tr("Channel"): self.channel,
            tr("Cells"): self.sets,
            "": self.grid,
        }
        return _group(tr("Over the photo"), rows)

    def _cells(self) -> QGroupBox:
        group = QGroupBox(tr("Cell"), flat=True)
        layout = QVBoxLayout(group)
        layout.setContentsMargins(8, 0, 8, 0)
        modes = QHBoxLayout()
        self.modes = QButtonGroup(self)
        for key, (text, tip) in MODES.items():
            button = having(QToolButton(), text=tr(text), checkable=True, checked=key == "box", toolTip=tr(tip))
            button.setProperty("mode", key)
            self.modes.addButton(button)
            modes.addWidget(button)
        self.modes.buttonClicked.connect(lambda button: self.mode_chosen.emit(button.property("mode")))
        layout.addLayout(modes)
        layout.addWidget(self.probe, 1)
        return group

    def _thresholds(self) -> QGroupBox:
        self.percentile = QDoubleSpinBox(maximum=100, singleStep=5, decimals=1)
        self.contrast = QDoubleSpinBox(maximum=50, singleStep=0.5, decimals=1)
        self.dilation = QSpinBox(maximum=8)
        self.dead = having(
            QCheckBox(tr("no dead channels")),
            toolTip=tr("Channels that are zero everywhere would choose the top left cell"),
        )
        self.longest_side = having(QSpinBox(minimum=0, maximum=4096, singleStep=64), specialValueText=tr("as indexed"))
        paper = tr("Median, contrast 4, radius 1, every channel, the library's size")
        reset = having(QPushButton(tr("The paper's values")), toolTip=paper)
        self.show_settings(LensSettings())
        for spin in (self.percentile, self.contrast, self.dilation, self.longest_side):
            spin.valueChanged.connect(self._settle.start)
        self.dead.toggled.connect(self._settle.start)
        reset.clicked.connect(self._on_reset)
        rows: dict[str, QWidget] = {
            tr("SUM percentile"): self.percentile, tr("SIFT contrast"): self.contrast, tr("SIFT radius"): self.dilation,
            "MAX": self.dead, tr("Longest side"): self.longest_side, "": reset,
        }  # fmt: skip
        return _group(tr("Thresholds"), rows)

    def _actions(self) -> QGroupBox:
        group = QGroupBox(tr("Figures"), flat=True)
        layout = QVBoxLayout(group)
        layout.setContentsMargins(8, 0, 8, 0)
        for text, tip, signal, argument in (
            (tr("Figure 2"), tr("Keypoints, masks and histograms, linked (H)"), self.compare_asked, (False,)),
            (
                tr("Figure 2 with a result"),
                tr("The query and the chosen result, mask by mask"),
                self.compare_asked,
                (True,),
            ),
            (tr("Export figure 2…"), tr("As PNG, SVG or PDF"), self.figure_asked, ()),
            (tr("Export all…"), tr("Figure 2 in each format, masks as PNG and NPY, numbers as CSV"), self.export_asked, ()),
            (tr("Undo painting"), tr("Search with the mask's own cells again"), self.reset_painting, ()),
        ):
            button = having(QPushButton(text), toolTip=tip)
            button.clicked.connect(lambda _=False, s=signal, a=argument: s.emit(*a))
            layout.addWidget(button)
        layout.addStretch(1)
        return group

    # -- state ---------------------------------------------------------------------------------------------------------

    def state(self, before: LensState) -> LensState:
        """``before`` with what the panel's fields say."""
        return replace(
            before,
            heat=self.heat.currentData(),
            opacity=self.opacity.value() / 100,
            palette=self.palette_box.currentData(),
            channel=self.channel.value(),
            grid=self.grid.isChecked(),
            sets=self.sets.currentData(),
        )

    def settings(self) -> LensSettings:
        """The thresholds on show."""
        return LensSettings(
            self.percentile.value(),
            self.contrast.value(),
            self.dilation.value(),
            self.dead.isChecked(),
            max(self.longest_side.value(), 32) if self.longest_side.value() else None,
        )

    def show_settings(self, settings: LensSettings) -> None:
        """Show thresholds without a signal."""
        self.blockSignals(True)
        self.percentile.setValue(settings.sum_percentile)
        self.contrast.setValue(settings.sift_contrast)
        self.dilation.setValue(settings.sift_dilation)
        self.dead.setChecked(settings.ignore_dead_channels)
        self.longest_side.setValue(settings.longest_side or 0)
        self.blockSignals(False)

    def choose_heat(self, heat: str) -> None:
        """Switch to a heat layer, or off when it is on."""
        self.heat.setCurrentIndex(self.heat.findData("" if self.heat.currentData() == heat else heat))

    def show_heat(self, heat: str) -> None:
        """Switch to a heat layer."""
        self.heat.setCurrentIndex(self.heat.findData(heat))

    def set_mode(self, mode: str) -> None:
        """Show which mode the mouse is in."""
        for button in self.modes.buttons():
            button.setChecked(button.property("mode") == mode)

    @Slot()
    def _on_channel(self) -> None:
        self.show_heat("channel")
        self.state_edited.emit()

    @Slot()
    def _on_reset(self) -> None:
        self.show_settings(LensSettings())
        self.settings_edited.emit()


def _group(title: str, rows: dict[str, QWidget]) -> QGroupBox:
    group = QGroupBox(title, flat=True)
    form = QFormLayout(group)
    form.setContentsMargins(8, 0, 8, 0)
    form.setVerticalSpacing(2)
    for label, widget in rows.items():
        if label.strip():
            widget.setAccessibleName(label)
        form.addRow(label.strip(), widget)
    return group
