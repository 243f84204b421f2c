"""The inspector's figures in words, for eyes and screen readers.  Pure functions."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.records import LOW_COVARIANCE, Inspection, MaskStatistics

NAMES = {"sift": "SIFT", "sum": "SUM", "max": "MAX"}

MOSTLY = 0.6
"""Share of the kept cells in one half of the grid from which they lie mostly there."""

MIDDLE = 0.45
"""The same for the middle quarter, where an even spread puts 0.25."""


def percent(share: float) -> str:
    """``31 %``; never ``0 %`` of something nor ``100 %`` of not quite all."""
    if 0 < share < 0.005:
        return "under 1 %"
    if 0.995 <= share < 1:
        return "over 99 %"
    return f"{share * 100:.0f} %"


def mask_line(mask: MaskStatistics) -> str:
    """``MAX keeps 31 % of 768 cells``."""
    total = mask.cells.size
    if mask.kept == total:
        return f"{NAMES[mask.name]} keeps all {total:,} cells"
    if mask.kept == 0:
        return f"{NAMES[mask.name]} keeps none of {total:,} cells"
    return f"{NAMES[mask.name]} keeps {percent(mask.kept_fraction)} of {total:,} cells"


def keypoints_line(count: int) -> str:
    """``1,204 SIFT keypoints``."""
    return "1 SIFT keypoint" if count == 1 else f"{count:,} SIFT keypoints" if count else "no SIFT keypoints"


def covariance_change(before: MaskStatistics, after: MaskStatistics) -> str:
    """``93 % of pairs within ±0.15, up from 71 %``; says so when there are too few cells."""
    low, was = after.low_covariance_fraction, before.low_covariance_fraction
    if low is None or was is None:
        return "too few cells to compare pairs"
    new, old = percent(low), percent(was)
    change = f"as without the mask ({old})" if new == old else f"{'up' if low > was else 'down'} from {old}"
    return f"{new} of pairs within ±{LOW_COVARIANCE}, {change}"


def place(cells: NDArray[np.bool_], what: str = "photo") -> str:
    """Where most kept cells lie: ``mostly lower left``; empty when all or none are kept."""
    if not cells.any() or cells.all():
        return ""
    down, right = _share_behind_middle(cells.sum(axis=1)), _share_behind_middle(cells.sum(axis=0))
    vertical = "lower" if down > MOSTLY else "upper" if down < 1 - MOSTLY else ""
    horizontal = "right" if right > MOSTLY else "left" if right < 1 - MOSTLY else ""
    if vertical and horizontal:
        return f"mostly {vertical} {horizontal}"
    if vertical or horizontal:
        return f"mostly in the {vertical or horizontal} half"
    if _share_in_middle(cells) > MIDDLE:
        return "mostly in the middle"
    return f"spread over the {what}"


def sentence(inspection: Inspection, name: str) -> str:
    """One layer in a sentence: ``MAX keeps 31 % of 768 cells, mostly lower left; 93 % of pairs ..., up from 71 %.``"""
    what = "box" if inspection.query.box is not None else "photo"
    if name == "keypoints":
        return f"{_capital(keypoints_line(len(inspection.keypoints)))} in the {what}."
    mask = inspection.masks[name]
    parts = ", ".join(part for part in (mask_line(mask), place(mask.cells, what)) if part)
    return f"{parts}; {covariance_change(inspection.masks['none'], mask)}."


def _share_behind_middle(counts: NDArray[np.integer]) -> float:
    """The share of ``counts`` in the second half; the middle one of an odd number belongs to both halves by half."""
    half = len(counts) // 2
    behind = counts[len(counts) - half :].sum() + (counts[half] / 2 if len(counts) % 2 else 0)
    return float(behind / counts.sum())


def _share_in_middle(cells: NDArray[np.bool_]) -> float:
    """The share of the kept cells whose centres lie in the middle half of both directions."""
    rows, columns = ((np.arange(n) + 0.5) / n for n in cells.shape)
    inner = np.outer(np.abs(rows - 0.5) < 0.25, np.abs(columns - 0.5) < 0.25)
    return float(cells[inner].sum() / cells.sum())


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
