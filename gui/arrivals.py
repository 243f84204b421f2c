"""What is dropped on the window or pasted into it: files, folders, or a picture out of another program."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from core.errors import UserError

FOLDER = "cropseek-pasted-"


def holds_something(mime: QMimeData) -> bool:
    """Whether it is a local file or folder, or a picture."""
    return mime.hasImage() or any(url.isLocalFile() for url in mime.urls())


def arrived_paths(mime: QMimeData) -> list[Path]:
    """The files and folders that arrived; a picture is written to a temporary file first, as every query has one.

    Raises:
        UserError: there is neither a file nor a picture, or no room to keep the picture.
    """
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    if paths:
        return paths
    image = QImage(mime.imageData()) if mime.hasImage() else QImage()
    if image.isNull():
        raise UserError("there is no picture here", hint="Copy a picture or a file, then paste it.")
    path = Path(tempfile.mkdtemp(prefix=FOLDER)) / f"pasted-{time.strftime('%H%M%S')}.png"
    if not image.save(str(path)):
        raise UserError("the picture could not be kept", str(path), "Is the disk full?")
    return [path]
