"""The icons of the toolbar, drawn in the colours of the theme: lines on a field of 24 by 24."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QPolygonF

SIDE = 24
RATIOS = (1, 2, 3)
"""Densities of screens that icons are drawn for."""

Line = tuple[float, ...]
"""Corners of a line, ``x`` and ``y`` in turn."""

Round = tuple[float, float, float, int, int]
"""Middle, radius, first angle and angle across, in degrees from three o'clock, against the clock."""

LINES: dict[str, tuple[Line, ...]] = {
    "open": ((3, 19, 3, 5, 9, 5, 11, 8, 20, 8, 20, 11), (3, 19, 6.5, 11, 22, 11, 18.5, 19, 3, 19)),
    "refresh": ((19.5, 4, 19.5, 9, 14.5, 9),),
    "back": ((14.5, 5, 7.5, 12, 14.5, 19),),
    "forward": ((9.5, 5, 16.5, 12, 9.5, 19),),
    "previous": ((5, 14.5, 12, 7.5, 19, 14.5),),
    "next": ((5, 9.5, 12, 16.5, 19, 9.5),),
    "clear": (
        (4, 9, 4, 4, 9, 4), (15, 4, 20, 4, 20, 9), (9, 20, 4, 20, 4, 15), (20, 15, 20, 20, 15, 20),
        (9, 9, 15, 15), (15, 9, 9, 15),
    ),
    "fit": ((4, 9, 4, 5, 8, 5), (16, 5, 20, 5, 20, 9), (8, 19, 4, 19, 4, 15), (20, 15, 20, 19, 16, 19),
            (9, 10, 15, 10, 15, 14, 9, 14, 9, 10)),
    "turn": ((4, 11, 13, 11, 13, 20, 4, 20, 4, 11), (17, 14, 20, 11, 23, 14)),
    "star": (
        (12, 3.5, 14.6, 9.2, 20.8, 9.9, 16.2, 14.1, 17.5, 20.2, 12, 17.1, 6.5, 20.2, 7.8, 14.1, 3.2, 9.9, 9.4, 9.2, 12,
         3.5),
    ),
    "find": ((15.5, 15.5, 21, 21),),
    "help": ((12, 14.2, 12, 13),),
    "sample": ((3, 5, 21, 5, 21, 19, 3, 19, 3, 5), (3, 17, 9, 11, 13, 15, 16, 12, 21, 17)),
    "library": ((4, 7, 4, 17), (20, 7, 20, 17)),
}  # fmt: skip
ROUNDS: dict[str, tuple[Round, ...]] = {
    "refresh": ((12, 12, 7.5, 25, 290),),
    "turn": ((13, 11, 7, 0, 90),),
    "find": ((10.5, 10.5, 6.5, 0, 360),),
    "help": ((12, 12, 9, 0, 360), (12, 9.5, 2.7, -90, 270), (12, 17, 0.4, 0, 360)),
    "sample": ((16, 9, 1.6, 0, 360),),
}
FULL = {"star"}
"""Filled while what they stand for is so."""

OVALS: dict[str, Sequence[tuple[float, float, float, float, int, int]]] = {
    "library": ((4, 4, 16, 6, 0, 360), (4, 14, 16, 6, 180, 180), (4, 9, 16, 6, 180, 180)),
}
"""Left, top, width, height, and angles as above."""


def icon(name: str, colour: QColor, faint: QColor) -> QIcon:
    """One icon; ``faint`` while what it does cannot be done."""
    made = QIcon()
    for ratio in RATIOS:
        for mode, ink in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, faint)):
            made.addPixmap(_drawn(name, ink, ratio), mode)
            if name in FULL:
                made.addPixmap(_drawn(name, ink, ratio, full=True), mode, QIcon.State.On)
    return made


def swatch(colour: QColor) -> QIcon:
    """A square of a layer's colour."""
    made = QIcon()
    for ratio in RATIOS:
        pixmap, painter = _begun(ratio)
        painter.setPen(QPen(colour.darker(140), 1.5))
        painter.setBrush(colour)
        painter.drawRoundedRect(QRectF(6, 6, 12, 12), 3, 3)
        painter.end()
        made.addPixmap(pixmap)
    return made


def _begun(ratio: int) -> tuple[QPixmap, QPainter]:
    pixmap = QPixmap(SIDE * ratio, SIDE * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return pixmap, painter


def _drawn(name: str, colour: QColor, ratio: int, full: bool = False) -> QPixmap:
    pixmap, painter = _begun(ratio)
    painter.setPen(QPen(colour, 1.7, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    for line in LINES.get(name, ()):
        points = [QPointF(x, y) for x, y in zip(line[::2], line[1::2], strict=True)]
        if full:
            painter.setBrush(colour)
            painter.drawPolygon(QPolygonF(points))
        else:
            painter.drawPolyline(QPolygonF(points))
    for x, y, radius, start, across in ROUNDS.get(name, ()):
        painter.drawArc(QRectF(x - radius, y - radius, 2 * radius, 2 * radius), 16 * start, 16 * across)
    for left, top, width, height, start, across in OVALS.get(name, ()):
        painter.drawArc(QRectF(left, top, width, height), 16 * start, 16 * across)
    painter.end()
    return pixmap
