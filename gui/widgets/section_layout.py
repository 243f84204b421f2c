"""Where tiles lie that stand in sections: pure arithmetic, so that a million of them are laid out at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


class SectionLayout:
    """Tiles in rows from left to right, each section under its header.  Does not change.

    Args:
        starts: (s,) the first tile of each section, ascending from 0.
        count: tiles in all.
        cell: ``(width, height)`` of a tile.
        width: of the room.
        header: height of a section's header; 0: none.
    """

    def __init__(self, starts: NDArray[np.int64], count: int, cell: tuple[int, int], width: int, header: int) -> None:
        self.starts, self.count, self.cell, self.header = starts, count, cell, header
        self.columns = max(1, width // cell[0])
        self._ends = np.append(starts[1:], count)
        lines = -(-(self._ends - starts) // self.columns)
        heights = header + lines * cell[1]
        self.tops = np.concatenate([[0], np.cumsum(heights)])

    @property
    def height(self) -> int:
        """Of everything."""
        return int(self.tops[-1])

    def section_at(self, y: int) -> int:
        """The section at a height."""
        return int(np.clip(np.searchsorted(self.tops, y, side="right") - 1, 0, len(self.starts) - 1))

    def section_of(self, tile: int) -> int:
        """The section of a tile."""
        return int(np.searchsorted(self.starts, tile, side="right")) - 1

    def size(self, section: int) -> int:
        """How many tiles a section has."""
        return int(self._ends[section] - self.starts[section])

    def corner(self, tile: int) -> tuple[int, int]:
        """The upper left corner of a tile, ``(x, y)``."""
        section = self.section_of(tile)
        line, column = divmod(tile - int(self.starts[section]), self.columns)
        return column * self.cell[0], int(self.tops[section]) + self.header + line * self.cell[1]

    def tile_at(self, x: int, y: int) -> int:
        """The tile at a point; -1 when there is none."""
        column = x // self.cell[0]
        if not self.count or not 0 <= column < self.columns or not 0 <= y < self.height:
            return -1
        section = self.section_at(y)
        below = y - int(self.tops[section]) - self.header
        if below < 0:
            return -1
        tile = int(self.starts[section]) + below // self.cell[1] * self.columns + column
        return tile if tile < self._ends[section] else -1

    def tiles_between(self, top: int, bottom: int) -> range:
        """The tiles of the lines that are seen between two heights."""
        return range(self._first_from(top), self._first_from(bottom + self.cell[1] - 1))

    def stepped(self, tile: int, lines: int) -> int:
        """The tile so many lines below one (above: negative), as near to its column as the line goes; the ends hold."""
        section = self.section_of(tile)
        line, column = divmod(tile - int(self.starts[section]), self.columns)
        line += lines
        while line < 0 and section > 0:
            section -= 1
            line += self._lines(section)
        while line >= self._lines(section) and section < len(self.starts) - 1:
            line -= self._lines(section)
            section += 1
        line = min(max(line, 0), self._lines(section) - 1)
        return min(int(self.starts[section]) + line * self.columns + column, int(self._ends[section]) - 1)

    def _lines(self, section: int) -> int:
        return -(-self.size(section) // self.columns)

    def _first_from(self, y: int) -> int:
        """The first tile whose line ends below a height."""
        if not self.count or y >= self.height:
            return self.count
        section = self.section_at(max(y, 0))
        line = max(y - int(self.tops[section]) - self.header, 0) // self.cell[1]
        return min(int(self.starts[section]) + line * self.columns, int(self._ends[section]))
