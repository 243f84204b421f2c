"""Small pictures for the lists: loaded by two threads, newest wish first, kept within a limit of bytes."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot
from PySide6.QtGui import QImage, QPixmap

from core.engine import Engine
from core.util.errors import UserError
from gui.widgets.qimage import image_from_rgb

EDGE = 256
MAX_BYTES = 96 << 20
MAX_WAITING = 300
"""Wishes beyond this are dropped, oldest first: they have left the screen, and are wished again when they return."""


class _Load(QRunnable):
    """Runs on a pool thread."""

    def __init__(self, store: ThumbnailStore) -> None:
        super().__init__()
        self._take, self._post, self._engine = store.take, store.loaded.emit, store.engine

    def run(self) -> None:
        """Load the newest wish."""
        path = self._take()
        if path is None:
            return
        try:
            image: QImage | None = image_from_rgb(self._engine.thumbnail(path, EDGE))
        except UserError:
            image = None
        self._post(path, image)


class ThumbnailStore(QObject):
    """Lives on the window's thread.  Emits ``arrived(path)`` when a picture asked for is there, or has failed."""

    arrived = Signal(object)
    loaded = Signal(object, object)

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.engine = engine
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(2)
        self._kept: OrderedDict[Path, QPixmap | None] = OrderedDict()
        self._bytes = 0
        self._waiting: OrderedDict[Path, None] = OrderedDict()
        self._loading: set[Path] = set()
        self.loaded.connect(self._on_loaded)

    def get(self, path: Path) -> QPixmap | None:
        """The picture when it is there; else it is wished for and None returned, as for one that failed."""
        if path in self._kept:
            self._kept.move_to_end(path)
            return self._kept[path]
        if path not in self._loading:
            fresh = path not in self._waiting
            self._waiting[path] = None
            self._waiting.move_to_end(path)
            if len(self._waiting) > MAX_WAITING:
                self._waiting.popitem(last=False)
            elif fresh:
                self._pool.start(_Load(self))
        return None

    def failed(self, path: Path) -> bool:
        """Whether the photo could not be read."""
        return path in self._kept and self._kept[path] is None

    def take(self) -> Path | None:
        """The newest wish; called by the loading threads (one dictionary operation, which Python makes whole)."""
        try:
            path, _ = self._waiting.popitem(last=True)
        except KeyError:
            return None
        self._loading.add(path)
        return path

    def shutdown(self) -> bool:
        """Forget the wishes and wait for what is being loaded."""
        self._waiting.clear()
        self._pool.clear()
        return self._pool.waitForDone(5000)

    @Slot(object, object)
    def _on_loaded(self, path: Path, image: QImage | None) -> None:
        self._loading.discard(path)
        self._kept[path] = QPixmap.fromImage(image) if image is not None else None
        self._bytes += _cost(self._kept[path])
        while self._bytes > MAX_BYTES:
            _, dropped = self._kept.popitem(last=False)
            self._bytes -= _cost(dropped)
        self.arrived.emit(path)


def _cost(pixmap: QPixmap | None) -> int:
    return pixmap.width() * pixmap.height() * 4 if pixmap is not None else 64
