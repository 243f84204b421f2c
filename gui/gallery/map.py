"""The map: the collection on a plane, alike beside alike, to fly over and to zoom into."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from core.engine import Arrangement, Engine, Listing, Ticket
from gui.gallery.map_tiles import Shown, level_of, tiles
from gui.state.lanes import Lane
from gui.state.session import AppSession
from gui.widgets.plain_text import tip
from gui.widgets.text import later, local, tr
from gui.widgets.thumbnails import ThumbnailStore, paint_thumbnail
from gui.widgets.zoom import Zoom, key_factor, key_step, wheel_factor

STEP_PX = 80
GAP_PX = 3
DEEPEST_PX = 400_000
CLICK_PX = 4
NARROWEST, BROADEST = 0.4, 8.0
"""Breadth of the plane over its height."""
HINT = later("Photos that are alike lie beside each other here, once the folder is indexed.")
WORKING = later("Arranging the photos by likeness…")


class MapPanel(QWidget):
    """Photos arranged by likeness.  Emits ``photo_chosen(path)``.  Nothing is worked out until it is seen."""

    photo_chosen = Signal(object)

    def __init__(self, session: AppSession, store: ThumbnailStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._store = session, store
        self._listing: Listing = session.photos
        self._arrangement: Arrangement | None = None
        self._words = HINT
        self._lying, self._breadth = Zoom(), 1.0
        self._pressed: QPointF | None = None
        self._moved = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(160, 120)
        self.setAccessibleName(tr("Map of the collection"))
        self.setAccessibleDescription(
            tr("Arrows move, plus and minus zoom, Home shows all, Enter opens the photo in the middle.")
        )
        store.arrived.connect(self.update)
        for signal in (session.photos_changed, session.library_changed, session.indexing_changed):
            signal.connect(self.refresh)
        session.query_changed.connect(self.update)

    # -- what is shown -------------------------------------------------------------------------------------------------

    @Slot()
    def refresh(self) -> None:
        """Arrange the photos of the open library, if it is another one now, and if anybody looks."""
        if self._session.library is None:
            self._show((self._session.photos, None))
        elif self.isVisible():
            self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """Somebody looks: do what was put off."""
        super().showEvent(event)
        if self._session.library is not None:
            self._arrange()

    def _arrange(self) -> None:
        session = self._session
        if not session.indexing and not session.jobs.busy(Lane.MAP):
            if self._arrangement is None:
                self._words = WORKING
                self.update()
            session.jobs.submit(Lane.MAP, lambda ticket: _read(session.engine, ticket), self._show, session.failed.emit)

    def _show(self, found: tuple[Listing, Arrangement | None]) -> None:
        first = self._arrangement is None
        self._listing, self._arrangement = found
        self._words = HINT if self._arrangement is None or not len(self._arrangement[0]) else ""
        if first:
            self.fit()
        self.update()

    def fit(self) -> None:
        """All photos in sight."""
        # The plane takes the panel's shape: its distances mean little, and room is dear.
        self._breadth = min(max(self.width() / max(self.height(), 1), NARROWEST), BROADEST)
        self._lying.fit(QRectF(0, 0, self._breadth, 1), QRectF(0, 0, max(self.width(), 1), max(self.height(), 1)))
        self.update()

    def shown(self) -> Shown | None:
        """The tiles in sight; None while there is no map."""
        if self._words or self._arrangement is None:
            return None
        low, high = (self._lying.point_at(corner) for corner in (QPointF(), QPointF(self.width(), self.height())))
        positions = self._arrangement[1] * np.array([self._breadth, 1], dtype=np.float32)
        return tiles(positions, level_of(self._lying.scale), (low.x(), low.y()), (high.x(), high.y()), self._breadth)

    def path_of(self, index: int) -> Path:
        """The photo with an index in the arrangement."""
        assert self._arrangement is not None
        return self._listing.by_id[int(self._arrangement[0][index])].path

    def rect_of(self, shown: Shown, tile: int) -> QRectF:
        """Where a tile is drawn."""
        x, y = shown.corners[tile].tolist()
        return self._lying.way.mapRect(QRectF(x, y, shown.side, shown.side)).adjusted(GAP_PX, GAP_PX, -GAP_PX, -GAP_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The tiles, or what there is to say."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().window())
        shown = self.shown()
        if shown is None:
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, tr(self._words))
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        query = self._session.query
        for tile in range(len(shown.photos)):
            path = self.path_of(int(shown.photos[tile]))
            self._draw(
                painter, self.rect_of(shown, tile), path, int(shown.counts[tile]), query is not None and query.path == path
            )

    def _draw(self, painter: QPainter, room: QRectF, path: Path, count: int, current: bool) -> None:
        picture = self._store.get(path)
        if picture is None:
            painter.fillRect(room, self.palette().alternateBase())
        else:
            room = QRectF(paint_thumbnail(painter, picture, room.toRect()))
        if current:
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 3))
            painter.drawRect(room)
        if count > 1:
            self._draw_count(painter, room, count)

    def _draw_count(self, painter: QPainter, room: QRectF, count: int) -> None:
        text = local(count)
        badge = painter.fontMetrics().boundingRect(text).adjusted(-4, -1, 4, 1)
        badge.moveBottomRight(room.bottomRight().toPoint())
        painter.fillRect(badge, QColor(0, 0, 0, 170))
        painter.setPen(Qt.GlobalColor.white)
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)

    # -- mouse and keys ------------------------------------------------------------------------------------------------

    def zoom(self, factor: float, at: QPointF) -> None:
        """Zoom about a point of the widget; bounded."""
        self._lying.zoom(factor, at, min(self.width(), self.height()) / 2, DEEPEST_PX)
        self.update()

    def tile_at(self, point: QPointF) -> int:
        """The number of the tile at a point; -1 when there is none."""
        shown = self.shown()
        if shown is None:
            return -1
        return next((tile for tile in range(len(shown.photos)) if self.rect_of(shown, tile).contains(point)), -1)

    def choose(self, point: QPointF) -> None:
        """Open the photo at a point."""
        tile, shown = self.tile_at(point), self.shown()
        if tile >= 0 and shown is not None:
            self.photo_chosen.emit(self.path_of(int(shown.photos[tile])))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the mouse."""
        self.zoom(wheel_factor(event), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the plane."""
        self._pressed, self._moved = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the plane, or tell what is under the mouse."""
        if self._pressed is None:
            self._tell(event)
            return
        step = event.position() - self._pressed
        if self._moved or step.manhattanLength() > CLICK_PX:
            self._moved, self._pressed = True, event.position()
            self._lying.move(step)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens."""
        if self._pressed is not None and not self._moved:
            self.choose(event.position())
        self._pressed = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """All of it without a mouse."""
        middle = QRectF(self.rect()).center()
        if (step := key_step(event.key(), STEP_PX)) is not None:
            self._lying.move(step)
        elif (factor := key_factor(event.key())) is not None:
            self.zoom(factor, middle)
        elif event.key() == Qt.Key.Key_Home:
            self.fit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.choose(middle)
        else:
            super().keyPressEvent(event)
            return
        self.update()

    def _tell(self, event: QMouseEvent) -> None:
        tile, shown = self.tile_at(event.position()), self.shown()
        words = ""
        if tile >= 0 and shown is not None:
            count = int(shown.counts[tile])
            words = self.path_of(int(shown.photos[tile])).name
            if count > 1:
                words += "\n" + tr("%n photos: zoom in", "", count)
        QToolTip.showText(event.globalPosition().toPoint(), tip(words), self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """All photos stay in sight until somebody zooms or moves; then the middle stays where it is."""
        old = event.oldSize()
        if old.isValid() and not self._lying.fitted:
            self._lying.move(QPointF(self.width() - old.width(), self.height() - old.height()) / 2)
        else:
            self.fit()
        super().resizeEvent(event)


def _read(engine: Engine, ticket: Ticket) -> tuple[Listing, Arrangement]:
    """The photos, and the positions of those that are among them still."""
    with ticket.current():
        listing, (ids, positions) = engine.photos(), engine.browse.arranged(ticket)
    known = np.isin(ids, listing.ids)
    return listing, (ids[known], positions[known])
