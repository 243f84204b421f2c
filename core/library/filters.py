"""The filter language: words, and ``key:value`` for properties of photos.

    tower -night            the path contains "tower" and does not contain "night"
    folder:rome             a folder on the path contains "rome"
    date:2024  date:2024-05..2024-08   taken then; days, months or years, both ends included
    size:>2MP  size:<800    more than two megapixels; a longer side below 800 pixels
    state:skipped           new, indexed, skipped or missing
    is:starred              marked with a star
    tag:roof                has a tag that begins with "roof"
    camera:canon            the name of the camera contains "canon"; camera: alone, it is known

All conditions must hold; case is ignored; quotes allow blanks; a leading ``-`` negates.
"""

from __future__ import annotations

import re
import shlex
import unicodedata
from collections.abc import Callable

from core.library.listing import STATES
from core.records import STAR, PhotoRecord
from core.util.errors import UserError

Test = Callable[[PhotoRecord], bool]
HELP = (
    "words, -words, folder:rome, date:2024-05..2024-08, size:>2MP, size:<800, state:skipped, is:starred, tag:roof,"
    " camera:canon"
)


def parse_filter(text: str) -> Test:
    """The test of photos that a filter describes.

    Raises:
        UserError: an invalid value.
    """
    tests = [_term(term) for term in terms_of(text)]
    return lambda photo: all(test(photo) for test in tests)


def plain_words(text: str) -> list[str]:
    """The plain words of a filter, which the path of every passing photo contains, except words with a ``/``."""
    return [
        term
        for term in terms_of(text)
        if not term.startswith("-") and term.partition(":")[0] not in KEYS and "/" not in term and "\\" not in term
    ]


def folded(text: str) -> str:
    """A text normalised for comparison: case-folded, and with composed letters.

    Some disks store "é" as one character, others as "e" and an accent.
    """
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def terms_of(text: str) -> list[str]:
    """The folded words of a filter."""
    text = folded(text)
    try:
        return shlex.split(text.replace("\\", "\\\\"))
    except ValueError:  # an open quote, which the user is still typing
        return text.replace('"', " ").replace("'", " ").split()


def _term(term: str) -> Test:
    """The test of one word, which may be negated."""
    if term.startswith("-") and len(term) > 1:
        inner = _term(term[1:])
        return lambda photo: not inner(photo)
    key, colon, value = term.partition(":")
    if colon and key in KEYS:
        return KEYS[key](value)
    return lambda photo: term in folded(str(photo.path))


def _folder(value: str) -> Test:
    return lambda photo: value in folded(str(photo.path.parent))


def _state(value: str) -> Test:
    states = states_of(value)
    return lambda photo: photo.state in states


def states_of(value: str) -> list[str]:
    """The states that begin with a value.

    Raises:
        UserError: there are none.
    """
    found = [state for state in STATES if state.startswith(value)]
    if not found:
        raise UserError(f"there is no state '{value}'", "the filter", f"States are: {', '.join(STATES)}.")
    return found


def _is(value: str) -> Test:
    check_is(value)
    return lambda photo: STAR in photo.marks


def check_is(value: str) -> None:
    """Refuse properties other than ``starred`` or its beginning.

    Raises:
        UserError: it is another one.
    """
    if not "starred".startswith(value):
        raise UserError(f"photos cannot be '{value}'", "the filter", "Write is:starred.")


def _tag(value: str) -> Test:
    return lambda photo: any(mark != STAR and folded(mark).startswith(value) for mark in photo.marks)


def _camera(value: str) -> Test:
    return lambda photo: bool(photo.camera) and value in folded(photo.camera)


def _date(value: str) -> Test:
    first, last = dates_of(value)
    # Dates are in ISO format, so a prefix sorts before all dates that start with it.
    return lambda photo: bool(photo.taken) and first <= photo.taken and (not last or photo.taken[: len(last)] <= last)


def dates_of(value: str) -> tuple[str, str]:
    """The first and the last date of a range, or their beginnings; empty: open.

    Raises:
        UserError: an invalid date.
    """
    first, dots, last = value.partition("..")
    if not dots:
        last = first
    if not all(re.fullmatch(r"(\d{1,4}(-\d{0,2}(-\d{0,2})?)?)?", part) for part in (first, last)):
        raise UserError(f"'{value}' is not a date", "the filter", "Write date:2024-05, or date:2024-05..2024-08.")
    return first, last


def _size(value: str) -> Test:
    bound = size_of(value)
    if bound is None:
        return lambda photo: True
    sign, number, megapixels = bound

    def test(photo: PhotoRecord) -> bool:
        if not photo.width:
            return False
        size = photo.width * photo.height / 1e6 if megapixels else max(photo.width, photo.height)
        return size < number if sign == "<" else size > number if sign == ">" else size >= number

    return test


def size_of(value: str) -> tuple[str, float, bool] | None:
    """``<``, ``>`` or empty (at least), the number, and whether it is megapixels; None: any size, as it is still typed.

    Raises:
        UserError: an invalid size.
    """
    found = re.fullmatch(r"([<>]?)(\d+(?:\.\d+)?)(mp|)", value)
    if found is None:
        if value in ("", "<", ">"):
            return None
        raise UserError(f"'{value}' is not a size", "the filter", "Write size:>2MP, or size:<800 for the longer side.")
    return found[1], float(found[2]), bool(found[3])


KEYS: dict[str, Callable[[str], Test]] = {
    "folder": _folder,
    "date": _date,
    "size": _size,
    "state": _state,
    "is": _is,
    "tag": _tag,
    "camera": _camera,
}
