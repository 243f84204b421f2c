"""The stages of a pipeline as fields, from left to right in the order in which a photo passes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QFormLayout, QGroupBox, QHBoxLayout, QSpinBox, QWidget

from core.engine import CHOICES, RANGES
from gui.widgets.text import later, tr


@dataclass(frozen=True)
class Field:
    """One setting: its key in the configuration, which says what it may be, its label, and how it is typed in."""

    key: str
    label: str
    step: float = 1
    tip: str = ""

    @property
    def choices(self) -> tuple[str, ...]:
        """The names to choose from; none: a number, or a switch."""
        return LAYERS if self.key == "layer" else CHOICES.get(self.key, ())


LAYERS = ("head", "conv5_3", "conv5_2", "conv5_1", "conv4_3", "conv4_2", "conv4_1", "conv5_3+conv5_2",
          "conv5_3+conv5_1", "conv5_3+conv5_2+conv5_1", "conv5_3_linear", "rootsift", "fc7")  # fmt: skip
"""Those that are offered; a backbone may have more."""

STAGES: dict[str, tuple[Field, ...]] = {
    later("Network"): (
        Field("backbone", later("Backbone")),
        Field("layer", later("Layer"), tip=later("joined layers make a hyper-column")),
        Field("pool", later("2×2 pool"), tip=later("a max pool after the layer, as the paper's pool5")),
        Field("longest_side", later("Size"), step=2, tip=later("longest side of a photo in pixels")),
    ),
    later("Mask"): (
        Field("baseline", later("Baseline"), tip=later("a global descriptor instead of mask, embedding and aggregation")),
        Field("mask", later("Mask")),
        Field("sum_percentile", later("SUM percentile"), step=0.5, tip=later("50 is the paper's median")),
        Field("sift_dilation", later("SIFT radius"), tip=later("cells around each keypoint")),
    ),
    later("Local features"): (
        Field("pca_dimension", later("Dimensions d"), tip=later("of a baseline: of its whitened vector")),
        Field("embedding", later("Embedding φ")),
        Field("words", later("Words k")),
        Field("aggregation", later("Aggregation ψ")),
    ),
    later("Vector and code"): (
        Field("truncate", later("Truncate t"), tip=later("leading components dropped after the rotation")),
        Field("power", later("Power law α"), step=0.1),
        Field("hashing", later("Hashing")),
        Field("bits", later("Bits"), step=8),
    ),
}


ANOTHER = ""
"""What stands for a network that the list does not have."""


class PipelineForm(QWidget):
    """The settings of a pipeline as fields.

    Emits ``edited()`` when a person changes a field, ``network_asked()`` when one wants a network that is not listed.
    """

    edited = Signal()
    network_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: dict[str, Any] = {}
        self._backbone = ""
        self.fields: dict[str, QComboBox | QCheckBox | QSpinBox | QDoubleSpinBox] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for title, fields in STAGES.items():
            group = QGroupBox(tr(title), flat=True)
            form = QFormLayout(group)
            form.setContentsMargins(8, 0, 8, 0)
            form.setVerticalSpacing(2)
            for field in fields:
                widget = self._widget(field)
                widget.setAccessibleName(tr(field.label))
                widget.setToolTip(tr(field.tip))
                self.fields[field.key] = widget
                form.addRow(tr(field.label), widget)
            layout.addWidget(group)
        layout.addStretch(1)

    def values(self) -> dict[str, Any]:
        """All settings, those without a field as they were set."""
        return self._values | {key: _value(widget) for key, widget in self.fields.items()}

    def set_values(self, values: dict[str, Any]) -> None:
        """Show settings, without emitting ``edited``."""
        self._values, self._backbone = dict(values), values["backbone"]
        for key, widget in self.fields.items():
            blocked = widget.blockSignals(True)
            _show(widget, values[key])
            widget.blockSignals(blocked)
        self._enable()

    def set_network(self, backbone: str, layer: str) -> None:
        """Take another network, cut at one of its layers, as if a person had typed it."""
        self.set_values(self.values() | {"backbone": backbone, "layer": layer, "pool": False})
        self.edited.emit()

    def _widget(self, field: Field) -> QComboBox | QCheckBox | QSpinBox | QDoubleSpinBox:
        if field.choices:
            box = QComboBox()
            for choice in field.choices:
                box.addItem(choice or tr("none"), choice)
            box.setMinimumContentsLength(10)
            if field.key == "backbone":
                box.addItem(tr("another network…"), ANOTHER)
                box.currentIndexChanged.connect(self._on_backbone)
            else:
                box.currentIndexChanged.connect(self._on_edited)
            return box
        if field.key not in RANGES:
            check = QCheckBox()
            check.toggled.connect(self._on_edited)
            return check
        spin = QDoubleSpinBox(decimals=2) if field.step < 1 else QSpinBox()
        spin.setRange(*RANGES[field.key])  # type: ignore[arg-type]
        spin.setSingleStep(field.step)  # type: ignore[arg-type]
        spin.valueChanged.connect(self._on_edited)
        return spin

    def _enable(self) -> None:
        """Grey what the other choices leave without effect."""
        values = self.values()
        plain = not values["baseline"]
        for key in ("mask", "embedding", "words", "aggregation", "truncate", "power"):
            self.fields[key].setEnabled(plain)
        self.fields["sum_percentile"].setEnabled(plain and values["mask"] == "sum")
        self.fields["sift_dilation"].setEnabled(plain and values["mask"] == "sift")

    @Slot()
    def _on_backbone(self) -> None:
        box = self.fields["backbone"]
        if _value(box) != ANOTHER:
            self._backbone = _value(box)
            self._on_edited()
            return
        blocked = box.blockSignals(True)
        _show(box, self._backbone)  # until another one is chosen
        box.blockSignals(blocked)
        self.network_asked.emit()

    @Slot()
    def _on_edited(self) -> None:
        if _value(self.fields["baseline"]):
            _show(self.fields["mask"], "none")
        self._enable()
        self.edited.emit()


def _value(widget: QComboBox | QCheckBox | QSpinBox | QDoubleSpinBox) -> Any:
    if isinstance(widget, QComboBox):
        return widget.currentData()
    return widget.isChecked() if isinstance(widget, QCheckBox) else widget.value()


def _show(widget: QComboBox | QCheckBox | QSpinBox | QDoubleSpinBox, value: Any) -> None:
    if isinstance(widget, QComboBox):
        if widget.findData(value) < 0:
            widget.addItem(str(value), value)
        widget.setCurrentIndex(widget.findData(value))
    elif isinstance(widget, QCheckBox):
        widget.setChecked(value)
    else:
        widget.setValue(value)
