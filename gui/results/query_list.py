"""The queries of this window and the saved ones, as pictures."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QSizePolicy, QVBoxLayout, QWidget

from core.records import Query, SavedQuery
from gui.widgets.crops import query_crop
from gui.widgets.plain_text import Label, tip
from gui.widgets.properties import having
from gui.widgets.text import tr
from gui.widgets.thumbnails import ThumbnailStore

CROP_PX, MARGIN_PX = 56, 8
MOST_ASKED = 60


class QueryList(QWidget):
    """Queries asked and saved, as pictures.  Emits ``query_chosen(Query)`` and ``saved_chosen(SavedQuery)``.

    The newest query is first; saved ones have a star and are last.
    """

    query_chosen = Signal(object)
    saved_chosen = Signal(object)

    def __init__(self, store: ThumbnailStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._asked: list[Query] = []
        self._saved: Sequence[SavedQuery] = ()
        self._now: Query | None = None
        self.list = having(QListWidget(), frameShape=QFrame.Shape.NoFrame, objectName="queries")
        self.list.setViewMode(QListWidget.ViewMode.IconMode)
        self.list.setMovement(QListWidget.Movement.Static)
        self.list.setFlow(QListWidget.Flow.TopToBottom)
        self.list.setWrapping(False)
        self.list.setIconSize(QSize(CROP_PX, CROP_PX))
        self.list.setGridSize(QSize(CROP_PX + MARGIN_PX, CROP_PX + MARGIN_PX))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(tr("Queries asked and saved"))
        head = Label(tr("Queries"), objectName="muted", alignment=Qt.AlignmentFlag.AlignCenter)
        self.list.setFixedWidth(CROP_PX + 3 * MARGIN_PX)
        # As wide as the pictures, or as the word above them.
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, MARGIN_PX, 0, 0)
        layout.setSpacing(MARGIN_PX // 2)
        layout.addWidget(head)
        layout.addWidget(self.list, 1, Qt.AlignmentFlag.AlignHCenter)
        self.list.itemClicked.connect(self._on_chosen)
        self.list.itemActivated.connect(self._on_chosen)
        store.arrived.connect(self._draw)

    def queries(self) -> list[Query]:
        """Those that are shown, from the first to the last."""
        return [*self._asked, *(saved.query for saved in self._saved if saved.query not in self._asked)]

    @Slot(object)
    def show_asked(self, query: Query | None) -> None:
        """Add a query; None: clear the list, as another collection is open."""
        self._now = query
        if query is None:
            self._asked = []
        elif query not in self._asked:
            self._asked = [query, *self._asked][:MOST_ASKED]
        self._fill()

    def show_saved(self, saved: Sequence[SavedQuery]) -> None:
        """Show the saved queries."""
        self._saved = saved
        self._fill()

    def _fill(self) -> None:
        names = {saved.query: saved.name for saved in self._saved}
        self.list.clear()
        for query in self.queries():
            what = tr("a box on {photo}", photo=query.path.name) if query.box is not None else query.path.name
            words = f"{names[query]}: {what}" if query in names else what
            item = QListWidgetItem()
            item.setToolTip(tip(words))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, words)
            item.setData(Qt.ItemDataRole.UserRole, query)
            self.list.addItem(item)
            if query == self._now:
                self.list.setCurrentItem(item)
        self._draw()

    @Slot()
    def _draw(self) -> None:
        kept = {saved.query for saved in self._saved}
        for row in range(self.list.count()):
            item = self.list.item(row)
            query = item.data(Qt.ItemDataRole.UserRole)
            picture = query_crop(self._store, query.path, query.box, CROP_PX)
            item.setIcon(QIcon(_starred(picture) if query in kept else picture))

    @Slot(QListWidgetItem)
    def _on_chosen(self, item: QListWidgetItem) -> None:
        query = item.data(Qt.ItemDataRole.UserRole)
        saved = next((saved for saved in self._saved if saved.query == query), None)
        if saved is not None:
            self.saved_chosen.emit(saved)
        else:
            self.query_chosen.emit(query)


def _starred(picture: QPixmap) -> QPixmap:
    """The picture with the star of a saved query."""
    drawn = QPixmap(picture)
    painter = QPainter(drawn)
    painter.fillRect(0, 0, 18, 18, QColor(0, 0, 0, 150))
    painter.setPen(Qt.GlobalColor.white)
    painter.drawText(0, 0, 18, 18, Qt.AlignmentFlag.AlignCenter, "★")
    painter.end()
    return drawn
