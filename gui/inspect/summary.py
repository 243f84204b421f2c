"""The inspector's figures in words, for eyes and screen readers.  Pure functions."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.records import LOW_COVARIANCE, Inspection, MaskStatistics
from gui.widgets.text import capital, later, local, tr

NAMES = {"sift": "SIFT", "sum": "SUM", "max": "MAX"}

MOSTLY = 0.6
"""Share of the kept cells in one half of the grid from which on they are mostly there."""

MIDDLE = 0.45
"""The same for the middle quarter, where an even spread puts 0.25."""


RAISED = later(
    "Here the mask raises the correlation: it keeps cells that lie side by side, which see nearly the same part of the "
    "photo, and leaves out the others."
)

PARTS = {
    ("upper", ""): later("mostly in the upper half"),
    ("lower", ""): later("mostly in the lower half"),
    ("", "left"): later("mostly in the left half"),
    ("", "right"): later("mostly in the right half"),
    ("upper", "left"): later("mostly upper left"),
    ("upper", "right"): later("mostly upper right"),
    ("lower", "left"): later("mostly lower left"),
    ("lower", "right"): later("mostly lower right"),
}


def percent(share: float) -> str:
    """``31 %``; never ``0 %`` of something nor ``100 %`` of not quite all."""
    if 0 < share < 0.005:
        return tr("under 1 %")
    if 0.995 <= share < 1:
        return tr("over 99 %")
    return f"{share * 100:.0f} %"


def mask_line(mask: MaskStatistics) -> str:
    """``MAX keeps 31 % of 768 cells``."""
    total, name = mask.cells.size, NAMES[mask.name]
    if mask.kept == total:
        return tr("{mask} keeps all %n cells", "", total, mask=name)
    if mask.kept == 0:
        return tr("{mask} keeps none of %n cells", "", total, mask=name)
    return tr("{mask} keeps {share} of %n cells", "", total, mask=name, share=percent(mask.kept_fraction))


def keypoints_line(count: int) -> str:
    """``1,204 SIFT keypoints``."""
    return tr("%n SIFT keypoints", "", count) if count else tr("no SIFT keypoints")


def covariance_change(before: MaskStatistics, after: MaskStatistics) -> str:
    """``93 % of pairs within ±0.15, up from 71 %``; says so when there are too few cells."""
    low, was = after.low_covariance_fraction, before.low_covariance_fraction
    if low is None or was is None:
        return tr("too few cells to compare pairs")
    new, old = percent(low), percent(was)
    if new == old:
        change = tr("as without the mask ({share})", share=old)
    else:
        change = tr("up from {share}", share=old) if low > was else tr("down from {share}", share=old)
    return tr("{share} of pairs within ±{bound}, {change}", share=new, bound=local(LOW_COVARIANCE, "g"), change=change)


def where_kept(cells: NDArray[np.bool_], boxed: bool = False) -> str:
    """Where most kept cells lie: ``mostly lower left``; empty when all or none are kept."""
    if not cells.any() or cells.all():
        return ""
    down, right = _share_behind_middle(cells.sum(axis=1)), _share_behind_middle(cells.sum(axis=0))
    vertical = "lower" if down > MOSTLY else "upper" if down < 1 - MOSTLY else ""
    horizontal = "right" if right > MOSTLY else "left" if right < 1 - MOSTLY else ""
    if vertical or horizontal:
        return tr(PARTS[vertical, horizontal])
    if _share_in_middle(cells) > MIDDLE:
        return tr("mostly in the middle")
    return tr("spread over the box") if boxed else tr("spread over the photo")


def sentence(inspection: Inspection, name: str) -> str:
    """One layer in a sentence: ``MAX keeps 31 % of 768 cells, mostly lower left; 93 % of pairs ..., up from 71 %.``"""
    boxed = inspection.query.box is not None
    if name == "keypoints":
        count = capital(keypoints_line(len(inspection.keypoints)))
        return tr("{keypoints} in the box.", keypoints=count) if boxed else tr("{keypoints} in the photo.", keypoints=count)
    mask = inspection.masks[name]
    parts = ", ".join(part for part in (mask_line(mask), where_kept(mask.cells, boxed)) if part)
    text = f"{parts}; {covariance_change(inspection.masks['none'], mask)}."
    return f"{text} {tr(RAISED)}" if raises(inspection.masks["none"], mask) else text


def raises(before: MaskStatistics, after: MaskStatistics) -> bool:
    """Whether the kept features are more alike than all are."""
    low, was = after.low_covariance_fraction, before.low_covariance_fraction
    return low is not None and was is not None and percent(low) != percent(was) and low < was


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
