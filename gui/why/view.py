"""Query and hit side by side with the shares of their cells and lines between them, or the hit laid over the query."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF, QResizeEvent, QTransform, QWheelEvent
from PySide6.QtWidgets import (
    QGraphicsLineItem,
    QGraphicsPixmapItem,
    QGraphicsPolygonItem,
    QGraphicsScene,
    QGraphicsView,
    QWidget,
)

from core.evidence_records import Evidence, EvidenceSide
from core.geometry import Box
from core.records import Hit, Query
from gui.qimage import image_from_heat, pixmap_from_rgb
from gui.theme import FOUND_COLOUR, MATCH_COLOUR
from gui.why.laid import MODES, Laid, registration
from gui.words import tr

HEIGHT, GAP = 1000.0, 40.0
"""Of the scene: both pictures are equally high, a gap apart."""

LINES = 40
FLICKER_MS = 400
NOTCH = 1.2


@dataclass(frozen=True, eq=False)
class Explained:
    """A hit with its explanation, and both photos, (H, W, 3) uint8 of any size."""

    hit: Hit
    evidence: Evidence
    query: Query
    query_photo: NDArray[np.uint8]
    hit_photo: NDArray[np.uint8]
    query_size: tuple[int, int]


class PairView(QGraphicsView):
    """Lives on the window's thread."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene = QGraphicsScene(self)
        self.setScene(self._scene)
        self.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setAccessibleName(tr("Query and hit"))
        self.setMinimumHeight(120)
        self._shown: Explained | None = None
        self._mode, self._lines, self._share, self._zoomed = "evidence", 12, 0.5, False
        self.laid: Laid | None = None
        self._flicker = QTimer(self, interval=FLICKER_MS)
        self._flicker.timeout.connect(lambda: self.laid.flicker() if self.laid is not None else None)

    def show_explained(self, explained: Explained | None) -> None:
        """Show another hit."""
        self._shown, self._zoomed = explained, False
        self._rebuild()

    def set_mode(self, mode: str) -> None:
        """``evidence``, ``matches``, or one of those of ``gui.why.laid``."""
        self._mode, self._zoomed = mode, False
        self._rebuild()
        if mode == "flicker":
            self._flicker.start()
        else:
            self._flicker.stop()

    def set_lines(self, number: int) -> None:
        """How many of the strongest pairs are joined by lines."""
        self._lines = number
        self._rebuild()

    def set_share(self, share: float) -> None:
        """How much of the hit is seen over the query, 0 to 1."""
        self._share = share
        if self.laid is not None:
            self.laid.set_share(share)

    def _rebuild(self) -> None:
        self._scene.clear()
        self.laid = None
        shown = self._shown
        if shown is not None:
            if self._mode in MODES:
                self._lay_over(shown)
                # What is cut off of the hit that lies over the query still counts for the items' bounds.
                self._scene.setSceneRect(QRectF(0, 0, HEIGHT * shown.query_size[0] / shown.query_size[1], HEIGHT))
            else:
                self._lay_beside(shown)
                self._scene.setSceneRect(self._scene.itemsBoundingRect())
        self._fit()

    def _lay_beside(self, shown: Explained) -> None:
        left = self._picture(shown.query_photo, shown.query_size, 0.0)
        size = (shown.hit.photo.width, shown.hit.photo.height)
        right = self._picture(shown.hit_photo, size, left.mapRect(QRectF(0, 0, *shown.query_size)).right() + GAP)
        if shown.query.box is not None:
            self._outline(left, shown.query.box.corners)
        if shown.hit.corners is not None and shown.query.box is not None:
            self._outline(right, shown.hit.corners)
        if self._mode == "matches":
            ends = [((x, y), (u, v)) for x, y, u, v in shown.evidence.matches.tolist()]
            self._join(left, right, ends, [1.0] * len(ends), MATCH_COLOUR)
            return
        found = shown.evidence
        top = max(float(np.abs(side.heat).max(initial=0)) for side in (found.query, found.hit)) or 1.0
        self._heat(left, found.query, top)
        self._heat(right, found.hit, top)
        pairs = found.pairs[: self._lines]
        ends = [(tuple(found.query.centres[i]), tuple(found.hit.centres[j])) for i, j in pairs.tolist()]
        strength = [float(value / found.values[0]) for value in found.values[: self._lines]]
        self._join(left, right, ends, strength, FOUND_COLOUR)

    def _picture(self, photo: NDArray[np.uint8], size: tuple[int, int], x: float) -> QTransform:
        """Add a picture; returns the way from its photo's pixels to the scene."""
        height, width = photo.shape[:2]
        item = QGraphicsPixmapItem(pixmap_from_rgb(photo))
        item.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        item.setTransform(QTransform.fromTranslate(x, 0).scale(HEIGHT / height, HEIGHT / height))
        self._scene.addItem(item)
        return QTransform.fromTranslate(x, 0).scale(HEIGHT / height * width / size[0], HEIGHT / size[1])

    def _heat(self, way: QTransform, side: EvidenceSide, top: float) -> None:
        kept = QPixmap.fromImage(image_from_heat(side.heat / top * 0.5 + 0.5, 0.6, side.heat != 0))
        item = QGraphicsPixmapItem(kept)
        region = side.region
        item.setTransform(QTransform.fromTranslate(region.x0, region.y0).scale(side.cell, side.cell) * way)
        self._scene.addItem(item)

    def _outline(self, way: QTransform, corners: tuple[tuple[float, float], ...]) -> None:
        item = QGraphicsPolygonItem(way.map(QPolygonF([QPointF(x, y) for x, y in corners])))
        item.setPen(_pen(FOUND_COLOUR, 2))
        self._scene.addItem(item)

    def _join(
        self, left: QTransform, right: QTransform, ends: list[tuple[tuple[float, ...], tuple[float, ...]]],
        strength: list[float], colour: str,
    ) -> None:  # fmt: skip
        for (first, second), value in zip(ends, strength, strict=True):
            a, b = left.map(QPointF(first[0], first[1])), right.map(QPointF(second[0], second[1]))
            item = QGraphicsLineItem(a.x(), a.y(), b.x(), b.y())
            item.setPen(_pen(colour, 1.5))
            item.setOpacity(0.25 + 0.75 * max(value, 0.0))
            self._scene.addItem(item)

    def _lay_over(self, shown: Explained) -> None:
        """The hit, moved so that what was found on it lies on the box."""
        way = self._picture(shown.query_photo, shown.query_size, 0.0)
        if shown.hit.corners is None:
            return
        whole = Box(0, 0, *shown.query_size)
        height, width = shown.hit_photo.shape[:2]
        across, down = width / shown.hit.photo.width, height / shown.hit.photo.height
        source = QPolygonF([QPointF(x * across, y * down) for x, y in shown.hit.corners])
        target = QPolygonF([QPointF(x, y) for x, y in (shown.query.box or whole).corners])
        moved = registration(source, way.map(target))
        if moved is None:
            return
        room = way.mapRect(QRectF(0, 0, *shown.query_size))
        self.laid = Laid(pixmap_from_rgb(shown.hit_photo), room, moved, self._mode)
        self.laid.set_share(self._share)
        self._scene.addItem(self.laid)

    def _fit(self) -> None:
        if not self._zoomed and not self._scene.sceneRect().isEmpty():
            self.fitInView(self._scene.sceneRect(), Qt.AspectRatioMode.KeepAspectRatio)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep everything in view until somebody zooms."""
        super().resizeEvent(event)
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the mouse, both pictures together."""
        self._zoomed = True
        factor = NOTCH ** (event.angleDelta().y() / 120)
        self.scale(factor, factor)
        event.accept()


def _pen(colour: str, width: float) -> QPen:
    pen = QPen(QColor(colour), width)
    pen.setCosmetic(True)
    return pen
