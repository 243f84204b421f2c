"""The type and the limits of every value in a library, in one table that is checked whenever a value is read.

A library may be untrusted, and SQLite does not enforce types in a crafted file.  Writers keep to the same limits, so that
our own libraries are never refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

KIB, MIB = 1 << 10, 1 << 20
_BIG = (1 << 62) - 1


@dataclass(frozen=True)
class Limit:
    """A type, and the smallest and largest number, or length of a text (in characters) or a blob (in bytes)."""

    kind: type
    least: int
    most: int

    def fits(self, values: Sequence[Any]) -> bool:
        """Whether all values have this type and are within the limits."""
        if set(map(type, values)) - {self.kind}:
            return False
        sizes = values if self.kind is int else list(map(len, values))
        if self.kind is str and any("\0" in text for text in values):
            return False
        return not len(sizes) or (self.least <= min(sizes) and max(sizes) <= self.most)


def _number(least: int = 0, most: int = _BIG) -> Limit:
    return Limit(int, least, most)


def _text(most: int, least: int = 0) -> Limit:
    return Limit(str, least, most)


def _blob(most: int) -> Limit:
    return Limit(bytes, 0, most)


CELLS = 16_384
"""Largest number of kept cells of a photo: all cells of a grid of 128 by 128."""

CELL_VALUES = 524_288
"""Largest total length of the features of a photo's kept cells."""

GRID_CELLS = 262_144
"""Largest number of cells of a grid, rows times columns, kept or not."""

POINTS = 10_000
"""Largest number of keypoints of a photo."""

LIMITS: dict[str, Limit] = {
    "meta.key": _text(64),
    "meta.value": _text(64 * KIB),
    "describer.data": _blob(1_000_000_000),
    "roots.id": _number(1),
    "roots.path": _text(24_576, 1),
    "photos.id": _number(1),
    "photos.root": _number(1),
    "photos.name": _text(24_576, 1),
    "photos.size": _number(),
    "photos.mtime_ns": _number(-_BIG),
    "photos.content": _text(64),
    "photos.width": _number(0, 200_000_000),
    "photos.height": _number(0, 200_000_000),
    "photos.taken": _text(32),
    "photos.state": _text(16, 1),
    "photos.reason": _text(1000),
    "vectors.photo": _number(1),
    "vectors.descriptor": _blob(2 * 10_240),
    "vectors.code": _blob(8 * KIB),
    "cells.rows": _number(0, 4096),
    "cells.columns": _number(0, 4096),
    "cells.positions": _blob(4 * CELLS),
    "cells.features": _blob(CELL_VALUES),
    "windows.codes": _blob(MIB),
    "queries.name": _text(80, 1),
    "queries.data": _text(MIB, 1),
    "marks.content": _text(64),
    "marks.mark": _text(60, 1),
    "apart.asking": _text(64),
    "apart.box": _text(200),
    "apart.content": _text(64),
    "points.places": _blob(8 * POINTS),
    "points.rows": _blob(128 * POINTS),
    "edges.changed_ns": _number(-1),
    "edges.hash": _text(64),
    "thumbnails.jpeg": _blob(MIB),
    "cameras.camera": _text(250, 1),
}
"""The limits by table and column."""

ROWS: dict[str, int] = {
    "meta": 64,
    "describer": 1,
    "roots": 1000,
    "photos": 20_000_000,
    "vectors": 20_000_000,
    "cells": 20_000_000,
    "windows": 20_000_000,
    "queries": 1000,
    "marks": 5_000_000,
    "apart": 1_000_000,
    "points": 20_000_000,
    "edges": 20_000_000,
    "thumbnails": 20_000_000,
    "cameras": 20_000_000,
}
"""Largest number of rows of each table."""

QUERIES_BYTES = 8 * MIB
"""Largest size of all saved queries together."""

MARKS_OF_ONE = 500
"""Largest number of marks of one photo."""

LONGEST = 4 * MIB
"""Default limit of a value in bytes; a longer one stops the statement before it is read."""

STEPS, STEPS_A_BYTE = 20_000_000, 16
"""Largest number of steps of SQLite's machine for a statement: a constant, and more for each byte of the file.  So even a
crafted file cannot make a statement run without end."""


def fits(column: str, values: Sequence[Any]) -> bool:
    """Whether all values have the type of a column and are within its limits."""
    return LIMITS[column].fits(values)


def rows_fit(columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> bool:
    """The same for rows with values of these columns, in this order."""
    return not rows or all(fits(column, values) for column, values in zip(columns, zip(*rows, strict=True), strict=True))


def within(numbers: Sequence[Any], most: Sequence[int]) -> bool:
    """Whether each value is a number from 0 to the corresponding one of ``most``."""
    return all(type(number) is int and 0 <= number <= high for number, high in zip(numbers, most, strict=True))
