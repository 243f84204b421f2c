"""The inspector: switches for the layers, their opacity, what the masks keep, and the covariance histograms."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QSlider, QVBoxLayout, QWidget

from core.records import LAYER_COLOURS, Inspection
from gui.canvas.overlays import DEFAULT_OPACITY
from gui.inspect.histogram import HistogramPanel
from gui.inspect.summary import keypoints_line, mask_line, sentence
from gui.widgets.plain_text import Label
from gui.widgets.properties import having
from gui.widgets.text import later, tr
from gui.widgets.theme import colours

LAYERS = {
    "keypoints": (later("SIFT keypoints"), "K"), "sift": (later("SIFT mask"), "1"),
    "sum": (later("SUM mask"), "2"), "max": (later("MAX mask"), "3"),
}  # fmt: skip
HINT = later("Open a photo to see which of its cells each mask keeps.")
BUSY = later("Looking at the photo's features…")
THROTTLE_MS = 50
STRENGTH_WIDTH = 56
SPOKEN_FIRST = "max"
"""The layer of the sentence until one is switched on: the mask that searches use."""


class InspectorPanel(QWidget):
    """The list of layers over the photo: keypoints and masks, with their strengths.

    Emits ``layer_toggled(name, visible)``, ``strength_changed(name, 0..1)`` and ``opacity_changed(0..1)``, the last at most
    every ``THROTTLE_MS``.
    """

    layer_toggled = Signal(str, bool)
    strength_changed = Signal(str, float)
    opacity_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inspection: Inspection | None = None
        self._busy = False
        self._spoken: list[str] = []  # the visible layers, the newest last
        self._switches: dict[str, QCheckBox] = {}
        self._keys: dict[str, Label] = {}
        self.strengths: dict[str, QSlider] = {}
        self._words = Label(wordWrap=True, alignment=Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._opacity = having(
            QSlider(Qt.Orientation.Horizontal), minimum=0, maximum=100, value=round(DEFAULT_OPACITY * 100)
        )
        self._sent = self._opacity.value()
        self._throttle = QTimer(self, singleShot=True, interval=THROTTLE_MS)
        self.histogram = HistogramPanel(self)
        self._lay_out()
        self._opacity.valueChanged.connect(self._on_opacity)
        self._throttle.timeout.connect(self._send_opacity)
        self.set_theme(False)
        self._refresh()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._switch_rows())
        column.addLayout(self._opacity_row())
        column.addWidget(self._words)
        column.addWidget(self.histogram)

    def _switch_rows(self) -> QGridLayout:
        rows = QGridLayout()
        rows.setVerticalSpacing(2)
        for row, (name, (source, key)) in enumerate(LAYERS.items()):
            text = tr(source)
            tip = tr("Show or hide: {layer} ({key})", layer=text, key=key)
            switch = having(QCheckBox(text), icon=_swatch(name), toolTip=tip)
            switch.setIconSize(QSize(16, 16))
            switch.toggled.connect(partial(self._on_toggled, name))
            cap = Label(key, alignment=Qt.AlignmentFlag.AlignCenter, toolTip=tr("Key: {key}", key=key))
            cap.setFixedWidth(20)
            strength = having(QSlider(Qt.Orientation.Horizontal), minimum=0, maximum=100, value=100)
            strength.setFixedWidth(STRENGTH_WIDTH)
            strength.setAccessibleName(tr("Opacity of {layer}", layer=text))
            strength.setToolTip(strength.accessibleName())
            strength.valueChanged.connect(partial(self._on_strength, name))
            self._switches[name], self._keys[name], self.strengths[name] = switch, cap, strength
            rows.addWidget(switch, row, 0)
            rows.addWidget(strength, row, 1)
            rows.addWidget(cap, row, 2)
        rows.setColumnStretch(0, 1)
        return rows

    def _opacity_row(self) -> QHBoxLayout:
        label = Label(tr("Darken removed cells"))
        label.setBuddy(self._opacity)
        self._opacity.setAccessibleName(tr("Darkness of removed cells"))
        self._opacity.setToolTip(tr("How dark the cells are that a mask removes"))
        row = QHBoxLayout()
        row.addWidget(label)
        row.addWidget(self._opacity, 1)
        return row

    def _on_strength(self, name: str, value: int) -> None:
        self.strength_changed.emit(name, value / 100)

    def set_inspection(self, inspection: Inspection | None) -> None:
        """Show the figures of a photo or box; None shows a hint."""
        self._inspection = inspection
        self.histogram.set_inspection(inspection)
        self._refresh()

    def set_layer(self, name: str, visible: bool) -> None:
        """Set a switch without a signal."""
        switch = self._switches[name]
        blocked = switch.blockSignals(True)
        switch.setChecked(visible)
        switch.blockSignals(blocked)
        self._note(name, visible)

    def set_busy(self, busy: bool) -> None:
        """Say that figures are on their way; the old ones stay until then."""
        self._busy = busy
        self._refresh()

    def words(self) -> str:
        """The sentence shown."""
        return self._words.text()

    def set_theme(self, dark: bool) -> None:
        """Redraw in the colours of a theme."""
        palette = colours(dark)
        self.histogram.set_theme(dark)
        self._words.setStyleSheet(f"color: {palette.text}")
        for switch in self._switches.values():
            # On a dark panel an empty check box of the surface's colour cannot be seen.
            shown = switch.palette()
            shown.setColor(QPalette.ColorRole.Base, QColor(palette.border if dark else palette.surface))
            switch.setPalette(shown)
        for cap in self._keys.values():
            cap.setStyleSheet(f"color: {palette.muted}; border: 1px solid {palette.border}; border-radius: 3px")

    def _on_toggled(self, name: str, visible: bool) -> None:
        self._note(name, visible)
        self.layer_toggled.emit(name, visible)

    def _note(self, name: str, visible: bool) -> None:
        """Remember which layer was switched on last: the sentence is about it."""
        if visible != (name in self._spoken):
            self._spoken = [n for n in self._spoken if n != name] + ([name] if visible else [])
        self._refresh()

    def _refresh(self) -> None:
        for name, switch in self._switches.items():
            layer = tr(LAYERS[name][0])
            switch.setText(_switch_text(name, self._inspection))
            switch.setAccessibleName(f"{layer}: {switch.text()}" if self._inspection else layer)
        about = self._spoken[-1] if self._spoken else SPOKEN_FIRST
        idle = sentence(self._inspection, about) if self._inspection else tr(HINT)
        self._words.setText(tr(BUSY) if self._busy else idle)
        self._words.setAccessibleName(self._words.text())

    @Slot(int)
    def _on_opacity(self, _value: int) -> None:
        """Send the first change at once, the last one when the throttle allows; what lies between is dropped."""
        if not self._throttle.isActive():
            self._send_opacity()

    @Slot()
    def _send_opacity(self) -> None:
        if self._sent != self._opacity.value():
            self._sent = self._opacity.value()
            self._throttle.start()
            self.opacity_changed.emit(self._sent / 100)


def _switch_text(name: str, inspection: Inspection | None) -> str:
    if inspection is None:
        return tr(LAYERS[name][0])
    if name == "keypoints":
        return keypoints_line(len(inspection.keypoints))
    return mask_line(inspection.masks[name])


def _swatch(name: str) -> QIcon:
    """A small picture of how the layer looks on the photo: an outlined cell, or a keypoint."""
    pixmap = QPixmap(48, 48)
    pixmap.fill(Qt.GlobalColor.transparent)
    colour, fill = QColor(LAYER_COLOURS[name]), QColor(LAYER_COLOURS[name])
    fill.setAlpha(120)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    # The dark rim keeps yellow and light blue visible on a white panel.
    for pen in (QPen(QColor(40, 42, 46), 9), QPen(colour, 6)):
        painter.setPen(pen)
        if name == "keypoints":
            painter.drawEllipse(QPointF(24, 24), 17, 17)
            painter.drawLine(QPointF(24, 24), QPointF(36, 12))
        else:
            painter.setBrush(fill)
            painter.drawRect(QRectF(8, 8, 32, 32))
    painter.end()
    return QIcon(pixmap)
