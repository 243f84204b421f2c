"""What a photo's file says of itself, and what the library knows of it beside."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core.engine import photo_details
from core.records import STAR
from gui.state.lanes import Lane
from gui.state.session import AppSession
from gui.widgets.plain_text import tip
from gui.widgets.text import tr

BETWEEN_PX = 8
"""Between two lines, so that the parts of a long one are seen to belong together."""


class _Apart(QStyledItemDelegate):
    """Gives each line some room below it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        size: QSize = super().sizeHint(option, index)
        return size + QSize(0, BETWEEN_PX)


class DetailsPanel(QWidget):
    """Reads files only while it is seen."""

    def __init__(self, session: AppSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._path: Path | None = None
        self.table = QTableWidget(0, 2)
        self.table.setAccessibleName(tr("Details of the photo"))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setShowGrid(False)
        self.table.setItemDelegate(_Apart(self.table))
        for header in (self.table.horizontalHeader(), self.table.verticalHeader()):
            header.hide()
        self.table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.verticalHeader().setMinimumSectionSize(22)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 8, 0)
        layout.addWidget(self.table)
        self._told: list[tuple[str, str]] = []
        session.photo_opened.connect(self._on_photo_opened)
        session.photos_changed.connect(self._tell_marks)

    def rows(self) -> dict[str, str]:
        """What is shown."""
        model = self.table.model()
        return {model.index(row, 0).data(): model.index(row, 1).data() for row in range(model.rowCount())}

    def showEvent(self, event: QShowEvent) -> None:
        """Read the photo that was set while the panel was hidden."""
        super().showEvent(event)
        self._read()

    @Slot(object)
    def show_path(self, path: Path | None) -> None:
        """Tell of another photo; None: of none."""
        self._path = path
        if path is None or self.isVisible():
            self._read()

    @Slot()
    def _on_photo_opened(self) -> None:
        self.show_path(self._session.query.path if self._session.query is not None else None)

    def _read(self) -> None:
        path = self._path
        if path is None:
            self._show([])
        else:
            # A bad file is reported by the lane that opens the photo.
            self._session.jobs.submit(Lane.DETAILS, lambda _: photo_details(path), self._show)

    def _show(self, rows: list[tuple[str, str]]) -> None:
        self._told = rows
        self._fill(rows[:1] + self._marks() + rows[1:])

    @Slot()
    def _tell_marks(self) -> None:
        if self._told and self.isVisible():
            self._show(self._told)

    def _marks(self) -> list[tuple[str, str]]:
        """The photo's star and tags, which are the library's."""
        listing = self._session.photos
        place = listing.index_of(self._path) if self._path is not None else -1
        marks = listing[place].marks if place >= 0 else ()
        tags = ", ".join(mark for mark in marks if mark != STAR)
        starred = [(tr("Star"), "★")] if STAR in marks else []
        return starred + ([(tr("Tags"), tags)] if tags else [])

    def _fill(self, rows: list[tuple[str, str]]) -> None:
        self.table.setRowCount(len(rows))
        for row, (name, value) in enumerate(rows):
            for column, text in enumerate((tr(name), value)):
                item = QTableWidgetItem(text)
                item.setToolTip(tip(value))
                if column == 0:
                    item.setForeground(self.palette().placeholderText())
                item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
                self.table.setItem(row, column, item)
        self.table.resizeColumnToContents(0)
