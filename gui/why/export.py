"""The matches of query and hit as a picture: PNG, SVG or PDF."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSize, QSizeF
from PySide6.QtGui import QImage, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from core.engine import UserError
from gui.why.view import PairView
from gui.widgets.text import tr

KINDS = "PNG (*.png);;SVG (*.svg);;PDF (*.pdf)"
RATIO, DOTS = 2, 96
"""Pixels of a PNG per pixel of the screen, and dots per inch of a screen."""


def export_view(view: PairView, out: Path) -> None:
    """Draw what a view shows, as large as it is, into a file; its suffix decides the format.

    Raises:
        UserError: another suffix, or the file cannot be written.
    """
    size, suffix = view.size(), out.suffix.lower()
    if suffix == ".png":
        image = QImage(size * RATIO, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(RATIO)
        image.fill(view.palette().window().color())
        painter = QPainter(image)
        view.draw(painter)
        painter.end()
        written = image.save(str(out))
    elif suffix == ".svg":
        svg = QSvgGenerator()
        svg.setFileName(str(out))
        svg.setSize(size)
        svg.setViewBox(QRectF(0, 0, size.width(), size.height()))
        written = _drawn(view, QPainter(), svg)
    elif suffix == ".pdf":
        written = _drawn(view, QPainter(), _pages(out, size))
    else:
        raise UserError(tr("'{suffix}' is no format of a figure", suffix=suffix), str(out), tr("Use .png, .svg or .pdf."))
    if not written:
        raise UserError(tr("the figure cannot be written"), str(out))


def _pages(out: Path, size: QSize) -> QPdfWriter:
    """One page of the view's size."""
    pdf = QPdfWriter(str(out))
    pdf.setResolution(DOTS)
    inches = QSizeF(size.width() / DOTS, size.height() / DOTS)
    pdf.setPageSize(QPageSize(inches, QPageSize.Unit.Inch))
    pdf.setPageMargins(QMarginsF(0, 0, 0, 0))
    return pdf


def _drawn(view: PairView, painter: QPainter, device: QSvgGenerator | QPdfWriter) -> bool:
    if not painter.begin(device):
        return False
    view.draw(painter)
    return painter.end()
