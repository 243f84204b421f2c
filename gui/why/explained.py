"""A hit with its explanation and both photos, as the panel shows it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap, QTransform

from core.engine import scaled
from core.geometry import Box
from core.records import BitEvidence, Evidence, EvidenceSide, Hit, Query
from gui.why.panes import registration
from gui.widgets.qimage import image_from_heat, pixmap_from_rgb

NEAR = 2.0
"""Size of the area around the box, in sides of the box."""


@dataclass(frozen=True, eq=False)
class Explained:
    """A hit with its explanation, and both photos, (H, W, 3) uint8 of any size; ``query_size`` is (width, height).

    Attributes:
        part: the example of ``query`` that is explained, as a query of its own; the photo and its size are of this one.
    """

    hit: Hit
    evidence: Evidence
    query: Query
    part: Query
    query_photo: NDArray[np.uint8]
    hit_photo: NDArray[np.uint8]
    query_size: tuple[int, int]

    @property
    def hit_size(self) -> tuple[int, int]:
        """Width and height of the hit's photo, pixels."""
        return self.hit.photo.width, self.hit.photo.height

    @property
    def asked(self) -> Box:
        """The query's box, or its whole photo."""
        return self.part.box or Box(0, 0, *self.query_size)

    @property
    def near(self) -> Box:
        """The box and its surroundings; farther away the overlaid hit would not fit."""
        return scaled(self.asked, NEAR).clipped(*self.query_size)

    @property
    def corners(self) -> tuple[tuple[float, float], ...] | None:
        """Where on the hit the query's box lies: by geometry, or else by the cells that agree; None: unknown.

        With further examples the hit's own box may be that of another one.
        """
        if self.evidence.quadrilateral is not None:
            return self.evidence.quadrilateral
        if self.examples > 1 or self.part.box is None or self.hit.matched_box is None:
            return None
        return self.hit.matched_box.corners

    @property
    def examples(self) -> int:
        """Number of wanted examples."""
        return self._wanted(len(self.query.parts()))

    @property
    def number(self) -> int:
        """The number of the explained one, from 1."""
        return self._wanted(self.evidence.example + 1)

    def _wanted(self, first: int) -> int:
        return sum(good for _, good in self.query.parts()[:first])

    @cached_property
    def registered(self) -> QTransform | None:
        """From the hit's pixels to the query's."""
        return registration(self.corners, self.asked.corners) if self.corners is not None else None

    @cached_property
    def pixmaps(self) -> tuple[QPixmap, QPixmap]:
        """Query and hit."""
        return pixmap_from_rgb(self.query_photo), pixmap_from_rgb(self.hit_photo)

    @cached_property
    def laid(self) -> QPixmap | None:
        """The hit warped onto the query's picture near the box, as large as that picture; transparent elsewhere."""
        if self.registered is None:
            return None
        height, width = self.query_photo.shape[:2]
        below = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
        below.fill(Qt.GlobalColor.transparent)
        hit = self.pixmaps[1]
        small = QTransform.fromScale(self.hit_size[0] / hit.width(), self.hit_size[1] / hit.height())
        large = QTransform.fromScale(width / self.query_size[0], height / self.query_size[1])
        painter = QPainter(below)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setClipRect(large.mapRect(QRectF(QPointF(*self.near.corners[0]), QPointF(*self.near.corners[2]))))
        painter.setTransform(small * self.registered * large)
        painter.drawPixmap(0, 0, hit)
        painter.end()
        return QPixmap.fromImage(below)

    @cached_property
    def difference(self) -> QPixmap | None:
        """The difference of the query's picture and the warped hit; black outside it."""
        if self.laid is None:
            return None
        picture = self.pixmaps[0].toImage().convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
        painter = QPainter(picture)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Difference)
        painter.drawPixmap(0, 0, self.laid)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
        painter.drawPixmap(0, 0, self.laid)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationOver)
        painter.fillRect(picture.rect(), QColor("black"))
        painter.end()
        return QPixmap.fromImage(picture)

    @cached_property
    def heats(self) -> tuple[QPixmap, QPixmap]:
        """The shares of the cells of query and hit, one pixel a cell, on one scale."""
        sides = self.evidence.query, self.evidence.hit
        top = max(float(np.abs(side.heat).max(initial=0)) for side in sides) or 1.0
        return _heat(sides[0], top), _heat(sides[1], top)


def nothing_yet() -> Evidence:
    """Empty evidence of a hit whose cells are still being compared."""
    heat, centres = np.zeros((1, 1), np.float32), np.zeros((0, 2))
    side = EvidenceSide(Box(0, 0, 1, 1), 1.0, heat, centres.astype(np.intp), centres, np.zeros(0))
    none = np.zeros(0)
    bits = BitEvidence(none.astype(bool), none, none)
    return Evidence(float("nan"), side, side, np.zeros((0, 2), np.intp), none, bits)


def _heat(side: EvidenceSide, top: float) -> QPixmap:
    return QPixmap.fromImage(image_from_heat(side.heat / top * 0.5 + 0.5, 0.6, side.heat != 0))
