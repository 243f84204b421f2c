"""What a person types, as one line of text that any file can hold."""

from __future__ import annotations

import unicodedata

_NO_TEXT = frozenset({"Cc", "Cs", "Zl", "Zp"})


def is_line(text: str) -> bool:
    """Whether a text is one line, without signs that mean something to a terminal, and can be written as UTF-8."""
    return text.isprintable() or not any(unicodedata.category(sign) in _NO_TEXT for sign in text)


def as_line(text: str) -> str:
    """The text with a question mark for each sign that keeps it from being a line."""
    return "".join(sign if is_line(sign) else "?" for sign in text)
