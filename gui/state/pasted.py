"""Files of pasted pictures: kept for a while, or for good when a saved query needs them."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from PySide6.QtGui import QImage

from core.engine import UserError, cache_folder, own_folder
from core.records import Query
from gui.widgets.text import tr

WHILE_S = 7 * 24 * 3600.0
PLAIN_PNG = 100
"""Qt's quality of a PNG that is hardly compressed: writing it takes a tenth of the time, and it is ours alone."""


BEGINNINGS = {
    b"\x89PNG": ".png",
    b"\xff\xd8\xff": ".jpg",
    b"GIF8": ".gif",
    b"BM": ".bmp",
    b"II*\0": ".tif",
    b"MM\0*": ".tif",
}
"""First bytes of pictures that can be pasted, and the suffix of their files."""


def lately() -> Path:
    """Where pictures lie that were pasted within ``WHILE_S``.  Not named as those kept for good: both roots may be one."""
    return cache_folder("pasted-lately")


def picture_suffix(data: bytes) -> str:
    """The suffix of a file with these bytes, by their beginning; empty if they are not a supported picture.

    Drawings and pages (SVG, PDF, EPS) are programs of a kind, and none of these.
    """
    if data[4:8] == b"ftyp":
        return ".avif" if b"avif" in data[:32] else ".heic"
    if data[:4] == b"RIFF":
        return ".webp" if data[8:12] == b"WEBP" else ""
    return next((suffix for start, suffix in BEGINNINGS.items() if data.startswith(start)), "")


def keep_for_a_while(picture: bytes | QImage) -> Path:
    """Store a picture in a file, as every query needs one; it is removed after a week.

    Args:
        picture: the bytes of a file (``picture_suffix``), or decoded.

    Raises:
        UserError: there is no room to keep it.
    """
    folder = lately()
    suffix = picture_suffix(picture) if isinstance(picture, bytes) else ".png"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _tidy(folder)
        handle, name = tempfile.mkstemp(prefix=f"pasted-{time.strftime('%H%M%S')}-", suffix=suffix, dir=folder)
        with os.fdopen(handle, "wb") as file:
            file.write(picture if isinstance(picture, bytes) else b"")
    except OSError as error:
        raise _no_room(folder) from error
    if isinstance(picture, QImage) and not picture.save(name, "PNG", PLAIN_PNG):  # type: ignore[call-overload]
        raise _no_room(folder)
    return Path(name)


def _tidy(folder: Path) -> None:
    for path in folder.iterdir():
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > WHILE_S:
                path.unlink()


def _no_room(folder: Path) -> UserError:
    return UserError(tr("the picture could not be kept"), str(folder), tr("Is the disk full?"))


def keep_for_good(query: Query) -> Query:
    """The query with its pasted pictures moved to the program's folder; other photos stay where they are.

    Raises:
        UserError: there is no room to keep them.
    """
    more = tuple(replace(example, path=_moved(example.path)) for example in query.more)
    return replace(query, path=_moved(query.path), more=more)


def _moved(path: Path) -> Path:
    if path.parent != lately():
        return path
    target = own_folder("pasted") / path.name
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    except OSError as error:
        raise _no_room(target) from error
    return target
