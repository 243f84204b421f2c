"""Two rankings of one query side by side, with a line from each photo's rank in the one to its rank in the other."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from core.records import Hit, Ranking
from gui.widgets.plain_text import Label, tip
from gui.widgets.properties import having
from gui.widgets.text import later, local, tr
from gui.widgets.thumbnails import ThumbnailStore, paint_thumbnail

HINT = later("Choose a preset under Pipeline and press Compare: both rank what is asked.")
ROW_PX, PICTURE_PX, LABEL_PX = 48, 56, 36
UP, DOWN = QColor("#009E73"), QColor("#D55E00")
"""Better and worse in the second ranking: green and vermilion of Okabe and Ito, for colour-blind people."""


class RankLines(QWidget):
    """Lines between the same photos in two rankings.  Emits ``hit_chosen(path)``."""

    hit_chosen = Signal(object)

    def __init__(self, store: ThumbnailStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._columns: tuple[tuple[Hit, ...], tuple[Hit, ...]] = ((), ())
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Rank changes"))
        self._hovered: Path | None = None
        store.arrived.connect(self._on_arrived)

    def set_rankings(self, first: tuple[Hit, ...], second: tuple[Hit, ...]) -> None:
        """Show two lists of hits."""
        self._columns = first, second
        self.setMinimumHeight(max(len(first), len(second)) * ROW_PX)
        self.updateGeometry()
        self.update()

    def changes(self) -> dict[Path, int]:
        """How many ranks each photo that both show has risen in the second ranking."""
        ranks = {hit.photo.path: hit.rank for hit in self._columns[0]}
        return {hit.photo.path: ranks[hit.photo.path] - hit.rank for hit in self._columns[1] if hit.photo.path in ranks}

    def sizeHint(self) -> QSize:
        """Both columns and room for the lines."""
        return QSize(320, max(map(len, self._columns)) * ROW_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lines first, so that the pictures lie over their ends."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        changes = self.changes()
        rows = {hit.photo.path: row for row, hit in enumerate(self._columns[0])}
        for row, hit in enumerate(self._columns[1]):
            if hit.photo.path in rows:
                self._draw_line(painter, rows[hit.photo.path], row, changes[hit.photo.path], hit.photo.path)
        for side, hits in enumerate(self._columns):
            for row, hit in enumerate(hits):
                if event.rect().intersects(self._cell(side, row).toRect()):
                    self._draw_hit(painter, side, row, hit, hit.photo.path in changes)

    def _draw_line(self, painter: QPainter, row: int, other: int, change: int, path: Path) -> None:
        colour = UP if change > 0 else DOWN if change < 0 else self.palette().color(QPalette.ColorRole.Mid)
        start = QPointF(self._picture(0, row).right() + 4, (row + 0.5) * ROW_PX)
        end = QPointF(self._picture(1, other).left() - 4, (other + 0.5) * ROW_PX)
        middle = (start.x() + end.x()) / 2
        curve = QPainterPath(start)
        curve.cubicTo(QPointF(middle, start.y()), QPointF(middle, end.y()), end)
        painter.setPen(QPen(colour, 3.0 if path == self._hovered else 1.5))
        painter.drawPath(curve)

    def _draw_hit(self, painter: QPainter, side: int, row: int, hit: Hit, shared: bool) -> None:
        room = self._picture(side, row)
        pixmap = self._store.get(hit.photo.path)
        if isinstance(pixmap, QPixmap):
            paint_thumbnail(painter, pixmap, room.toRect())
        else:
            painter.fillRect(room, self.palette().color(QPalette.ColorRole.AlternateBase))
        if hit.photo.path == self._hovered:
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 2))
            painter.drawRect(room)
        painter.setPen(self.palette().color(QPalette.ColorRole.Text if shared else QPalette.ColorRole.PlaceholderText))
        cell = self._cell(side, row)
        label = QRectF(cell.left() if side == 0 else cell.right() - LABEL_PX, cell.top(), LABEL_PX, ROW_PX)
        painter.drawText(label, Qt.AlignmentFlag.AlignCenter, f"{hit.rank}\n{local(hit.score, '.2f')}")

    def _cell(self, side: int, row: int) -> QRectF:
        width = PICTURE_PX + LABEL_PX
        return QRectF(0 if side == 0 else self.width() - width, row * ROW_PX, width, ROW_PX)

    def _picture(self, side: int, row: int) -> QRectF:
        cell = self._cell(side, row)
        return QRectF(cell.left() + (LABEL_PX if side == 0 else 0), cell.top() + 3, PICTURE_PX, ROW_PX - 6)

    def _hit_at(self, position: QPointF) -> Hit | None:
        row = int(position.y() // ROW_PX)
        for side, hits in enumerate(self._columns):
            if 0 <= row < len(hits) and self._cell(side, row).contains(position):
                return hits[row]
        return None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up the photo under the mouse in both rankings."""
        hit = self._hit_at(event.position())
        self._hovered = hit.photo.path if hit else None
        self.setToolTip(tip(str(self._hovered)) if self._hovered else "")
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the photo under the mouse."""
        if hit := self._hit_at(event.position()):
            self.hit_chosen.emit(hit.photo.path)

    @Slot(object)
    def _on_arrived(self, path: Path) -> None:
        if any(hit.photo.path == path for hits in self._columns for hit in hits):
            self.update()


class ComparisonPanel(QWidget):
    """Two rankings of one query side by side.  Emits ``hit_chosen(path)`` and ``closed()``."""

    hit_chosen = Signal(object)
    closed = Signal()

    def __init__(self, store: ThumbnailStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = Label(tr(HINT), wordWrap=True)
        self._words = Label(objectName="muted", wordWrap=True)
        self.lines = RankLines(store)
        self._compared: tuple[Ranking, Ranking] | None = None
        stop = having(QToolButton(), text="✕", toolTip=tr("Stop comparing"))
        stop.setAccessibleName(tr("Stop comparing"))
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(self.lines)
        top = QHBoxLayout()
        top.addWidget(self._names, 1)
        top.addWidget(stop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.addLayout(top)
        layout.addWidget(self._words)
        layout.addWidget(scroll, 1)
        stop.clicked.connect(self.closed)
        self.lines.hit_chosen.connect(self.hit_chosen)

    def set_comparison(self, pair: tuple[Ranking, Ranking] | None) -> None:
        """Show two rankings of one query."""
        self._compared = pair
        if pair is None:
            self.lines.set_rankings((), ())
            self._names.setText(tr(HINT))
            self._words.setText("")
            return
        first, second = pair
        self.lines.set_rankings(first.hits, second.hits)
        names = {"left": first.preset, "right": second.preset}
        self._names.setText(tr("{left} (left) and {right} (right)", **names))
        self._words.setText(summary(first, second, self.lines.changes()))

    def show_busy(self, words: str) -> None:
        """Say how far a comparison that is being made is; empty: none is."""
        if self._compared is None:
            self._names.setText(tr("Comparing: {progress}", progress=words) if words else tr(HINT))

    def words(self) -> str:
        """The summary above the lists."""
        return self._words.text()


def summary(first: Ranking, second: Ranking, changes: dict[Path, int]) -> str:
    """How far two rankings agree, in a sentence."""
    shown = max(len(first.hits), len(second.hits))
    if not shown:
        return tr("There is no other photo in this library.")
    up, down = sum(change > 0 for change in changes.values()), sum(change < 0 for change in changes.values())
    return tr(
        "{both} of the first {shown} in both; {up} rise, {down} fall, {stay} stay.",
        both=len(changes), shown=shown, up=up, down=down, stay=len(changes) - up - down,
    )  # fmt: skip
