"""Details of a photo file to show: folder, size, format, and how it was taken (EXIF)."""

from __future__ import annotations

import time
from pathlib import Path

from core.photos.disk import look
from core.photos.images import read_header


def photo_details(path: Path) -> list[tuple[str, str]]:
    """Names and values of the details that the file has, and notes on its faults; each value is one line.

    Raises:
        UserError: as ``images.read_header``.
    """
    photo, status = read_header(path), look(path).status
    width, height = photo.size
    rows = [
        ("Name", shown_name(path.name)),
        ("Folder", shown_name(str(path.parent))),
        ("Pixels", f"{width:,} × {height:,} ({width * height / 1e6:.1f} MP)"),
    ]
    if status is not None:
        rows.append(("File", f"{photo.kind}, {status.st_size / 1e6:.2f} MB"))
        rows.append(("Changed", _moment(status.st_mtime)))
    return [*rows, *photo.details, *(("Note", note) for note in photo.notes)]


def shown_name(name: str) -> str:
    """A file name as one line of text, whatever bytes it has on the disk."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in name)


def _moment(seconds: float) -> str:
    """Local time; empty if the disk's value is out of range."""
    try:
        return time.strftime("%Y-%m-%d %H:%M", time.localtime(seconds))
    except (ValueError, OverflowError, OSError):
        return ""
