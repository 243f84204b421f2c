"""What is dropped on the window or pasted into it: files, folders, or a picture out of another program."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QImage

from core.errors import UserError
from core.images import SUFFIXES
from gui.session import AppSession

FOLDER = "cropseek-pasted-"
PLAIN_PNG = 100
"""Qt's quality of a PNG that is hardly compressed: writing it takes a tenth of the time, and it is ours alone."""

NOTHING = UserError("there is no picture here", hint="Copy a picture or a file, then paste it.")


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
            self._session.failed.emit(
                UserError("there is no picture here", hint="Copy a picture or a file, then paste it.")
            )
        else:
            self._session.jobs.submit("paste", lambda ticket: _kept(image), self._open_path, self._session.failed.emit)


def _kept(image: QImage) -> Path:
    """A file of a picture, as every query has one; made on a background thread.

    Raises:
        UserError: there is no room to keep it.
    """
    path = Path(tempfile.mkdtemp(prefix=FOLDER)) / f"pasted-{time.strftime('%H%M%S')}.png"
    if not image.save(str(path), "PNG", PLAIN_PNG):  # type: ignore[call-overload]
        raise UserError("the picture could not be kept", str(path), "Is the disk full?")
    return path
