"""The wall of thumbnails: sections with headers that stay in sight, at any number of photos."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QStyle, QStyleOptionViewItem, QWidget

from gui.widgets.section_layout import SectionLayout
from gui.widgets.text import local
from gui.widgets.thumbnails import ThumbnailStore
from gui.widgets.tiles import SEVERAL, TileDelegate, TileModel, Tiles

HEADER_PX = 24
"""Least height of a header; larger fonts make it higher."""

NONE = np.zeros(1, dtype=np.int64)
Index = QModelIndex | QPersistentModelIndex
Action = QAbstractItemView.CursorAction
Hint = QAbstractItemView.ScrollHint


class WallView(QAbstractItemView):
    """A scrolling wall of thumbnails under headings.

    Emits ``opened(path)`` when a tile is double-clicked, or Enter pressed on it; with ``at_once`` when it is clicked.
    ``stood_on(path | None)`` is emitted for the current tile, from which keys move.
    """

    opened = Signal(object)
    stood_on = Signal(object)

    def __init__(
        self, store: ThumbnailStore, edge: int, name: str, parent: QWidget | None = None, at_once: bool = False
    ) -> None:
        super().__init__(parent)
        self.tiles = TileModel(store, self)
        self._delegate = TileDelegate(edge, self)
        self._starts: NDArray[np.int64] = NONE
        self._titles: tuple[str, ...] = ("",)
        self.sections = SectionLayout(NONE, 0, (1, 1), 1, 0)
        self.setModel(self.tiles)
        self.setItemDelegate(self._delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.setAccessibleName(name)
        if at_once:
            self.clicked.connect(self._on_chosen)
        self.activated.connect(self._on_chosen)
        self.selectionModel().currentChanged.connect(self._on_current)

    def show_tiles(
        self,
        tiles: Tiles,
        starts: NDArray[np.int64],
        titles: Sequence[str],
        stay: bool = True,
        same_order: bool = False,
    ) -> None:
        """Show other tiles, in sections; what is selected stays so as far as it is there.

        Args:
            stay: the place stays too; else the first tiles are shown.
            same_order: tiles were only added or removed, so that the first one in sight says what place that is.
        """
        chosen, top = self.chosen(), self.verticalScrollBar().value()
        current, seen = self.current_path(), next(iter(self.in_sight()), None) if same_order else None
        into = top - self._top_of(seen)
        self._starts, self._titles = starts, tuple(titles)
        self.tiles.set_tiles(tiles)
        self._lay_out()
        if stay and top and seen is not None and self.tiles.row_of(seen) >= 0:  # other sections may lie above it now
            top = self._top_of(seen) + into
        self.verticalScrollBar().setValue(top if stay else 0)
        self.setAutoScroll(not stay)  # the tile from which keys go on may be out of sight
        self.select_paths(chosen, current)
        self.setAutoScroll(True)

    def set_edge(self, edge: int) -> None:
        """Change the size of the pictures; what is in the middle stays there."""
        room = self.viewport().rect()
        middle = self.sections.tile_at(0, self.verticalOffset() + room.height() // 2)
        self._delegate.edge = edge
        self._lay_out()
        if middle >= 0:
            self.verticalScrollBar().setValue(self.sections.corner(middle)[1] - room.height() // 2)

    def chosen(self) -> list[Path]:
        """The photos that are selected, in the order of showing."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return [self.tiles.tile(row).path for row in rows]

    def in_sight(self) -> list[Path]:
        """The photos whose tiles are seen."""
        top = self.verticalOffset()
        return [self.tiles.tile(row).path for row in self.sections.tiles_between(top, top + self.viewport().height())]

    def bring(self, path: Path) -> bool:
        """Scroll so that a photo is in the first line; False when it is not shown."""
        row = self.tiles.row_of(path)
        if row >= 0:
            self.verticalScrollBar().setValue(self.sections.corner(row)[1] - self.sections.header)
        return row >= 0

    def select_path(self, path: Path) -> None:
        """Mark the tile of a photo, without opening it."""
        self._select(path, QItemSelectionModel.SelectionFlag.ClearAndSelect, current=True)

    def select_paths(self, paths: Collection[Path], current: Path | None = None) -> None:
        """Mark the tiles of some photos, as far as they are there, and let keys go on from one of them."""
        if current is not None and (row := self.tiles.row_of(current)) >= 0:
            self.selectionModel().setCurrentIndex(self.tiles.index(row), QItemSelectionModel.SelectionFlag.NoUpdate)
        for path in paths:
            self._select(path, QItemSelectionModel.SelectionFlag.Select)

    def current_path(self) -> Path | None:
        """The photo from whose tile keys go on."""
        row = self.currentIndex().row()
        return self.tiles.tile(row).path if 0 <= row < self.tiles.rowCount() else None

    def title_of(self, row: int) -> str:
        """What stands over the section of a tile."""
        return self._titles[self.sections.section_of(row)]

    def _top_of(self, path: Path | None) -> int:
        """Where the tile of a photo begins, in pixels from the first; 0: it has none."""
        row = self.tiles.row_of(path) if path is not None else -1
        return self.sections.corner(row)[1] if row >= 0 else 0

    def _select(self, path: Path, how: QItemSelectionModel.SelectionFlag, current: bool = False) -> None:
        row = self.tiles.row_of(path)
        if row >= 0:
            index = self.tiles.index(row)
            if current:
                self.selectionModel().setCurrentIndex(index, how)
                self.scrollTo(index)
            else:
                self.selectionModel().select(index, how)

    @Slot(QModelIndex)
    def _on_chosen(self, index: QModelIndex) -> None:
        if not QApplication.keyboardModifiers() & SEVERAL:
            self.opened.emit(self.tiles.tile(index.row()).path)

    @Slot(QModelIndex)
    def _on_current(self, index: QModelIndex) -> None:
        self.stood_on.emit(self.tiles.tile(index.row()).path if index.isValid() else None)

    # -- geometry ------------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        size, room = self._delegate.size(self.fontMetrics()), self.viewport().size()
        # What is left over at the right goes to all columns alike.
        width = room.width() // max(1, room.width() // size.width()) if room.width() >= size.width() else size.width()
        size.setWidth(width)
        header = self._header() if any(self._titles) else 0
        self.sections = SectionLayout(
            self._starts, self.tiles.rowCount(), (size.width(), size.height()), room.width(), header
        )
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, self.sections.height - room.height()))
        bar.setPageStep(room.height())
        bar.setSingleStep(size.height() // 3)
        self.viewport().update()

    def _header(self) -> int:
        return max(HEADER_PX, self.fontMetrics().height() + 8)

    def changeEvent(self, event: QEvent) -> None:
        """Other fonts need other room."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the tiles out anew; the first one in sight stays so, and the end stays the end."""
        super().resizeEvent(event)
        bar = self.verticalScrollBar()
        at_end = 0 < bar.value() == bar.maximum()
        first = next(iter(self.sections.tiles_between(self.verticalOffset(), self.verticalOffset() + 1)), -1)
        into = self.verticalOffset() - self.sections.corner(first)[1] if first >= 0 else 0
        self._lay_out()
        if at_end:
            bar.setValue(bar.maximum())
        elif first >= 0:
            bar.setValue(self.sections.corner(first)[1] + into)

    def visualRect(self, index: Index) -> QRect:
        """Where a tile lies in the viewport."""
        if not index.isValid() or index.row() >= self.sections.count:
            return QRect()
        x, y = self.sections.corner(index.row())
        return QRect(QPoint(x, y - self.verticalOffset()), QSize(*self.sections.cell))

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The tile at a point of the viewport; none under a header."""
        row = self.sections.tile_at(point.x(), point.y() + self.verticalOffset())
        return self.tiles.index(row) if row >= 0 else QModelIndex()

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a tile into sight."""
        if not index.isValid():
            return
        y, bar, room = self.sections.corner(index.row())[1], self.verticalScrollBar(), self.viewport().height()
        if y - self.sections.header < bar.value():
            bar.setValue(y - self.sections.header)
        elif y + self.sections.cell[1] > bar.value() + room:
            bar.setValue(y + self.sections.cell[1] - room)

    def horizontalOffset(self) -> int:
        """Nothing scrolls sideways."""
        return 0

    def verticalOffset(self) -> int:
        """How far it is scrolled, in pixels."""
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: Index) -> bool:
        """No tile is hidden."""
        return False

    def moveCursor(self, action: Action, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """The tile that a key leads to."""
        if not self.sections.count:
            return QModelIndex()
        here = max(self.currentIndex().row(), 0)
        page = max(1, self.viewport().height() // self.sections.cell[1])
        lines = {Action.MoveUp: -1, Action.MoveDown: 1, Action.MovePageUp: -page, Action.MovePageDown: page}
        if action in lines:
            there = self.sections.stepped(here, lines[action])
        elif action in (Action.MoveHome, Action.MoveEnd):
            there = 0 if action is Action.MoveHome else self.sections.count - 1
        else:
            there = here + (1 if action in (Action.MoveRight, Action.MoveNext) else -1)
        return self.tiles.index(min(max(there, 0), self.sections.count - 1))

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select the tiles from one corner to the other, in their order."""
        rect, offset = rect.normalized(), self.verticalOffset()
        rows = [self.sections.tile_at(x, y + offset) for x, y in ((rect.left(), rect.top()), (rect.right(), rect.bottom()))]
        selection = QItemSelection()
        if min(rows) >= 0:
            selection.select(self.tiles.index(min(rows)), self.tiles.index(max(rows)))
        self.selectionModel().select(selection, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """All of it: repainting what is in sight is cheap."""
        return QRegion(self.viewport().rect())

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Paint anew, as a header stays where it is."""
        self.viewport().update()

    # -- painting ------------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tiles in sight and their headers."""
        painter = QPainter(self.viewport())
        top, room = self.verticalOffset(), self.viewport().rect()
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        usual = option.state
        for row in self.sections.tiles_between(top, top + room.height()):
            index = self.tiles.index(row)
            chosen = self.selectionModel().isSelected(index)
            option.rect = self.visualRect(index)
            option.state = usual | (QStyle.StateFlag.State_Selected if chosen else QStyle.StateFlag.State_None)
            self._delegate.paint(painter, option, index)
        if self.sections.header and self.sections.count:
            self._paint_headers(painter, top, room)

    def _paint_headers(self, painter: QPainter, top: int, room: QRect) -> None:
        first, last = self.sections.section_at(top), self.sections.section_at(top + room.height())
        palette = self.palette()
        for section in range(last, first - 1, -1):
            y = int(self.sections.tops[section]) - top
            if section == first:  # it stays in sight until the next one pushes it out
                y = min(max(y, 0), int(self.sections.tops[section + 1]) - top - self.sections.header)
            strip = QRect(0, y, room.width(), self.sections.header)
            painter.fillRect(strip, palette.color(QPalette.ColorRole.Window))
            painter.setPen(palette.color(QPalette.ColorRole.WindowText))
            words = strip.adjusted(8, 0, -8, 0)
            if self._titles[section]:
                words = self._paint_count(painter, words, section)
            title = painter.fontMetrics().elidedText(self._titles[section], Qt.TextElideMode.ElideLeft, words.width())
            painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), title)

    def _paint_count(self, painter: QPainter, room: QRect, section: int) -> QRect:
        """How many photos a section has, at its right; returns the room that is left over."""
        text, pen = local(self.sections.size(section)), painter.pen()
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), text)
        painter.setPen(pen)
        return room.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(text) - 8, 0)
