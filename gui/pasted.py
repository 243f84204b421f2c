"""Files of pasted pictures: kept for a while, or for good when a saved query needs them."""

from __future__ import annotations

import shutil
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from PySide6.QtGui import QImage

from core.errors import UserError
from core.records import Query
from core.resources import own_folder
from gui.words import tr

FOLDER = "cropseek-pasted-"
PLAIN_PNG = 100
"""Qt's quality of a PNG that is hardly compressed: writing it takes a tenth of the time, and it is ours alone."""


def keep_for_a_while(image: QImage) -> Path:
    """A file of a picture, as every query has one, where the system cleans up.

    Raises:
        UserError: there is no room to keep it.
    """
    path = Path(tempfile.mkdtemp(prefix=FOLDER)) / f"pasted-{time.strftime('%H%M%S')}.png"
    if not image.save(str(path), "PNG", PLAIN_PNG):  # type: ignore[call-overload]
        raise UserError(tr("the picture could not be kept"), str(path), tr("Is the disk full?"))
    return path


def keep_for_good(query: Query) -> Query:
    """The query with its pasted pictures in a folder of the program's own, as others of it are wherever they are.

    Raises:
        UserError: there is no room to keep them.
    """
    more = tuple(replace(example, path=_moved(example.path)) for example in query.more)
    return replace(query, path=_moved(query.path), more=more)


def _moved(path: Path) -> Path:
    if not path.parent.name.startswith(FOLDER):
        return path
    # The temporary folder's name is unique, the file's is not.
    target = own_folder("pasted") / f"{path.stem}-{path.parent.name.removeprefix(FOLDER)}{path.suffix}"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    except OSError as error:
        raise UserError(tr("the picture could not be kept"), str(target), tr("Is the disk full?")) from error
    return target
