"""The arithmetic of two linked views: whoever zooms or moves one photo brings the same part of the other near."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPolygonF, QTransform

MOST = 40.0
"""Times as large as the whole photo in its pane."""

Corners = Sequence[tuple[float, float]]


class Pane:
    """A photo of ``size`` pixels in a ``room`` of the widget, and the ``way`` from its pixels to the widget's."""

    def __init__(self, size: QSizeF) -> None:
        self.size, self.room, self.way = size, QRectF(), QTransform()

    def fit(self, room: QRectF) -> None:
        """The whole photo in the middle of a room."""
        self.room = room
        shown = self.size.scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        corner = room.center() - QPointF(shown.width() / 2, shown.height() / 2)
        factor = shown.width() / self.size.width()
        self.way = QTransform.fromTranslate(corner.x(), corner.y()).scale(factor, factor)

    def show(self, part: QRectF) -> float:
        """Fill the room with a part of the photo; returns how many times as large as the whole one it is then."""
        whole = self.way.m11()
        factor = max(min(self.room.width() / part.width(), self.room.height() / part.height()), whole)
        middle, centre = part.center(), self.room.center()
        self.way = QTransform.fromTranslate(centre.x(), centre.y()).scale(factor, factor)
        self.way.translate(-middle.x(), -middle.y())
        return factor / whole

    def photo_at(self, point: QPointF) -> QPointF:
        """The point of the photo under a point of the widget, kept to the photo."""
        inside = self.way.inverted()[0].map(point)
        return QPointF(min(max(inside.x(), 0), self.size.width()), min(max(inside.y(), 0), self.size.height()))

    def scale(self, factor: float, about: QPointF) -> None:
        """Make the photo larger; what lies under ``about``, a point of the widget, stays there."""
        x, y = about.x(), about.y()
        self.way = self.way * QTransform.fromTranslate(-x, -y) * QTransform.fromScale(factor, factor)
        self.way = self.way * QTransform.fromTranslate(x, y)

    def move(self, by: QPointF) -> None:
        """Shift the photo in its room; a third of the room stays covered by it at least."""
        moved = self.way * QTransform.fromTranslate(by.x(), by.y())
        spare = self.room.adjusted(
            self.room.width() / 3, self.room.height() / 3, -self.room.width() / 3, -self.room.height() / 3
        )
        if moved.mapRect(QRectF(QPointF(0, 0), self.size)).intersects(spare):
            self.way = moved


class Linked:
    """Two panes and what lies where on both photos.

    Args:
        query, hit: sizes of the photos in pixels.
        registered: from the hit's pixels to the query's; None when it is not known what lies where.
    """

    def __init__(self, query: QSizeF, hit: QSizeF, registered: QTransform | None) -> None:
        self.panes = Pane(query), Pane(hit)
        self._ways = (registered.inverted()[0] if registered is not None else None, registered)
        self.zoom = 1.0

    def fit(self, *rooms: QRectF) -> None:
        """Both photos whole, each in its room."""
        self.zoom = 1.0
        for pane, room in zip(self.panes, rooms, strict=False):
            pane.fit(room)

    def pane_at(self, point: QPointF) -> int:
        """The pane whose room a point of the widget lies in."""
        return int(self.panes[1].room.contains(point))

    def scale(self, factor: float, point: QPointF) -> None:
        """Zoom both panes, each about its own of two points that show the same; out no further than the whole photos."""
        factor = min(max(factor, 1 / self.zoom), MOST / self.zoom)
        if self.zoom * factor < 1.001:
            return self.fit(*(pane.room for pane in self.panes))
        here = self.pane_at(point)
        self.zoom *= factor
        self.panes[here].scale(factor, point)
        self.panes[1 - here].scale(factor, self.same_point(here, point))
        return None

    def same_point(self, here: int, point: QPointF) -> QPointF:
        """Where the other pane shows what one shows at a point of the widget; without registration, as far across."""
        mine, other = self.panes[here], self.panes[1 - here]
        on_photo, way = mine.photo_at(point), self._ways[here]
        if way is None:
            across, down = on_photo.x() / mine.size.width(), on_photo.y() / mine.size.height()
            there = QPointF(across * other.size.width(), down * other.size.height())
        else:
            there = way.map(on_photo)
        room = QRectF(QPointF(0, 0), other.size)
        return other.way.map(there if room.contains(there) else other.photo_at(other.room.center()))

    def move(self, by: QPointF) -> None:
        """Shift both photos."""
        if self.zoom > 1:
            for pane in self.panes:
                pane.move(by)


def registration(source: Corners, target: Corners) -> QTransform | None:
    """The way that brings four corners onto four others; None when there is none, as when three lie on a line."""
    way = QTransform()
    before, after = (QPolygonF([QPointF(x, y) for x, y in corners]) for corners in (source, target))
    return way if QTransform.quadToQuad(before, after, way) and way.isInvertible() else None
