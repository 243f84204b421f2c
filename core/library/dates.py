"""The date of a photo: ``YYYY-MM-DD HH:MM:SS``; stored and shown only if it is valid."""

from __future__ import annotations

from datetime import datetime

import numpy as np
from numpy.typing import NDArray

DATE = 19
"""Number of characters of a date with its time."""

_PATTERN = "dddd-dd-dd dd:dd:dd"
_DIGITS = np.array([sign == "d" for sign in _PATTERN])
_SIGNS = np.array([ord(sign) for sign in _PATTERN], dtype=np.uint8)
_PARTS = ((0, 4, 1, 9999), (5, 7, 1, 12), (8, 10, 1, 31), (11, 13, 0, 23), (14, 16, 0, 59), (17, 19, 0, 60))


def valid_date(text: str) -> str:
    """The date if it is valid, else empty."""
    if len(text) != DATE or not text.isascii() or not sound_dates(np.array([text.encode()], dtype=f"S{DATE}"))[0]:
        return ""
    try:
        datetime.fromisoformat(text[:10])
    except ValueError:  # 30 February
        return ""
    return text


def sound_dates(taken: NDArray[np.bytes_]) -> NDArray[np.bool_]:
    """Which dates, (n,) of 19 bytes, are empty or have the right form; vectorised, for a million dates."""
    if not len(taken):
        return np.zeros(0, dtype=bool)
    signs = np.ascontiguousarray(taken).view(np.uint8).reshape(len(taken), DATE)
    numbers = signs.astype(np.int64) - ord("0")
    good = ((numbers >= 0) & (numbers <= 9) | ~_DIGITS).all(axis=1) & ((signs == _SIGNS) | _DIGITS).all(axis=1)
    for start, end, least, most in _PARTS:
        value = numbers[:, start:end] @ (10 ** np.arange(end - start)[::-1])
        good &= (value >= least) & (value <= most)
    return np.asarray(good | (signs == 0).all(axis=1))
