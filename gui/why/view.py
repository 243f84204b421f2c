"""Query and hit side by side in linked views, or the hit laid over the query; evidence and keypoints as layers on both."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSizeF, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from gui.why.explained import Explained
from gui.why.panes import Linked
from gui.widgets.text import later, tr
from gui.widgets.theme import FOUND_COLOUR, MATCH_COLOUR, OTHERS_COLOUR
from gui.widgets.zoom import key_factor, key_step, wheel_factor

BESIDE = "beside"
LAID = {
    "over": later("Blend"), "swipe": later("Swipe"), "flicker": later("Flicker"), "difference": later("Difference"),
}  # fmt: skip
LAYERS = ("shares", "pairs", "matches", "others")

GAP, REACH = 8, 8
"""Pixels between the panes, and from the line of a swipe at which it is taken by the mouse."""

LINES = 40
FLICKER_MS = 400
STEP_PX = 40.0

Line = tuple[tuple[float, float], tuple[float, float], float]
"""From a point on the query to one on the hit, in pixels of the photos, and how strong it is drawn, 0 to 1."""


class PairView(QWidget):
    """Draws query and hit with the lines between them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Query and hit"))
        self.setMinimumHeight(120)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.mode, self.share, self.seen = BESIDE, 0.5, True
        self.layers = {"shares", "pairs"}
        self.linked: Linked | None = None
        self._shown: Explained | None = None
        self._lines, self._held, self._swiping = 12, QPointF(), False
        self._flicker = QTimer(self, interval=FLICKER_MS)
        self._flicker.timeout.connect(self.flick)

    # -- what is shown -------------------------------------------------------------------------------------------------

    def show_explained(self, explained: Explained | None) -> None:
        """Show another hit, in the same way."""
        self._shown = explained
        self.setAccessibleDescription(explained.hit.photo.path.name if explained is not None else "")
        self._link()

    def set_mode(self, mode: str) -> None:
        """``BESIDE``, or one of ``LAID``."""
        beside = (self.mode == BESIDE) == (mode == BESIDE)
        self.mode, self.seen = mode, True
        if mode == "flicker":
            self._flicker.start()
        else:
            self._flicker.stop()
        self.update() if beside else self._link()

    def set_layer(self, name: str, on: bool) -> None:
        """Show or hide one of ``LAYERS``."""
        (self.layers.add if on else self.layers.discard)(name)
        self.update()

    def set_lines(self, number: int) -> None:
        """How many of the strongest pairs are joined by lines."""
        self._lines = number
        self.update()

    def set_share(self, share: float) -> None:
        """How much of the hit is seen over the query, 0 to 1: its opacity, or the part of the width that it covers."""
        self.share = share
        self.update()

    def flick(self) -> None:
        """Hide the hit that is laid over the query, or show it again."""
        self.seen = not self.seen
        self.update()

    def _link(self) -> None:
        shown = self._shown
        self.linked = Linked(QSizeF(*shown.query_size), QSizeF(*shown.hit_size), shown.registered) if shown else None
        self._fit()

    def _fit(self) -> None:
        if self.linked is not None:
            whole = QRectF(self.rect())
            half = (whole.width() - GAP) / 2
            rooms = whole.adjusted(0, 0, -half - GAP, 0), whole.adjusted(half + GAP, 0, 0, 0)
            self.linked.fit(*(rooms if self.mode == BESIDE else (whole, QRectF())))
            if self.mode != BESIDE and self._shown is not None and self._shown.registered is not None:
                near = self._shown.near
                self.linked.zoom = self.linked.panes[0].show(QRectF(near.x0, near.y0, near.width, near.height))
        self.update()

    # -- drawing -------------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw photos and layers."""
        painter = QPainter(self)
        self.draw(painter)
        painter.end()

    def draw(self, painter: QPainter) -> None:
        """Draw photos and layers with any painter, as they lie here."""
        if self._shown is None or self.linked is None:
            return
        painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
        for side in (0, 1) if self.mode == BESIDE else (0,):
            painter.setClipRect(self.linked.panes[side].room)
            self._paint_photo(painter, self._shown, side)
        painter.setClipping(False)
        for line, colour, strength in self._joined(self._shown):
            self._paint_line(painter, line, colour, strength)

    def _paint_photo(self, painter: QPainter, shown: Explained, side: int) -> None:
        pane = self.linked.panes[side]  # type: ignore[union-attr]
        painter.save()
        painter.setTransform(pane.way, True)
        whole = QRectF(QPointF(0, 0), pane.size)
        if self.mode == "difference" and shown.difference is not None:
            painter.drawPixmap(whole, shown.difference, QRectF(shown.difference.rect()))
        else:
            painter.drawPixmap(whole, shown.pixmaps[side], QRectF(shown.pixmaps[side].rect()))
        if self.mode != BESIDE:
            self._paint_laid(painter, shown, whole)
        if "shares" in self.layers:
            own = shown.evidence.hit if side else shown.evidence.query
            heat = shown.heats[side]
            room = QRectF(own.region.x0, own.region.y0, heat.width() * own.cell, heat.height() * own.cell)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
            painter.drawPixmap(room, heat, QRectF(heat.rect()))
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        corners = shown.corners if side else shown.asked.corners
        if corners is not None and shown.part.box is not None:
            for colour, width in ((QColor(0, 0, 0, 130), 3.5), (QColor(FOUND_COLOUR), 2)):
                painter.setPen(_pen(colour, width))
                painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
        painter.restore()

    def _paint_laid(self, painter: QPainter, shown: Explained, whole: QRectF) -> None:
        """Draw the hit over the query in the present mode."""
        if shown.laid is None or self.mode == "difference" or not self.seen:
            return
        source = QRectF(shown.laid.rect())
        if self.mode == "swipe":
            whole.setWidth(self.share * whole.width())
            source.setWidth(self.share * source.width())
        painter.setOpacity(self.share if self.mode == "over" else 1.0)
        painter.drawPixmap(whole, shown.laid, source)
        painter.setOpacity(1.0)
        if self.mode == "swipe":
            painter.setPen(_pen(QColor("white"), 2))
            painter.drawLine(whole.topRight(), whole.bottomRight())

    def _joined(self, shown: Explained) -> Iterator[tuple[QLineF, str, float]]:
        """The lines of the layers that are on, in the widget; laid over, they lead to where the hit's pixels lie then."""
        assert self.linked is not None
        first, second = (pane.way for pane in self.linked.panes)
        if self.mode != BESIDE:
            if shown.registered is None:
                return
            second = shown.registered * first
        found = shown.evidence
        layers: dict[str, tuple[str, Iterator[Line]]] = {
            "others": (OTHERS_COLOUR, _ends(found.others.tolist(), 0.5)),
            "matches": (MATCH_COLOUR, _ends(found.matches.tolist(), 0.9)),
            "pairs": (FOUND_COLOUR, self._pairs(shown)),
        }
        for name, (colour, lines) in layers.items():
            for start, end, strength in lines if name in self.layers else ():
                yield QLineF(first.map(QPointF(*start)), second.map(QPointF(*end))), colour, strength

    def _pairs(self, shown: Explained) -> Iterator[Line]:
        """Lines between cells: those that decided the rank, or else those of the cosine."""
        found = shown.evidence
        if found.decided_by == "cells":
            for x, y, u, v, share in found.lines[: self._lines].tolist():
                yield (x, y), (u, v), 0.25 + 0.75 * share / max(found.lines[0, 4], 1e-12)
            return
        for (i, j), value in zip(found.pairs[: self._lines].tolist(), found.values.tolist(), strict=False):
            strength = 0.25 + 0.75 * max(value / found.values[0], 0.0)
            yield tuple(found.query.centres[i]), tuple(found.hit.centres[j]), strength

    def _paint_line(self, painter: QPainter, line: QLineF, colour: str, strength: float) -> None:
        assert self.linked is not None
        rooms = [self.linked.panes[side].room for side in ((0, 1) if self.mode == BESIDE else (0, 0))]
        if not (rooms[0].contains(line.p1()) and rooms[1].contains(line.p2())):
            return  # one end is out of sight
        painter.setOpacity(strength)
        painter.setPen(_pen(QColor(colour), 1.5))
        painter.setBrush(QColor(colour))
        painter.drawLine(line)
        for end in (line.p1(), line.p2()):
            painter.drawEllipse(end, 2, 2)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setOpacity(1.0)

    # -- mouse and keys ------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show everything again."""
        super().resizeEvent(event)
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the mouse, both photos together."""
        self._zoom(wheel_factor(event), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to move the photos, or the line of a swipe."""
        self._held, self._swiping = event.position(), self._on_line(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the photos, or the line of a swipe."""
        if event.buttons() & Qt.MouseButton.LeftButton and self.linked is not None:
            if self._swiping:
                pane = self.linked.panes[0]
                self.set_share(pane.photo_at(event.position()).x() / pane.size.width())
            else:
                self.linked.move(event.position() - self._held)
            self._held = event.position()
            self.update()
        shape = Qt.CursorShape.SplitHCursor if self._on_line(event.position()) else Qt.CursorShape.OpenHandCursor
        self.setCursor(shape)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Everything in view again."""
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """``+`` and ``-`` zoom, ``0`` shows everything, arrows move, the space bar hides the hit over the query."""
        key = event.key()
        if (factor := key_factor(key)) is not None:
            self._zoom(factor, self.linked.panes[0].room.center() if self.linked is not None else QPointF())
        elif key == Qt.Key.Key_0:
            self._fit()
        elif key == Qt.Key.Key_Space and self.mode != BESIDE:
            self._flicker.stop()  # the key takes over
            self.flick()
        elif (step := key_step(key, STEP_PX)) is not None and self.linked is not None:
            self.linked.move(step)
            self.update()
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Restore the cursor."""
        self.unsetCursor()
        super().leaveEvent(event)

    def _zoom(self, factor: float, point: QPointF) -> None:
        if self.linked is not None:
            self.linked.zoom_both(factor, point)
            self.update()

    def _on_line(self, point: QPointF) -> bool:
        if self.linked is None or self.mode != "swipe":
            return False
        pane = self.linked.panes[0]
        return abs(pane.way.map(QPointF(self.share * pane.size.width(), 0)).x() - point.x()) <= REACH


def _ends(rows: list[list[float]], strength: float) -> Iterator[Line]:
    """Matches ``x, y, u, v`` as lines."""
    return (((x, y), (u, v), strength) for x, y, u, v in rows)


def _pen(colour: QColor, width: float) -> QPen:
    pen = QPen(colour, width)
    pen.setCosmetic(True)
    return pen
