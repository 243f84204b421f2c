"""The examples of a query as a row of chips above the results: what is wanted, what is not, and how they are joined."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QScrollArea, QToolButton, QWidget

from core.records import Example, Query
from gui.widgets.plain import tip
from gui.widgets.properties import having
from gui.widgets.text import later, tr
from gui.widgets.theme import BAD_COLOUR, GOOD_COLOUR
from gui.widgets.thumbnails import ThumbnailStore

CHIP_PX, AWAY_PX = 34, 16
SHELF_PX = 58
"""A chip, its frame, and a scroll bar where there are many."""
WORDS = {"mean": later("Views of one thing"), "best": later("Any of them")}


class Chip(QToolButton):
    """Lives on the window's thread.  Beside what a button emits, its own button ``away`` is clicked, or Delete pressed."""

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
        """Delete takes it away."""
        if event.key() == Qt.Key.Key_Delete:
            self.away.click()
        else:
            super().keyPressEvent(event)


class QueryStrip(QWidget):
    """Lives on the window's thread.

    Emits ``looked(path)`` when an example is to be seen, ``removed(place)`` when the one at a place of ``query.more`` is to
    go, ``join_chosen(how)``, and ``drawing_chosen(good | None)`` when the next box is to be a further example, or the
    query's own again.
    """

    looked = Signal(object)
    removed = Signal(int)
    join_chosen = Signal(str)
    drawing_chosen = Signal(object)

    def __init__(self, store: ThumbnailStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self.also = self._button("+", tr("Also"), tr("The next box is wanted too (or draw it with Shift)"))
        not_wanted = tr("The next box shows what is not wanted (or draw it with the right button)")
        self.without = self._button("−", tr("Not"), not_wanted)
        self.join = having(QComboBox(), toolTip=tr("Whether the wanted boxes show one thing, or different ones"))
        self.join.setAccessibleName(tr("How several boxes are joined"))
        for how, words in WORDS.items():
            self.join.addItem(tr(words), how)
        self.chips: list[Chip] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(3)
        self._row.addWidget(self.also)
        self._row.addWidget(self.without)
        self._row.addStretch(1)
        self.shelf = QWidget()
        self._build_shelf()
        self.also.clicked.connect(lambda on: self.drawing_chosen.emit(True if on else None))
        self.without.clicked.connect(lambda on: self.drawing_chosen.emit(False if on else None))
        self.join.currentIndexChanged.connect(self._on_join)
        store.arrived.connect(self._on_arrived)
        self.set_query(None)

    def _build_shelf(self) -> None:
        """The chips scroll in a row of their own: many of them must not make the panel wider."""
        inside = QWidget()
        self._places = QHBoxLayout(inside)
        scroll = having(QScrollArea(widgetResizable=True), frameShape=QFrame.Shape.NoFrame)
        scroll.setWidget(inside)
        scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFixedHeight(SHELF_PX)
        row = QHBoxLayout(self.shelf)
        for layout in (row, self._places):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(3)
        self._places.addStretch(1)
        row.addWidget(scroll, 1)
        row.addWidget(self.join)

    def set_query(self, query: Query | None) -> None:
        """Show the examples of a query; nothing is shown of one without any but the ways to add some."""
        self._examples: tuple[Example, ...] = query.more if query is not None else ()
        for chip in self.chips:
            self._places.removeWidget(chip)
            chip.deleteLater()
        self.chips = [self._chip(place, example) for place, example in enumerate(self._examples)]
        for chip in self.chips:
            self._places.insertWidget(self._places.count() - 1, chip)
        self.shelf.setVisible(bool(self.chips))
        self.setEnabled(query is not None)
        self.join.setVisible(sum(example.good for example in self._examples) > 0)
        blocked = self.join.blockSignals(True)
        self.join.setCurrentIndex(self.join.findData(query.how if query is not None else "mean"))
        self.join.blockSignals(blocked)

    @Slot(object)
    def show_drawing(self, good: bool | None) -> None:
        """Hold the button of what the next box will be."""
        self.also.setChecked(good is True)
        self.without.setChecked(good is False)

    def _button(self, sign: str, text: str, tooltip: str) -> QToolButton:
        button = having(QToolButton(), text=f"{sign} {text}", toolTip=tooltip, checkable=True)
        button.setAccessibleName(text)
        return button

    def _chip(self, place: int, example: Example) -> Chip:
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
        chip.away.clicked.connect(lambda: self.removed.emit(place))
        return chip

    def _icon(self, example: Example) -> QIcon:
        """The photo in a frame of its kind's colour, with its sign."""
        icon = QPixmap(CHIP_PX, CHIP_PX)
        icon.fill(Qt.GlobalColor.transparent)
        colour = QColor(GOOD_COLOUR if example.good else BAD_COLOUR)
        painter = QPainter(icon)
        if (picture := self._store.get(example.path)) is not None:
            aspect = Qt.AspectRatioMode.KeepAspectRatioByExpanding
            small = picture.scaled(icon.size(), aspect, Qt.TransformationMode.SmoothTransformation)
            painter.drawPixmap((CHIP_PX - small.width()) // 2, (CHIP_PX - small.height()) // 2, small)
        painter.setPen(QPen(colour, 3))
        painter.drawRect(1, 1, CHIP_PX - 3, CHIP_PX - 3)
        painter.fillRect(0, 0, 13, 13, colour)
        painter.setPen(QPen(Qt.GlobalColor.white, 2))
        painter.drawLine(3, 6, 9, 6)
        if example.good:
            painter.drawLine(6, 3, 6, 9)
        painter.end()
        return QIcon(icon)

    @Slot(object)
    def _on_arrived(self, path: object) -> None:
        for chip, example in zip(self.chips, self._examples, strict=True):
            if example.path == path:
                chip.setIcon(self._icon(example))

    @Slot(int)
    def _on_join(self, row: int) -> None:
        self.join_chosen.emit(self.join.itemData(row))
