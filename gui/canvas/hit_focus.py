"""Show the query on the current photo: its examples, and its outline on a hit."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPolygonF

from gui.canvas.overlays import marks_on
from gui.canvas.view import PhotoCanvas
from gui.state.session import AppSession


def show_marks(canvas: PhotoCanvas, session: AppSession) -> None:
    """Mark the query's further boxes, and its outline if the photo is a hit."""
    if session.query is not None:
        canvas.set_marks(marks_on(session.query.path, session.ranking, session.asked))


def look_at_hit(canvas: PhotoCanvas, session: AppSession) -> None:
    """Zoom to the outline of a boxed query, if the photo on show is one of its hits."""
    asked, shown, ranking = session.asked, session.query, session.ranking
    if asked is None or asked.box is None or shown is None or asked.path == shown.path or ranking is None:
        return
    hit = ranking.hit_of(shown.path)
    if hit is None or not hit.corners:
        return
    outline = QPolygonF([QPointF(x, y) for x, y in hit.corners]).boundingRect()
    canvas.look_at(outline.intersected(QRectF(0, 0, hit.photo.width, hit.photo.height)))
