"""The arithmetic of two linked views: zooming or moving one photo shows the same part of the other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPolygonF, QTransform

from gui.widgets.zoom import Zoom

MOST = 40.0
"""Largest zoom over that of the whole photo."""

Corners = Sequence[tuple[float, float]]


class Pane(Zoom):
    """A photo of ``size`` pixels in a ``room`` of the widget."""

    def __init__(self, size: QSizeF) -> None:
        super().__init__()
        self.size, self.room = size, QRectF()

    def fit_in(self, room: QRectF) -> None:
        """The whole photo in the middle of a room."""
        self.room = room
        self.fit(QRectF(QPointF(0, 0), self.size), room)

    def show(self, part: QRectF) -> float:
        """Fill the room with a part of the photo; returns its scale over that of the whole photo."""
        whole = self.scale
        self.fit(part, self.room)
        if self.scale < whole:
            self.centre(part.center(), whole, self.room.center())
        return self.scale / whole

    def photo_at(self, point: QPointF) -> QPointF:
        """The point of the photo under a point of the widget, kept to the photo."""
        inside = self.point_at(point)
        return QPointF(min(max(inside.x(), 0), self.size.width()), min(max(inside.y(), 0), self.size.height()))

    def move(self, by: QPointF) -> None:
        """Shift the photo in its room; it keeps covering a part of the room's middle third."""
        before = self.way
        super().move(by)
        spare = self.room.adjusted(
            self.room.width() / 3, self.room.height() / 3, -self.room.width() / 3, -self.room.height() / 3
        )
        if not self.way.mapRect(QRectF(QPointF(0, 0), self.size)).intersects(spare):
            self.way = before


class Linked:
    """Two panes, and the registration of their photos.

    Args:
        query, hit: sizes of the photos in pixels.
        registered: from the hit's pixels to the query's; None: unknown.
    """

    def __init__(self, query: QSizeF, hit: QSizeF, registered: QTransform | None) -> None:
        self.panes = Pane(query), Pane(hit)
        self._ways = (registered.inverted()[0] if registered is not None else None, registered)
        self.zoom = 1.0

    def fit(self, *rooms: QRectF) -> None:
        """Both photos whole, each in its room."""
        self.zoom = 1.0
        for pane, room in zip(self.panes, rooms, strict=False):
            pane.fit_in(room)

    def pane_at(self, point: QPointF) -> int:
        """The pane whose room a point of the widget lies in."""
        return int(self.panes[1].room.contains(point))

    def zoom_both(self, factor: float, point: QPointF) -> None:
        """Zoom each pane about the point that shows the same; out no further than the whole photos."""
        factor = min(max(factor, 1 / self.zoom), MOST / self.zoom)
        if self.zoom * factor < 1.001:
            return self.fit(*(pane.room for pane in self.panes))
        here = self.pane_at(point)
        self.zoom *= factor
        self.panes[here].zoom(factor, point)
        self.panes[1 - here].zoom(factor, self.same_point(here, point))
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
    """The transform from four corners to four others; None if there is none, as when three are on a line."""
    way = QTransform()
    before, after = (QPolygonF([QPointF(x, y) for x, y in corners]) for corners in (source, target))
    return way if QTransform.quadToQuad(before, after, way) and way.isInvertible() else None
