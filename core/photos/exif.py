"""The only place that parses a photo's metadata: values are converted to types, or dropped with a note.

Bad metadata never makes a photo unreadable, as its pixels may be fine.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from PIL import ExifTags, Image

LONGEST = 120
"""Longest value in characters: a file may hold anything."""

MOST_EXIF = 1 << 20
"""Largest metadata in bytes that are read; previews lie outside them in normal files."""

EARLIEST = 1800

Base = ExifTags.Base

_DATE = re.compile(
    r"(\d{4})[:/.-](\d{1,2})[:/.-](\d{1,2})"
    r"(?:[ T]+(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?(?:[.,]\d*)?\s*(?:Z|[+-]\d\d:?\d\d)?)?\s*",
    re.ASCII,
)


@dataclass(frozen=True)
class Metadata:
    """The checked metadata of a photo.

    Attributes:
        taken: local time of the picture, ``YYYY-MM-DD HH:MM:SS``; empty if unknown.
        orientation: EXIF orientation, 1 to 8.
        details: names and values to show, each one line of at most ``LONGEST`` characters.
        notes: what was dropped, and why.
    """

    taken: str = ""
    orientation: int = 1
    details: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


def parse_date(value: Any) -> str:
    """A date and time from a file, as ``YYYY-MM-DD HH:MM:SS``; empty if it is not one.

    Everything after a NUL is ignored.  A date without a time means midnight of that day.  Time zones are dropped, as people
    remember the local time.
    """
    found = _DATE.fullmatch(line_of(value, 64))
    if found is None:
        return ""
    try:
        moment = datetime.datetime(*(int(part or 0) for part in found.groups()))  # type: ignore[arg-type]
    except ValueError:
        return ""
    return f"{moment:%Y-%m-%d %H:%M:%S}" if moment.year >= EARLIEST else ""


def parse_orientation(value: Any) -> int | None:
    """The orientation, 1 to 8; None if it is something else."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 8 else None


def line_of(value: Any, longest: int = LONGEST) -> str:
    """A text as one line to show: up to its first NUL, without characters that cannot be printed."""
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else value if isinstance(value, str) else ""
    return "".join(sign for sign in text.partition("\0")[0][: 4 * longest] if sign.isprintable()).strip()[:longest]


def read_metadata(exif: Mapping[int, Any], block: Callable[[int], Mapping[int, Any]]) -> Metadata:
    """The metadata of a photo.

    Args:
        exif: its first directory; reading it may raise any exception.
        block: returns the directories that the first one points to; may raise any exception too.
    """
    notes: list[str] = []
    main = _Guarded(exif, notes)
    taken = _Guarded(_block(block, ExifTags.IFD.Exif, notes), notes)
    gps = _Guarded(_block(block, ExifTags.IFD.GPSInfo, notes), notes)
    orientation = 1
    if (value := main.get(Base.Orientation)) is not None:
        orientation = parse_orientation(value) or 1
        if parse_orientation(value) is None:
            notes.append("the turn of the photo is not one of eight")
    date = _taken((taken.get(Base.DateTimeOriginal), taken.get(Base.DateTimeDigitized), main.get(Base.DateTime)), notes)
    details = [("Taken", date)] if date else []
    for name, tag, written in TAGS:
        value = taken.get(tag)
        if text := _written(main.get(tag) if value is None else value, written):
            details.append((name, text))
    if position := _position(gps):
        details.append(("Place", position))
    return Metadata(date, orientation, tuple(details), tuple(dict.fromkeys(notes)))


def exif_of(image: Image.Image, raw: bytes | None = None) -> Metadata:
    """The metadata of an open picture; no pixels are decoded.

    Args:
        raw: the EXIF data, if Pillow would have to decode the picture to find it.
    """
    try:
        if raw is None:
            exif = image.getexif()
        else:
            exif = Image.Exif()
            exif.load(raw[:MOST_EXIF])
    except Exception:  # a hostile block can make the parser raise anything
        return Metadata(notes=("its metadata cannot be read",))
    return read_metadata(exif, exif.get_ifd)


class _Guarded:
    """A directory of metadata that returns None for values that cannot be read."""

    def __init__(self, found: Mapping[int, Any], notes: list[str]) -> None:
        self._found, self._notes = found, notes

    def get(self, tag: int) -> Any:
        try:
            return self._found.get(tag)
        except Exception:  # as above
            self._notes.append(f"its metadata cannot be read in part (tag {tag})")
            return None


def _block(block: Callable[[int], Mapping[int, Any]], number: int, notes: list[str]) -> Mapping[int, Any]:
    try:
        return block(number)
    except Exception:  # as above
        notes.append("a part of its metadata cannot be read")
        return {}


def _taken(values: Iterable[Any], notes: list[str]) -> str:
    for value in values:
        if date := parse_date(value):
            return date
        if value is not None and line_of(value).strip("0:- "):
            notes.append("its date is not valid")
    return ""


def _number(value: Any) -> float:
    """A finite number.

    Raises:
        ValueError: it is not one.
    """
    number = float(value)
    if not math.isfinite(number):
        raise ValueError("not finite")
    return number


def _exposure(value: Any) -> str:
    seconds = _number(value)
    return f"1/{round(1 / seconds)} s" if 0 < seconds < 0.5 else f"{seconds:g} s"


TAGS: tuple[tuple[str, int, Callable[[Any], str]], ...] = (
    ("Maker", Base.Make, line_of),
    ("Camera", Base.Model, line_of),
    ("Lens", Base.LensModel, line_of),
    ("Exposure", Base.ExposureTime, _exposure),
    ("Aperture", Base.FNumber, lambda value: f"f/{_number(value):g}"),
    ("Sensitivity", Base.ISOSpeedRatings, lambda value: f"ISO {int(value)}"),
    ("Focal length", Base.FocalLength, lambda value: f"{_number(value):g} mm"),
    ("Software", Base.Software, line_of),
    ("Author", Base.Artist, line_of),
    ("Rights", Base.Copyright, line_of),
    ("Description", Base.ImageDescription, line_of),
)
"""Name, tag, and the function that formats its value."""


def camera_of(details: Iterable[tuple[str, str]]) -> str:
    """The camera's name by a photo's ``details``, with its maker's where it does not tell that itself; empty: unknown."""
    found = dict(details)
    maker, model = found.get("Maker", ""), found.get("Camera", "")
    first = maker.partition(" ")[0].casefold()  # "NIKON CORPORATION" makes the "NIKON D90"
    return model if model.casefold().startswith(first) else f"{maker} {model}".strip()


def _written(value: Any, written: Callable[[Any], str]) -> str:
    """A value as text; empty if it is missing or invalid."""
    try:
        return "" if value is None else line_of(written(value))
    except (ValueError, TypeError, ZeroDivisionError, OverflowError):
        return ""


def _position(gps: _Guarded) -> str:
    """Latitude and longitude in degrees; empty if they are missing or out of range."""
    try:
        values = []
        for number, negative, most in ((2, "S", 90), (4, "W", 180)):
            degrees, minutes, seconds = (_number(part) for part in gps.get(number))
            sign = -1 if line_of(gps.get(number - 1)).upper().startswith(negative) else 1
            value = sign * (degrees + minutes / 60 + seconds / 3600)
            if not abs(value) <= most:
                return ""
            values.append(value)
    except (KeyError, ValueError, TypeError, ZeroDivisionError, OverflowError):
        return ""
    return f"{values[0]:.5f}, {values[1]:.5f}"
