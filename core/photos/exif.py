"""What a photo file says of itself: its place, size and format, and how it was taken (EXIF)."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PIL import ExifTags

from core.photos.images import opened

LONGEST = 120
"""Characters of a value: a file may say anything."""

Base = ExifTags.Base


def photo_details(path: Path) -> list[tuple[str, str]]:
    """Names and values, those that the file has.

    Raises:
        UserError: as ``images.read_photo``.
    """
    with opened(path) as image:
        exif = image.getexif()
        taken = {**dict(exif), **exif.get_ifd(ExifTags.IFD.Exif)}
        place = exif.get_ifd(ExifTags.IFD.GPSInfo)
        form, (width, height) = image.format or "", image.size
    status = path.stat()
    rows = [
        ("Name", path.name),
        ("Folder", str(path.parent)),
        ("Pixels", f"{width:,} × {height:,} ({width * height / 1e6:.1f} MP)"),
        ("File", f"{form}, {status.st_size / 1e6:.2f} MB"),
        ("Changed", time.strftime("%Y-%m-%d %H:%M", time.localtime(status.st_mtime))),
    ]
    for name, tag, written in TAGS:
        if (value := _written(taken.get(tag), written)) != "":
            rows.append((name, value))
    if position := _position(place):
        rows.append(("Place", position))
    return rows


def _text(value: Any) -> str:
    return str(value)


def _exposure(value: Any) -> str:
    seconds = float(value)
    return f"1/{round(1 / seconds)} s" if 0 < seconds < 0.5 else f"{seconds:g} s"


TAGS: tuple[tuple[str, int, Callable[[Any], str]], ...] = (
    ("Taken", Base.DateTimeOriginal, lambda value: str(value).replace(":", "-", 2)),
    ("Maker", Base.Make, _text),
    ("Camera", Base.Model, _text),
    ("Lens", Base.LensModel, _text),
    ("Exposure", Base.ExposureTime, _exposure),
    ("Aperture", Base.FNumber, lambda value: f"f/{float(value):g}"),
    ("Sensitivity", Base.ISOSpeedRatings, lambda value: f"ISO {int(value)}"),
    ("Focal length", Base.FocalLength, lambda value: f"{float(value):g} mm"),
    ("Software", Base.Software, _text),
    ("Author", Base.Artist, _text),
    ("Rights", Base.Copyright, _text),
    ("Description", Base.ImageDescription, _text),
)
"""Name, tag, and how its value is written."""


def _written(value: Any, written: Callable[[Any], str]) -> str:
    """A value in words; empty when there is none, or it makes no sense."""
    try:
        text = "" if value is None else written(value)
    except (ValueError, TypeError, ZeroDivisionError, OverflowError):
        return ""
    return "".join(sign for sign in text if sign.isprintable()).strip()[:LONGEST]


def _position(place: Mapping[int, Any]) -> str:
    """Latitude and longitude in degrees; empty when they are not told."""
    try:
        values = []
        for number, negative in ((2, "S"), (4, "W")):
            degrees, minutes, seconds = (float(part) for part in place[number])
            sign = -1 if str(place[number - 1]).upper().startswith(negative) else 1
            values.append(sign * (degrees + minutes / 60 + seconds / 3600))
    except (KeyError, ValueError, TypeError, ZeroDivisionError):
        return ""
    return f"{values[0]:.5f}, {values[1]:.5f}"
