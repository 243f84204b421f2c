"""Rows of an evaluation: configurations, with the paper's results for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.chain.config import DescriberConfig
from core.chain.presets import preset

DESCRIPTOR, CODE = "descriptor", "code"


@dataclass(frozen=True)
class TableRow:
    """A row of a table, or a point of a figure.

    Attributes:
        label: shown in tables.
        config: the configuration to fit and run.
        measures: what is ranked: ``"descriptor"`` (cosine), ``"code"`` (Hamming distance), or both.
        published: the paper's mean average precision in per cent by protocol, if it printed one.
        point: in a figure: series, and position on the axis.
        preset: whose fit is used if nothing is fitted; empty: none.
    """

    label: str
    config: DescriberConfig
    measures: tuple[str, ...] = (DESCRIPTOR,)
    published: Mapping[str, float] = field(default_factory=dict)
    point: tuple[str, float] = ("", 0.0)
    preset: str = ""


def preset_rows(names: tuple[str, ...]) -> tuple[TableRow, ...]:
    """Rows of presets, with descriptor and code.

    Raises:
        UserError: no such preset.
    """
    return tuple(TableRow(name, preset(name), (DESCRIPTOR, CODE), preset=name) for name in names)
