"""The query, always visible: its picture, its further examples, and the way back to it from a hit."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QToolButton, QWidget

from core.records import Example, Query
from gui.widgets.crops import query_crop, signed
from gui.widgets.plain_text import caption, tip
from gui.widgets.properties import having
from gui.widgets.text import later, tr
from gui.widgets.thumbnails import ThumbnailStore

CHIP_PX, AWAY_PX = 36, 16
BAR_PX = CHIP_PX + 12
WORDS = {"mean": later("Views of one thing"), "best": later("Any of them")}


class Chip(QToolButton):
    """An example as a button, with the button ``away`` to remove it, or Delete."""

    def __init__(self, words: str) -> None:
        super().__init__(toolButtonStyle=Qt.ToolButtonStyle.ToolButtonIconOnly)
        having(self, toolTip=tip(words), objectName="chip")
        self.setAccessibleName(words)
        self.setIconSize(QSize(CHIP_PX, CHIP_PX))
        self.setFixedSize(CHIP_PX + AWAY_PX + 4, CHIP_PX + 4)
        self.setStyleSheet(f"#chip {{ padding-right: {AWAY_PX}px; }}")
        self.away = having(QToolButton(self), text="✕", toolTip=tr("Take it away (Delete)"), objectName="away")
        self.away.setAccessibleName(tr("Take it away"))
        self.away.setGeometry(CHIP_PX + 3, 1, AWAY_PX, AWAY_PX)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete removes the example."""
        if event.key() == Qt.Key.Key_Delete:
            self.away.click()
        else:
            super().keyPressEvent(event)


class QueryButton(QToolButton):
    """The query's picture and words; the words are shortened where there is too little room for them."""

    LEAST_PX = 40
    """Width of the words that are always seen."""

    _words = ""

    def say(self, words: str) -> None:
        """Show other words."""
        self._words = words
        self.updateGeometry()
        self._shorten()

    def sizeHint(self) -> QSize:
        """Room for all words."""
        return QSize(self._beside() + self.fontMetrics().horizontalAdvance(self._words) + 8, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Room for the picture and a few letters."""
        return QSize(self._beside() + self.LEAST_PX, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten the words anew."""
        super().resizeEvent(event)
        self._shorten()

    def _beside(self) -> int:
        return self.iconSize().width() + 20

    def _shorten(self) -> None:
        room = self.width() - self._beside()
        self.setText(self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, max(room, self.LEAST_PX)))


class QueryStrip(QWidget):
    """The query as pictures: its crop, and further examples wanted or unwanted.

    Emits ``returned()`` when the query's own photo is to be seen again, ``looked(path)`` when that of an example is,
    ``removed(index)`` when the one at an index of ``query.more`` is to go, ``join_chosen(how)``, and
    ``drawing_chosen(good | None)`` when the next box is to be a further example, or the query's own again.
    """

    returned = Signal()
    looked = Signal(object)
    removed = Signal(int)
    join_chosen = Signal(str)
    drawing_chosen = Signal(object)

    def __init__(self, store: ThumbnailStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._query: Query | None = None
        self.own = having(QueryButton(), toolButtonStyle=Qt.ToolButtonStyle.ToolButtonTextBesideIcon, objectName="query")
        self.own.setIconSize(QSize(CHIP_PX, CHIP_PX))
        self.own.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.also = self._button("+", tr("Also"), tr("The next box is wanted too (or draw it with Shift)"))
        not_wanted = tr("The next box shows what is not wanted (or draw it with the right button)")
        self.without = self._button("−", tr("Not"), not_wanted)
        self.join = having(QComboBox(), toolTip=tr("Whether the wanted boxes show one thing, or different ones"))
        self.join.setAccessibleName(tr("How several boxes are joined"))
        for how, words in WORDS.items():
            self.join.addItem(tr(words), how)
        self.chips: list[Chip] = []
        self._examples: tuple[Example, ...] = ()
        self._build()
        self.own.clicked.connect(self.returned)
        self.also.clicked.connect(lambda on: self.drawing_chosen.emit(True if on else None))
        self.without.clicked.connect(lambda on: self.drawing_chosen.emit(False if on else None))
        self.join.currentIndexChanged.connect(self._on_join)
        store.arrived.connect(self._on_arrived)
        self.set_query(None)
        self.say_where("")

    def _build(self) -> None:
        """The chips scroll in a room of their own: many of them must not make the bar wider."""
        inside = QWidget()
        self._row_of_chips = QHBoxLayout(inside)
        self._row_of_chips.setContentsMargins(0, 0, 0, 0)
        self._row_of_chips.setSpacing(4)
        self._row_of_chips.addStretch(1)
        scroll = having(QScrollArea(widgetResizable=True), frameShape=QFrame.Shape.NoFrame)
        scroll.setWidget(inside)
        scroll.setMinimumWidth(1)
        scroll.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        scroll.setFixedHeight(BAR_PX - 8)
        scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(8)
        row.addWidget(self.own)
        row.addWidget(scroll, 1)
        for widget in (self.join, self.also, self.without):
            row.addWidget(widget)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_query(self, query: Query | None) -> None:
        """Show what is asked for, with its examples."""
        self._query = query
        self._examples = query.more if query is not None else ()
        for chip in self.chips:
            self._row_of_chips.removeWidget(chip)
            chip.deleteLater()
        self.chips = [self._chip(index, example) for index, example in enumerate(self._examples)]
        for chip in self.chips:
            self._row_of_chips.insertWidget(self._row_of_chips.count() - 1, chip)
        self.setEnabled(query is not None)
        self.join.setVisible(sum(example.good for example in self._examples) > 0)
        blocked = self.join.blockSignals(True)
        self.join.setCurrentIndex(self.join.findData(query.how if query is not None else "mean"))
        self.join.blockSignals(blocked)
        self._draw_own()

    def say_where(self, words: str) -> None:
        """What is on show instead of the query's own photo; empty: that is."""
        text = tr("Query ▸ {where}", where=words) if words else tr("Query")
        self.own.say("  " + caption(text))
        back = tr("Back to the query's own photo") if words else tr("This photo is what is searched for")
        self.own.setToolTip(back)
        self.own.setAccessibleName(f"{text}. {back}")

    def _draw_own(self) -> None:
        query = self._query
        if query is not None:
            self.own.setIcon(QIcon(query_crop(self._store, query.path, query.box, CHIP_PX)))
        else:
            self.own.setIcon(QIcon())

    @Slot(object)
    def show_drawing(self, good: bool | None) -> None:
        """Press the button of what the next box will be."""
        self.also.setChecked(good is True)
        self.without.setChecked(good is False)

    def _button(self, sign: str, text: str, tooltip: str) -> QToolButton:
        button = having(QToolButton(), text=f"{sign} {text}", toolTip=tooltip, checkable=True)
        button.setAccessibleName(text)
        return button

    def _chip(self, index: int, example: Example) -> Chip:
        name = example.path.name
        what = tr("a box on {photo}", photo=name) if example.box else name
        if not example.good:
            words = tr("Not wanted: {what}. Click to see it", what=what)
        elif example.box is None:
            words = tr("Wanted: {what}. Click to see it, and draw a box on it", what=what)
        else:
            words = tr("Wanted: {what}. Click to see it", what=what)
        chip = Chip(words)
        chip.setIcon(self._icon(example))
        chip.clicked.connect(lambda: self.looked.emit(example.path))
        chip.away.clicked.connect(lambda: self.removed.emit(index))
        return chip

    def _icon(self, example: Example) -> QIcon:
        return QIcon(signed(query_crop(self._store, example.path, example.box, CHIP_PX), example.good))

    @Slot(object)
    def _on_arrived(self, path: object) -> None:
        if self._query is not None and self._query.path == path:
            self._draw_own()
        for chip, example in zip(self.chips, self._examples, strict=True):
            if example.path == path:
                chip.setIcon(self._icon(example))

    @Slot(int)
    def _on_join(self, row: int) -> None:
        self.join_chosen.emit(self.join.itemData(row))
