"""The inspector: switches for the layers, their opacity, what the masks keep, and the covariance histograms."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from core.records import Inspection
from gui.panels.histogram import HistogramPanel
from gui.panels.summary import mask_line, sentence
from gui.theme import LAYER_COLOURS

LAYERS = {
    "keypoints": ("SIFT keypoints", "K"),
    "sift": ("SIFT mask", "1"),
    "sum": ("SUM mask", "2"),
    "max": ("MAX mask", "3"),
}
HINT = "Open a photo to see which of its cells each mask keeps."


class InspectorPanel(QWidget):
    """Lives on the window's thread.  Emits ``layer_toggled(name, visible)`` and ``opacity_changed(0..1)``."""

    layer_toggled = Signal(str, bool)
    opacity_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._switches: dict[str, QCheckBox] = {}
        column = QVBoxLayout()
        for name, (text, key) in LAYERS.items():
            switch = QCheckBox(text, icon=_swatch(name), toolTip=f"Show or hide over the photo ({key})")
            switch.toggled.connect(partial(self.layer_toggled.emit, name))
            self._switches[name] = switch
            column.addWidget(switch)
        self._opacity = QSlider(Qt.Orientation.Horizontal, minimum=0, maximum=100, value=60)
        self._opacity.setAccessibleName("Darkness of removed cells")
        self._opacity.setToolTip("How dark the cells are that a mask removes")
        self._opacity.valueChanged.connect(self._on_opacity)
        self._words = QLabel(HINT, wordWrap=True, objectName="muted")
        column.addWidget(QLabel("Darkness of removed cells", objectName="muted"))
        column.addWidget(self._opacity)
        column.addWidget(self._words, 1, Qt.AlignmentFlag.AlignTop)
        left = QWidget()
        left.setLayout(column)
        left.setFixedWidth(280)
        self.histogram = HistogramPanel(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 0, 8, 8)
        layout.addWidget(left)
        layout.addWidget(self.histogram, 1)

    def set_inspection(self, inspection: Inspection | None) -> None:
        """Show the figures of a photo or box; None shows a hint."""
        for name, switch in self._switches.items():
            switch.setText(_switch_text(name, inspection))
        words = sentence(inspection, "max") if inspection else HINT
        self._words.setText(words)
        self._words.setAccessibleName(words)
        self.histogram.set_inspection(inspection)

    def set_layer(self, name: str, visible: bool) -> None:
        """Set a switch without a signal."""
        switch = self._switches[name]
        blocked = switch.blockSignals(True)
        switch.setChecked(visible)
        switch.blockSignals(blocked)

    def words(self) -> str:
        """The sentence shown."""
        return self._words.text()

    def set_theme(self, dark: bool) -> None:
        """Redraw in the colours of a theme."""
        self.histogram.set_theme(dark)

    @Slot(int)
    def _on_opacity(self, value: int) -> None:
        self.opacity_changed.emit(value / 100)


def _switch_text(name: str, inspection: Inspection | None) -> str:
    if inspection is None:
        return LAYERS[name][0]
    if name == "keypoints":
        return f"{len(inspection.keypoints)} SIFT keypoints"
    return mask_line(inspection.masks[name])


def _swatch(name: str) -> QIcon:
    pixmap = QPixmap(12, 12)
    pixmap.fill(QColor(LAYER_COLOURS[name]))
    return QIcon(pixmap)
