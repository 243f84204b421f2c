"""The gallery: all photos of the collection, filtered by name."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from core.records import PhotoRecord
from gui.thumbnails import ThumbnailStore
from gui.tiles import Tile, TileView

FILTER_MS = 150


class GalleryPanel(QWidget):
    """Lives on the window's thread.  Emits ``photo_chosen(path)``."""

    photo_chosen = Signal(object)

    def __init__(self, store: ThumbnailStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.filter = QLineEdit(placeholderText="Filter by name…", clearButtonEnabled=True)
        self._count = QLabel(objectName="muted")
        self.view = TileView(store, 104, "Photos of the collection", self)
        self._photos: tuple[PhotoRecord, ...] = ()
        self._tiles: list[Tile] = []
        # Typing must not lay out a hundred thousand tiles at every key.
        self._delay = QTimer(self, singleShot=True, interval=FILTER_MS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 0, 0, 0)
        layout.addWidget(self.filter)
        layout.addWidget(self._count)
        layout.addWidget(self.view, 1)
        self.filter.textChanged.connect(self._delay.start)
        self._delay.timeout.connect(self._apply_filter)
        self.view.opened.connect(self.photo_chosen)

    def set_photos(self, photos: tuple[PhotoRecord, ...]) -> None:
        """Show other photos."""
        self._tiles = [_tile(photo) for photo in photos]
        self._apply_filter()

    def neighbour(self, path: Path | None, by: int) -> Path | None:
        """The photo so many places after one (before: negative) among those shown; None: there is none."""
        row = self.view.tiles.row_of(path) + by if path is not None else 0
        return self.view.tiles.tile(row).path if 0 <= row < self.view.tiles.rowCount() else None

    @Slot()
    def _apply_filter(self) -> None:
        words = self.filter.text().casefold().split()
        shown = [t for t in self._tiles if all(w in str(t.path).casefold() for w in words)] if words else self._tiles
        self.view.tiles.set_tiles(shown)
        total = len(self._tiles)
        self._count.setText(f"{len(shown):,} of {total:,} photos" if words else f"{total:,} photos")


def _tile(photo: PhotoRecord) -> Tile:
    skipped = photo.state == "skipped"
    note = f"\nskipped: {photo.reason}" if skipped else f"\n{photo.width} × {photo.height} px" if photo.width else ""
    return Tile(photo.path, photo.path.name, f"{photo.path}{note}", faded=skipped)
