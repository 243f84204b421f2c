"""The thumbnails that gallery and results share: what they show, and how one is painted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QSize,
    Qt,
    Slot,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPalette, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui.widgets.plain_text import tip
from gui.widgets.text import tr
from gui.widgets.theme import FOUND_COLOUR
from gui.widgets.thumbnails import ThumbnailStore, paint_thumbnail

Index = QModelIndex | QPersistentModelIndex
CAPTION_PX = 20
GAP_PX = 8
SEVERAL = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
"""Held while tiles are gathered, and not looked at."""

ASPECT = 0.8
"""Height of the picture's place over its width, between landscape and square."""


@dataclass(frozen=True)
class Tile:
    """One thumbnail: its photo, the words under it, and the words when the mouse rests on it.

    ``outline`` are corners of what is found on the photo, in parts of its sides; drawn firmly when it is ``sure``.
    ``doubtful`` tiles are paler, with a line before the first of them.
    """

    path: Path
    caption: str
    tooltip: str
    faded: bool = False
    outline: tuple[tuple[float, float], ...] = ()
    sure: bool = False
    doubtful: bool = False


class Tiles(Protocol):
    """Tiles that are made when they are asked for."""

    def __len__(self) -> int: ...

    def __getitem__(self, row: int) -> Tile: ...

    def row_of(self, path: Path) -> int:
        """The row that shows a photo; -1 when none does."""
        ...


class TileList:
    """Tiles that are there already."""

    def __init__(self, tiles: Sequence[Tile]) -> None:
        self._tiles = tiles
        self._rows = {tile.path: row for row, tile in enumerate(tiles)}

    def __len__(self) -> int:
        return len(self._tiles)

    def __getitem__(self, row: int) -> Tile:
        return self._tiles[row]

    def row_of(self, path: Path) -> int:
        """The row that shows a photo; -1 when none does."""
        return self._rows.get(path, -1)


class TileModel(QAbstractListModel):
    """``data`` never waits: a picture that is not there yet arrives later."""

    def __init__(self, store: ThumbnailStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._tiles: Tiles = TileList(())
        store.arrived.connect(self._on_arrived)

    def set_tiles(self, tiles: Tiles) -> None:
        """Show other tiles."""
        self.beginResetModel()
        self._tiles = tiles
        self.endResetModel()

    def tile(self, row: int) -> Tile:
        """The tile of a row."""
        return self._tiles[row]

    def row_of(self, path: Path) -> int:
        """The row that shows a photo; -1 when none does."""
        return self._tiles.row_of(path)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Number of tiles."""
        return 0 if parent.isValid() else len(self._tiles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Caption, tooltip, accessible text, or picture of a tile."""
        if not index.isValid():
            return None
        tile = self._tiles[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return tile.caption
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(tile.tooltip)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return tile.tooltip
        if role == Qt.ItemDataRole.DecorationRole:
            return self._store.get(tile.path)
        return tile if role == Qt.ItemDataRole.UserRole else None

    def begins_doubt(self, row: int) -> bool:
        """Whether the tile of a row is the first doubtful one after others."""
        return row > 0 and not self._tiles[row - 1].doubtful

    def broken(self, row: int) -> bool:
        """Whether the photo of a row cannot be read."""
        return self._store.failed(self._tiles[row].path)

    @Slot(object)
    def _on_arrived(self, path: Path) -> None:
        row = self._tiles.row_of(path)
        if row >= 0:
            index = self.index(row)
            self.dataChanged.emit(index, index, [Qt.ItemDataRole.DecorationRole])


class TileDelegate(QStyledItemDelegate):
    """Paints a tile: the picture as large as fits, its caption below, a plain square while there is none."""

    def __init__(self, edge: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.edge = edge

    def size(self, font: QFontMetrics) -> QSize:
        """Of one tile with its gap."""
        return QSize(self.edge + GAP_PX, int(self.edge * ASPECT) + _caption_px(font) + GAP_PX)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The same for every tile."""
        return self.size(option.fontMetrics)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one tile."""
        palette: QPalette = option.palette
        rect: QRect = option.rect.adjusted(GAP_PX // 2, GAP_PX // 2, -GAP_PX // 2, -GAP_PX // 2)
        caption_px = _caption_px(painter.fontMetrics())
        picture_rect = rect.adjusted(0, 0, 0, -caption_px)
        tile: Tile = index.data(Qt.ItemDataRole.UserRole)
        pixmap = index.data(Qt.ItemDataRole.DecorationRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if isinstance(pixmap, QPixmap):
            painter.setOpacity(0.4 if tile.faded else 0.65 if tile.doubtful else 1.0)
            target = paint_thumbnail(painter, pixmap, picture_rect, at_bottom=True)  # near its caption
            painter.setOpacity(1.0)
            _draw_outline(painter, target, tile)
        else:
            painter.fillRect(picture_rect, palette.color(QPalette.ColorRole.Base))
            if index.model().broken(index.row()):  # type: ignore[attr-defined]
                painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
                painter.drawText(picture_rect, Qt.AlignmentFlag.AlignCenter, tr("unreadable"))
        if tile.doubtful and index.model().begins_doubt(index.row()):  # type: ignore[attr-defined]
            painter.setPen(QPen(palette.color(QPalette.ColorRole.PlaceholderText), 2, Qt.PenStyle.DashLine))
            painter.drawLine(rect.topLeft() - QPoint(GAP_PX // 2, 0), rect.bottomLeft() - QPoint(GAP_PX // 2, 0))
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.setPen(palette.color(QPalette.ColorRole.Highlight))
            painter.drawRect(rect.adjusted(-2, -2, 1, 1))
            painter.drawRect(rect.adjusted(-1, -1, 0, 0))
        painter.setPen(
            palette.color(QPalette.ColorRole.PlaceholderText if tile.faded or tile.doubtful else QPalette.ColorRole.Text)
        )
        words = rect.adjusted(0, rect.height() - caption_px, 0, 0)
        caption = painter.fontMetrics().elidedText(tile.caption, Qt.TextElideMode.ElideMiddle, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, caption)
        painter.restore()


def _caption_px(font: QFontMetrics) -> int:
    return max(CAPTION_PX, font.height() + 4)


def _draw_outline(painter: QPainter, target: QRect, tile: Tile) -> None:
    """The outline on a picture that fills ``target``, on a dark casing so that it shows on any photo."""
    if not tile.outline:
        return
    shape = QPolygonF([QPointF(target.x() + x * target.width(), target.y() + y * target.height()) for x, y in tile.outline])
    painter.save()
    painter.setClipRect(target)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    found = QColor(FOUND_COLOUR)
    found.setAlphaF(1.0 if tile.sure else 0.65)
    for colour, width in ((QColor(0, 0, 0, 130), 3.5), (found, 2.0 if tile.sure else 1.2)):
        style = Qt.PenStyle.SolidLine if tile.sure else Qt.PenStyle.DashLine
        painter.setPen(QPen(colour, width, style))
        painter.drawPolygon(shape)
    painter.restore()
