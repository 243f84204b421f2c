"""What stands beside the photo for those who inspect: layers, heat, the cell under the mouse, histograms."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.inspect.layer_panel import InspectorPanel
from gui.inspect.lens_panel import LensPanel
from gui.widgets.split_panels import Upright


class InspectSide(Upright):
    """The side panel of *Inspect*: layers above, settings below."""

    def __init__(self, inspector: InspectorPanel, lens: LensPanel) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(16)
        column.addWidget(inspector)
        column.addWidget(lens)
        column.addStretch(1)
        super().__init__(inside)
