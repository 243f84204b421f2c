"""Small pictures for the lists: loaded by two threads, newest wish first, kept within a limit of bytes."""

from __future__ import annotations

import logging
from collections import OrderedDict
from pathlib import Path

from cachetools import LRUCache
from PySide6.QtCore import QObject, QThreadPool, Signal, Slot
from PySide6.QtGui import QImage, QPixmap

from core.engine import Engine, UserError
from gui.widgets.qimage import image_from_rgb
from gui.widgets.report import error_report

_log = logging.getLogger("cropseek.thumbnails")

EDGE = 256
MAX_BYTES = 96 << 20
MAX_WAITING = 300
"""Wishes beyond this are dropped, oldest first: they have left the screen, and are wished again when they return."""


class _Load:
    """Runs on a pool thread; no ``QRunnable`` (``gui.state.jobs``)."""

    def __init__(self, store: ThumbnailStore) -> None:
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
        except Exception as error:  # a defect: told by the log, as it would be told for every photo in sight
            _log.error("a small picture broke\n%s", error_report(error))
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
        self._kept: LRUCache[Path, QPixmap | None] = LRUCache(MAX_BYTES, _cost)
        self._waiting: OrderedDict[Path, None] = OrderedDict()
        self._loading: set[Path] = set()
        self.loaded.connect(self._on_loaded)

    def get(self, path: Path) -> QPixmap | None:
        """The picture when it is there; else it is wished for and None returned, as for one that failed."""
        if path in self._kept:
            return self._kept[path]
        if path not in self._loading:
            fresh = path not in self._waiting
            self._waiting[path] = None
            self._waiting.move_to_end(path)
            if len(self._waiting) > MAX_WAITING:
                self._waiting.popitem(last=False)
            elif fresh:
                self._pool.start(_Load(self).run)
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
    def _on_loaded(self, path: Path, image: QImage | None) -> None:
        self._loading.discard(path)
        self._kept[path] = QPixmap.fromImage(image) if image is not None else None
        self.arrived.emit(path)


def _cost(pixmap: QPixmap | None) -> int:
    return pixmap.width() * pixmap.height() * 4 if pixmap is not None else 64
