"""The box in numbers, for who does not use a mouse or wants it exactly."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QWidget

from core.geometry import Box
from gui.canvas.view import PhotoCanvas
from gui.state.session import AppSession
from gui.widgets.plain_text import Label
from gui.widgets.properties import having
from gui.widgets.text import later, tr

FIELDS = (later("Left"), later("Top"), later("Width"), later("Height"))
STEP = 16


class BoxFields(QWidget):
    """The box's corners as numbers; what is typed is searched for at once.

    All fields are in pixels of the photo.  A box appears as soon as width and height are more than nothing.
    """

    def __init__(self, session: AppSession, canvas: PhotoCanvas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._canvas, self._size = session, canvas, (0, 0)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.fields: dict[str, QSpinBox] = {}
        for name in FIELDS:
            field = having(QSpinBox(maximum=0, singleStep=STEP, suffix=" " + tr("px", "pixels")), keyboardTracking=False)
            side = tr(name)
            field.setAccessibleName(tr("{side} of the box", side=side))
            tip = tr("{side} of the box in pixels of the photo; an empty box searches for the whole photo", side=side)
            field.setToolTip(tip)
            row.addWidget(Label(side))
            row.addWidget(field)
            field.valueChanged.connect(self._on_typed)
            self.fields[name] = field
        row.addStretch(1)
        canvas.box_changed.connect(self._show)
        session.query_changed.connect(self.refresh)
        session.photo_opened.connect(self._on_photo)

    @Slot(object)
    def _on_photo(self, rgb: NDArray[np.uint8] | None) -> None:
        self._size = (rgb.shape[1], rgb.shape[0]) if rgb is not None else (0, 0)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the query's box."""
        query = self._session.query
        self.setEnabled(query is not None and min(self._size) > 0)
        self._show(query.box if query is not None else None)

    @Slot(object)
    def _show(self, box: Box | None) -> None:
        width, height = self._size
        values = (box.x0, box.y0, box.width, box.height) if box is not None else (0, 0, 0, 0)
        for field, value, most in zip(self.fields.values(), values, (width, height, width, height), strict=True):
            blocker = QSignalBlocker(field)
            field.setMaximum(most)
            field.setValue(round(value))
            blocker.unblock()

    @Slot()
    def _on_typed(self) -> None:
        left, top, width, height = (field.value() for field in self.fields.values())
        if width > 0 and height > 0:
            full_width, full_height = self._size
            box = Box(left, top, min(left + width, full_width), min(top + height, full_height))
            if box.width > 0 and box.height > 0:
                self._canvas.set_box(box)
                self._session.set_box(box)
        elif self._canvas.box() is not None:
            self._canvas.clear_box()
