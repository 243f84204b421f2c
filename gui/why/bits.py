"""The codes of query and hit, bit by bit: which agree, and how near each is to flipping."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QToolTip, QWidget

from core.records import BitEvidence
from gui.widgets.text import tr
from gui.widgets.theme import BAD_COLOUR, GOOD_COLOUR

MARGIN_PX, LABEL_PX = 8, 84


def bit_words(bits: BitEvidence) -> str:
    """A sentence about two codes, without its full stop."""
    words = tr("{agree} of {bits} bits agree", agree=int(bits.agree.sum()), bits=len(bits.agree))
    if np.isnan(bits.query_margin).any() or bits.agree.all() or not bits.agree.any():
        return words
    nearest = np.minimum(bits.query_margin, bits.hit_margin)
    near, far = float(np.median(nearest[~bits.agree])), float(np.median(nearest[bits.agree]))
    if near <= 0:
        return words
    return f"{words}; " + tr("those that differ lie {times:.1f} times nearer to flipping (medians)", times=far / near)


class BitView(QWidget):
    """A column for each bit, the query's margin upwards and the hit's downwards."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Bits of the codes"))
        self.setMinimumHeight(120)
        self._bits: BitEvidence | None = None
        self._order = np.zeros(0, dtype=np.intp)

    def set_bits(self, bits: BitEvidence | None) -> None:
        """Show two codes, those bits first that differ, the surest of the query first among each."""
        self._bits = bits
        if bits is not None:
            self._order = np.lexsort((-np.nan_to_num(bits.query_margin), bits.agree))
        self.setAccessibleDescription(bit_words(bits) if bits is not None else "")
        self.update()

    def bit_at(self, x: float) -> int | None:
        """The bit whose column is at a point."""
        room = self._room()
        index = int((x - room.left()) / room.width() * len(self._order)) if room.width() > 0 else -1
        return int(self._order[index]) if 0 <= index < len(self._order) and x >= room.left() else None

    def describe(self, bit: int) -> str:
        """The tooltip of a bit."""
        assert self._bits is not None
        number = bit + 1
        agree, differ = tr("Bit {number}: they agree", number=number), tr("Bit {number}: they differ", number=number)
        words = agree if self._bits.agree[bit] else differ
        query, hit = self._bits.query_margin[bit], self._bits.hit_margin[bit]
        if np.isnan(query):
            return words
        return f"{words}; " + tr("the query is {query:.3f} from flipping, the hit {hit:.3f}", query=query, hit=hit)

    def event(self, event: QEvent) -> bool:
        """Show the tooltip of the bit under the mouse."""
        if isinstance(event, QHelpEvent) and self._bits is not None:
            bit = self.bit_at(event.pos().x())
            QToolTip.showText(event.globalPos(), self.describe(bit) if bit is not None else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the columns."""
        bits = self._bits
        if bits is None:
            return
        painter, room = QPainter(self), self._room()
        muted = self.palette().color(QPalette.ColorRole.PlaceholderText)
        painter.setPen(muted)
        middle, half = room.center().y(), room.height() / 2
        for top, text in ((room.top(), tr("query")), (middle, tr("hit"))):
            label = QRectF(MARGIN_PX, top, LABEL_PX - 2 * MARGIN_PX, half)
            painter.drawText(label, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), text)
        known = not np.isnan(bits.query_margin).any()
        most = max(float(bits.query_margin.max()), float(bits.hit_margin.max())) if known else 1.0
        wide = room.width() / len(self._order)
        for index, bit in enumerate(self._order.tolist()):
            up, down = (bits.query_margin[bit], bits.hit_margin[bit]) if known else (0.5, 0.5)
            heights = [half * float(value) / (most or 1.0) for value in (up, down)]
            column = QRectF(room.left() + index * wide, middle - heights[0], max(wide - 0.5, 0.5), sum(heights))
            painter.fillRect(column, QColor(GOOD_COLOUR if bits.agree[bit] else BAD_COLOUR))
        painter.drawLine(room.left(), middle, room.right(), middle)  # type: ignore[call-overload]

    def _room(self) -> QRectF:
        return QRectF(self.rect()).adjusted(LABEL_PX, MARGIN_PX, -MARGIN_PX, -MARGIN_PX)
