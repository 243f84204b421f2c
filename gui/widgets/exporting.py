"""Asking where to write: a dialog begins where the last file was written, at first among the person's pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

PICTURES = QStandardPaths.StandardLocation.PicturesLocation


class Remembering(Protocol):
    """Who remembers where the last file went: the session."""

    exports: Path | None


def ask_file(parent: QWidget, session: Remembering, title: str, name: str, kinds: str) -> Path | None:
    """A file to write; None when the person does not want to.

    Args:
        name: offered first.
        kinds: as Qt takes them, each of one suffix, which a name without any is given.
    """
    found, kind = QFileDialog.getSaveFileName(parent, title, str(_start(session) / name), kinds)
    if not found:
        return None
    path = Path(found)
    session.exports = path.parent
    return path if path.suffix else path.with_name(path.name + kind[kind.rindex("*") + 1 : -1])


def ask_folder(parent: QWidget, session: Remembering, title: str) -> Path | None:
    """A folder to write into; None when the person does not want to."""
    found = QFileDialog.getExistingDirectory(parent, title, str(_start(session)))
    if not found:
        return None
    session.exports = Path(found)
    return session.exports


def _start(session: Remembering) -> Path:
    if session.exports is not None and session.exports.is_dir():
        return session.exports
    return Path(QStandardPaths.writableLocation(PICTURES) or Path.home())
