"""The inspector's figures in words, for eyes and screen readers."""

from __future__ import annotations

import numpy as np

from core.records import LOW_COVARIANCE, Inspection, MaskStatistics

NAMES = {"sift": "SIFT", "sum": "SUM", "max": "MAX"}


def mask_line(mask: MaskStatistics) -> str:
    """``MAX keeps 31 % of 768 cells``."""
    return f"{NAMES[mask.name]} keeps {mask.kept_fraction:.0%} of {mask.cells.size} cells"


def covariance_change(before: MaskStatistics, after: MaskStatistics) -> str:
    """``93 % of pairs within ±0.15, from 71 %``; says so when there are too few cells."""
    if before.low_covariance_fraction is None or after.low_covariance_fraction is None:
        return "too few cells to compare pairs"
    return (
        f"{after.low_covariance_fraction:.0%} of pairs within ±{LOW_COVARIANCE}, from {before.low_covariance_fraction:.0%}"
    )


def where(cells: np.ndarray) -> str:
    """Where most kept cells lie: ``mostly lower left``; empty when they are spread evenly."""
    if not cells.any():
        return ""
    rows, columns = np.nonzero(cells)
    vertical = (rows.mean() + 0.5) / cells.shape[0] - 0.5
    horizontal = (columns.mean() + 0.5) / cells.shape[1] - 0.5
    words = [
        word
        for offset, low, high in ((vertical, "upper", "lower"), (horizontal, "left", "right"))
        for word in ([low] if offset < -0.07 else [high] if offset > 0.07 else [])
    ]
    return f", mostly {' '.join(words)}" if words else ""


def sentence(inspection: Inspection, name: str) -> str:
    """One mask in a sentence."""
    mask = inspection.masks[name]
    change = covariance_change(inspection.masks["none"], mask)
    return f"{mask_line(mask)}{where(mask.cells)}; {change}."
