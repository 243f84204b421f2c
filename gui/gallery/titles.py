"""The words over the sections of the gallery."""

from __future__ import annotations

from PySide6.QtCore import QDate, QLocale

FORMATS = {10: "dddd, d MMMM yyyy", 7: "MMMM yyyy"}
"""How days and months are written, by the length of their ISO date."""


def written(title: str) -> str:
    """A day or month as people write it; anything else as it is."""
    if (
        len(title) in FORMATS
        and (date := QDate.fromString(title.ljust(10, "x").replace("xxx", "-01"), "yyyy-MM-dd")).isValid()
    ):
        return QLocale().toString(date, FORMATS[len(title)])
    return title
