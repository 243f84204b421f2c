"""What is dropped on the window or pasted into it: files, folders, pictures out of other programs, paths as text."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from urllib.parse import unquote_to_bytes

from PySide6.QtCore import QMimeData, QObject, QUrl
from PySide6.QtGui import QImage

from core.engine import Engine, Kind, Ticket, UserError, kind_of
from gui.state.lanes import Lane
from gui.state.pasted import keep_for_a_while, picture_suffix
from gui.state.session import AppSession
from gui.widgets.text import tr

PICTURE_FORMATS = ("image/", "application/octet-stream")
"""What carries the bytes of a file: browsers give a dragged picture so, some beside a format that Qt knows."""

QT_PICTURE, DRAWING, LOSSLESS = "application/x-qt-image", "image/svg+xml", "image/png"

MOST_TEXT = 100_000
"""Letters that are searched for paths; nobody copies a longer list of files."""

MOST_PICTURES = 20


Arrived = list[tuple[Path, Kind]]
"""What arrived, and what each is."""


def holds_something(mime: QMimeData) -> bool:
    """Whether it is worth a look: files, a picture, or an address, about which there is something to say."""
    return mime.hasImage() or mime.hasUrls() or any(_is_bytes(name) for name in mime.formats()) or bool(_paths_in(mime))


class DropPaste(QObject):
    """Asks with what arrives, or opens it.

    Args:
        open_path: opens a folder, a library or a photo.
    """

    def __init__(self, session: AppSession, open_path: Callable[[Path], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._open_path = session, open_path

    def take(self, mime: QMimeData | None, add: bool = False) -> None:
        """Open folders or a library; ask with photos, all together, or with pictures.  An empty clipboard is None.

        Args:
            add: folders are added to what is open.
        """
        mime = mime or QMimeData()
        urls = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
        lines, pictures, refusal = _paths_in(mime), _pictures(mime), _refusal(mime)
        engine = self._session.engine
        if not (urls or lines or pictures):
            self._session.failed.emit(refusal)
            return

        def work(ticket: Ticket) -> Arrived:
            """All that asks the disk or decodes: a disk may be away, and a picture may be made to take long."""
            if paths := urls or (lines if all(kind_of(path) is not Kind.GONE for path in lines) else []):
                return [(path, kind_of(path)) for path in paths]
            if not pictures:
                raise refusal
            return [(_kept(picture, engine, refusal), Kind.PHOTO) for picture in pictures]

        self._session.jobs.submit(Lane.PASTE, work, lambda arrived: self._take(arrived, add), self._session.failed.emit)

    def _take(self, arrived: Arrived, add: bool) -> None:
        folders = [path for path, kind in arrived if kind is Kind.FOLDER]
        photos = [path for path, kind in arrived if kind is Kind.PHOTO]
        usable = [path for path, kind in arrived if kind in (Kind.FOLDER, Kind.LIBRARY, Kind.PHOTO)]
        if folders and add:
            self._session.add_folders(folders)
        elif len(folders) > 1:
            self._session.open_folders(tuple(folders))
        elif len(photos) > 1:
            self._session.ask_with(photos)
        else:
            self._open_path((usable or [path for path, _ in arrived])[0])


def _kept(picture: bytes | QImage, engine: Engine, refusal: UserError) -> Path:
    """The file of a picture that core's own decoder can read."""
    path = keep_for_a_while(picture)
    try:
        engine.photo(path)
    except UserError as error:
        path.unlink(missing_ok=True)
        raise UserError(error.what, hint=error.hint or refusal.hint) from error  # the file is nobody's
    return path


def _pictures(mime: QMimeData) -> list[bytes | QImage]:
    """The pictures that came along, as bytes that nobody has decoded; of several in a page the first ones.

    Only what the clipboard has in no other way is taken as Qt's picture: Qt would decode anything, drawings too.
    """
    if mime.hasFormat(DRAWING):
        return []
    names = sorted(filter(_is_bytes, mime.formats()), key=lambda name: name != LOSSLESS)
    carried = (bytes(mime.data(name).data()) for name in names)
    if found := next((data for data in carried if picture_suffix(data)), None):
        return [found]
    if mime.hasFormat(QT_PICTURE) and not (image := QImage(mime.imageData())).isNull():
        return [image]
    return [*islice((data for data in _inline(mime) if picture_suffix(data)), MOST_PICTURES)]


def _refusal(mime: QMimeData) -> UserError:
    """Why what arrived cannot ask."""
    if mime.hasImage() or any(name.startswith("image/") for name in mime.formats()):
        hint = tr("Is it damaged, or very large? Save it as a file, then open that.")
        return UserError(tr("this picture cannot be read"), hint=hint)
    if _addresses(mime):
        hint = tr("Copy the picture itself in the browser (Copy Image), then paste it here.")
        return UserError(
            tr("this is only the address of a picture, and Cropseek never loads anything from the network"), hint=hint
        )
    if mime.text().strip():
        hint = tr("Copy a picture, a file, or the path of one, then paste it.")
        return UserError(tr("there is no picture here, only text"), hint=hint)
    return UserError(tr("there is no picture here"), hint=tr("Copy a picture or a file, then paste it."))


def _is_bytes(name: str) -> bool:
    return name.startswith(PICTURE_FORMATS) and name not in (QT_PICTURE, DRAWING)


def _inline(mime: QMimeData) -> Iterator[bytes]:
    """The pictures that stand in addresses themselves (``data:image/png;base64,...``)."""
    texts = [url.toString(QUrl.ComponentFormattingOption.FullyEncoded) for url in mime.urls()] or [mime.text().strip()]
    texts += re.findall(r"src=[\"'](data:image/[^\"']+)[\"']", mime.html()) if mime.hasHtml() else []
    seen = set[str]()
    for text in texts:
        head, _, body = text.partition(",")
        if head.startswith("data:image/") and text not in seen:
            seen.add(text)
            try:
                yield base64.b64decode(unquote_to_bytes(body)) if head.endswith(";base64") else unquote_to_bytes(body)
            except binascii.Error:
                continue


def _addresses(mime: QMimeData) -> bool:
    """Whether there is nothing but addresses of things elsewhere."""
    urls = mime.urls() or [QUrl(mime.text().strip())]
    return all(url.scheme() in ("http", "https", "ftp", "blob") for url in urls)


def _paths_in(mime: QMimeData) -> list[Path]:
    """The files and folders that a text may name, one a line, plain, in quotes, or as ``file:`` addresses.

    Only when every line could be one; whether they are there is not asked here.
    """
    text = mime.text()
    if mime.hasUrls() or not text.strip() or len(text) > MOST_TEXT:
        return []
    paths = []
    for line in filter(None, map(str.strip, text.splitlines())):
        if (path := _path(line)) is None:
            return []
        paths.append(path)
    return paths


def _path(line: str) -> Path | None:
    line = line.strip("\"'")
    text = QUrl(line).toLocalFile() if line.startswith("file:") else line
    try:
        path = Path(text).expanduser()
        return path if path.is_absolute() else None
    except (RuntimeError, ValueError):
        return None
