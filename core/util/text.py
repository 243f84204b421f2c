"""Text that the user types, as one line that can be stored in any file."""

from __future__ import annotations

import unicodedata

_NO_TEXT = frozenset({"Cc", "Cs", "Zl", "Zp"})


def is_line(text: str) -> bool:
    """Whether a text is one line, has no control characters, and can be encoded as UTF-8."""
    return text.isprintable() or not any(unicodedata.category(sign) in _NO_TEXT for sign in text)


def as_line(text: str) -> str:
    """The text with ``?`` for each character that ``is_line`` refuses."""
    return "".join(sign if is_line(sign) else "?" for sign in text)
