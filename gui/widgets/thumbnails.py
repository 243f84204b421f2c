"""Small pictures of photos, and of boxes on them: loaded by two threads, newest wish first, within a limit of bytes."""

from __future__ import annotations

import logging
from collections import OrderedDict
from pathlib import Path

from cachetools import LRUCache
from PySide6.QtCore import QObject, QRect, Qt, QThreadPool, Signal, Slot
from PySide6.QtGui import QImage, QPainter, QPixmap

from core.engine import Engine, UserError
from core.geometry import Box
from gui.widgets.qimage import image_from_rgb
from gui.widgets.report import error_report

_log = logging.getLogger("cropseek.thumbnails")

EDGE = 256
CROP_EDGE = 192
Wish = tuple[Path, Box | None]
"""A photo, or a box on it."""

MAX_BYTES = 96 << 20
MAX_WAITING = 300
"""Wishes beyond this are dropped, oldest first: they have left the screen, and are wished again when they return."""


class _Load:
    """Runs on a pool thread; no ``QRunnable`` (``gui.state.jobs``)."""

    def __init__(self, store: ThumbnailStore) -> None:
        self._take, self._post, self._engine = store.take, store.loaded.emit, store.engine

    def run(self) -> None:
        """Load the newest wish, or the newest together."""
        pictures = self._engine.pictures
        wishes = self._take(pictures.together)
        if len(wishes) > 1:
            pictures.expect([path for path, box in wishes if box is None])
        for wish in wishes:
            self._load(wish)

    def _load(self, wish: Wish) -> None:
        try:
            image: QImage | None = self._image(*wish)
        except UserError:
            image = None
        except Exception as error:  # a defect: only logged, as it may occur for every visible photo
            _log.error("a small picture broke\n%s", error_report(error))
            image = None
        self._post(wish, image)

    def _image(self, path: Path, box: Box | None) -> QImage:
        if box is None:
            return image_from_rgb(self._engine.thumbnail(path, EDGE))
        photo, _ = self._engine.pictures.photo_or_copy(path)
        height, width = photo.shape[:2]
        left, top = min(max(int(box.x0), 0), width - 1), min(max(int(box.y0), 0), height - 1)
        whole = image_from_rgb(photo[top : max(round(box.y1), top + 1), left : max(round(box.x1), left + 1)])
        small = min(CROP_EDGE, max(whole.width(), whole.height()))
        return whole.scaled(small, small, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)


class ThumbnailStore(QObject):
    """Thumbnails, read in the background and kept in memory.

    Emits ``arrived(path)`` when a picture asked for is there, or has failed.
    """

    arrived = Signal(object)
    loaded = Signal(object, object)

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.engine = engine
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(2)
        self._kept: LRUCache[Wish, QPixmap | None] = LRUCache(MAX_BYTES, _cost)
        self._waiting: OrderedDict[Wish, None] = OrderedDict()
        self._loading: set[Wish] = set()
        self.loaded.connect(self._on_loaded)

    def get(self, path: Path, box: Box | None = None) -> QPixmap | None:
        """The picture when it is there; else it is wished for and None returned, as for one that failed."""
        wish = (path, box)
        if wish in self._kept:
            return self._kept[wish]
        if wish not in self._loading:
            fresh = wish not in self._waiting
            self._waiting[wish] = None
            self._waiting.move_to_end(wish)
            if len(self._waiting) > MAX_WAITING:
                self._waiting.popitem(last=False)
            elif fresh:
                self._pool.start(_Load(self).run)
        return None

    def failed(self, path: Path) -> bool:
        """Whether the photo could not be read."""
        return (path, None) in self._kept and self._kept[path, None] is None

    def take(self, most: int) -> list[Wish]:
        """The newest wishes; called by the loading threads (operations of a dictionary, which Python makes whole)."""
        taken: list[Wish] = []
        while len(taken) < most and self._waiting:
            try:
                wish, _ = self._waiting.popitem(last=True)
            except KeyError:  # another thread was quicker
                break
            self._loading.add(wish)
            taken.append(wish)
        return taken

    def forget(self) -> None:
        """Let go of the pictures of another collection."""
        self._waiting.clear()
        self._kept.clear()

    def shutdown(self) -> bool:
        """Forget the wishes and wait for what is being loaded."""
        self._waiting.clear()
        self._pool.clear()
        return self._pool.waitForDone(5000)

    @Slot(object, object)
    def _on_loaded(self, wish: Wish, image: QImage | None) -> None:
        self._loading.discard(wish)
        self._kept[wish] = QPixmap.fromImage(image) if image is not None else None
        self.arrived.emit(wish[0])


def paint_thumbnail(painter: QPainter, picture: QPixmap, room: QRect, at_bottom: bool = False) -> QRect:
    """Draw a picture as large as it fits into ``room``, in the middle of it or at the bottom; returns where it is."""
    target = QRect(room.topLeft(), picture.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio))
    target.moveCenter(room.center())
    if at_bottom:
        target.moveBottom(room.bottom())
    painter.drawPixmap(target, picture)
    return target


def _cost(pixmap: QPixmap | None) -> int:
    return pixmap.width() * pixmap.height() * 4 if pixmap is not None else 64
