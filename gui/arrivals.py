"""What is dropped on the window or pasted into it: files, folders, or a picture out of another program."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QImage

from core.errors import UserError
from core.images import SUFFIXES
from gui.pasted import keep_for_a_while
from gui.session import AppSession
from gui.words import tr


def holds_something(mime: QMimeData) -> bool:
    """Whether it is a local file or folder, or a picture."""
    return mime.hasImage() or any(url.isLocalFile() for url in mime.urls())


class Arrivals(QObject):
    """Lives on the window's thread and emits nothing.  Asks with what arrives, or opens it.

    Args:
        open_path: opens a folder, a library or a photo.
    """

    def __init__(self, session: AppSession, open_path: Callable[[Path], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._open_path = session, open_path

    def take(self, mime: QMimeData) -> None:
        """Open a folder or library; ask with photos, all together, or with a picture."""
        paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
        photos = [path for path in paths if path.suffix.lower() in SUFFIXES and not path.is_dir()]
        if len(photos) > 1:
            self._session.ask_with(photos)
        elif paths:
            self._open_path(paths[0])
        else:
            self._take_picture(QImage(mime.imageData()) if mime.hasImage() else QImage())

    def _take_picture(self, image: QImage) -> None:
        if image.isNull():
            hint = tr("Copy a picture or a file, then paste it.")
            self._session.failed.emit(UserError(tr("there is no picture here"), hint=hint))
        else:
            self._session.jobs.submit(
                "paste", lambda ticket: keep_for_a_while(image), self._open_path, self._session.failed.emit
            )
