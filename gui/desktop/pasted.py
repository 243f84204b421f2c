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

from core.records import Query
from core.util.errors import UserError
from core.util.resources import cache_folder, own_folder
from gui.widgets.text import tr

WHILE_S = 7 * 24 * 3600.0
PLAIN_PNG = 100
"""Qt's quality of a PNG that is hardly compressed: writing it takes a tenth of the time, and it is ours alone."""


def lately() -> Path:
    """Where pictures lie that were pasted within ``WHILE_S``.  Not named as those kept for good: both roots may be one."""
    return cache_folder("pasted-lately")


def keep_for_a_while(image: QImage) -> Path:
    """A file of a picture, as every query has one; a week later it makes room for others.

    Raises:
        UserError: there is no room to keep it.
    """
    folder = lately()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _tidy(folder)
        handle, name = tempfile.mkstemp(prefix=f"pasted-{time.strftime('%H%M%S')}-", suffix=".png", dir=folder)
        os.close(handle)
    except OSError as error:
        raise _no_room(folder) from error
    if not image.save(name, "PNG", PLAIN_PNG):  # type: ignore[call-overload]
        raise _no_room(folder)
    return Path(name)


def _tidy(folder: Path) -> None:
    for path in folder.iterdir():
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > WHILE_S:
                path.unlink()


def _no_room(place: Path) -> UserError:
    return UserError(tr("the picture could not be kept"), str(place), tr("Is the disk full?"))


def keep_for_good(query: Query) -> Query:
    """The query with its pasted pictures in a folder of the program's own, as others of it are wherever they are.

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
