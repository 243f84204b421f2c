"""Properties of Qt objects set as keywords, in one expression."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QObject

Q = TypeVar("Q", bound=QObject)


def having(made: Q, **properties: object) -> Q:
    """The object with its properties set.  PySide takes them as keywords when it makes one, which its types do not tell.

    Raises:
        AttributeError: there is no such property.
    """
    for name, value in properties.items():
        if not made.setProperty(name, value):
            raise AttributeError(f"{type(made).__name__} has no property '{name}'")
    return made
