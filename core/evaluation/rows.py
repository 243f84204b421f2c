"""What is evaluated: one row a configuration, with what the paper printed for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.chain.config import DescriberConfig
from core.chain.presets import preset

DESCRIPTOR, CODE = "descriptor", "code"


@dataclass(frozen=True)
class TableRow:
    """One line of a table, or one point of a figure.

    Attributes:
        label: for people.
        config: what is fitted and run.
        measures: ``"descriptor"`` (cosine) and ``"code"`` (Hamming), what of it is ranked.
        published: the paper's mean average precision in per cent by protocol, where it printed one.
        point: where the row lies in a figure: series, and position on its axis.
        preset: whose fit is taken when nothing is fitted; empty: none.
    """

    label: str
    config: DescriberConfig
    measures: tuple[str, ...] = (DESCRIPTOR,)
    published: Mapping[str, float] = field(default_factory=dict)
    point: tuple[str, float] = ("", 0.0)
    preset: str = ""


def preset_rows(names: tuple[str, ...]) -> tuple[TableRow, ...]:
    """Rows of named presets, descriptor and code.

    Raises:
        UserError: no such preset.
    """
    return tuple(TableRow(name, preset(name), (DESCRIPTOR, CODE), preset=name) for name in names)
