"""Search and Inspect: the photo, large, with the results or the masks beside it."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.canvas.view import PhotoCanvas
from gui.inspect.box_fields import BoxFields
from gui.inspect.side import InspectSide
from gui.results.panel import ResultsPanel
from gui.results.query_list import QueryList
from gui.results.query_strip import QueryStrip
from gui.why.panel import WhyPanel
from gui.widgets.split_panels import Pages, Rule, Shares
from gui.workspaces.names import INSPECT, SEARCH

COLUMN_PX, MARGIN_PX = 120, 28
"""A column of results, and what is beside all of them."""

COLUMNS = ((0, 2), (1200, 3), (1700, 4), (2400, 6))
"""Number of columns of results, by the least width of the window."""

INSPECT_PX = 344


class PhotoPage(QWidget):
    """The photo large, with the panels of *Search* or *Inspect* beside it.

    Emits ``stage_changed()`` when something replaces the photo.
    """

    stage_changed = Signal()

    def __init__(
        self,
        strip: QueryStrip,
        box: BoxFields,
        queries: QueryList,
        canvas: PhotoCanvas,
        why: WhyPanel,
        sheet: QWidget,
        results: ResultsPanel,
        inspect: InspectSide,
    ) -> None:
        super().__init__()
        self.strip, self.box, self.queries, self.canvas = strip, box, queries, canvas
        self.why, self.sheet, self.results, self.inspect = why, sheet, results, inspect
        self._mode = SEARCH
        self._own: dict[str, QByteArray | None] = {SEARCH: None, INSPECT: None}
        self._on_stage: dict[str, QWidget] = {SEARCH: canvas, INSPECT: canvas}
        self.stage, self._side = Pages(canvas, why, sheet), Pages(results, inspect)
        self.shares = Shares(self._left(), self._side)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.shares)
        box.hide()
        self.shares.use(_search_widths)

    def _left(self) -> QWidget:
        left, row = QWidget(), QHBoxLayout()
        column = QVBoxLayout(left)
        for layout in (column, row):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        row.addWidget(self.queries)
        row.addWidget(self.stage, 1)
        column.addWidget(self.strip)
        column.addWidget(self.box)
        column.addLayout(row, 1)
        return left

    # -- the two arrangements ------------------------------------------------------------------------------------------

    def set_mode(self, mode: str) -> None:
        """``SEARCH`` or ``INSPECT``; what was in the place of the photo there comes again."""
        if mode == self._mode:
            return
        self._own[self._mode] = self.shares.own()
        self._mode = mode
        self._side.setCurrentWidget(self.results if mode == SEARCH else self.inspect)
        self.queries.setVisible(mode == SEARCH)
        self.shares.use(_RULES[mode], self._own[mode])
        self.put(self._on_stage[mode])

    def put(self, widget: QWidget) -> None:
        """Let the canvas, or what explains, have the place of the photo."""
        self._on_stage[self._mode] = widget
        if self.stage.currentWidget() is not widget:
            self.stage.setCurrentWidget(widget)
        self.stage_changed.emit()

    def turn(self, widget: QWidget) -> None:
        """Put something in the place of the photo, or the photo again when it is there."""
        self.put(self.canvas if self.stage.currentWidget() is widget else widget)
        self.focus()

    @Slot()
    def back_to_photo(self) -> None:
        """Show the photo of a new query, in both arrangements."""
        self._on_stage[SEARCH] = self.canvas
        if self._mode == SEARCH:
            self.put(self.canvas)

    def focus(self) -> None:
        """Let keys go to what is in the place of the photo."""
        shown = self._on_stage[self._mode]
        (self.why.view if shown is self.why else shown).setFocus()

    def own(self) -> dict[str, QByteArray | None]:
        """The sizes that the user has chosen in each arrangement."""
        return {**self._own, self._mode: self.shares.own()}

    def restore(self, own: dict[str, QByteArray | None]) -> None:
        """Share the room as before."""
        self._own = dict(own)
        self.shares.use(_RULES[self._mode], self._own[self._mode])


def _search_widths(width: int) -> tuple[int, int]:
    columns = max(count for least, count in COLUMNS if width >= least)
    return 0, columns * COLUMN_PX + MARGIN_PX


def _inspect_widths(width: int) -> tuple[int, int]:
    return 0, INSPECT_PX


_RULES: dict[str, Rule] = {SEARCH: _search_widths, INSPECT: _inspect_widths}
