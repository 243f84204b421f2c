"""What a person says of the hits of a query, and how good a ranking is by that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from core.geometry import Box

JUDGEMENTS = ("good", "ok", "junk")
"""As in Oxford's ground truth.  ``good`` and ``ok`` photos show what is searched for, ``ok`` ones not all of it; ``junk``
ones count neither as right nor as wrong, as they show it too small or hidden.  Every other photo is wrong."""


@dataclass(frozen=True)
class Judged:
    """The judgements for one photo, or a box on it: one of ``JUDGEMENTS`` by photo.

    A path that is not absolute is a name that the collection does not have.
    """

    path: Path
    box: Box | None
    photos: Mapping[Path, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Quality:
    """How good a ranking is by its judgements.

    Attributes:
        right, looked: hits that are good or ok, of all that are no junk, down to the last judged hit.
        precision: their ratio, and the ends of its 95 % interval (Wilson).
        average_precision: as of ``evaluate oxford5k``, and the ends of its 95 % interval (bootstrap over the photos that
            are good or ok); None: there are none.
        judged: number of photos by judgement.
    """

    right: int
    looked: int
    precision: tuple[float, float, float] | None
    average_precision: tuple[float, float, float] | None
    judged: Mapping[str, int]
