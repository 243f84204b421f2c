"""Exports of inspected photos: Fig. 2 as PNG, SVG or PDF, masks as PNG or NPY, numbers as CSV."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np

from core.exports.fig2 import draw_inspection
from core.masks.painted import mask_of
from core.photos.images import Rgb
from core.records import EXPORT_KINDS, MASK_NAMES, Inspection
from core.util.errors import UserError

COLUMNS = ("photo", "box", "rows", "columns", "channels", "mask", "kept", "kept_fraction", "low_covariance_fraction")


def export_inspection(photo: Rgb, inspection: Inspection, folder: Path, kinds: Sequence[str]) -> list[Path]:
    """Write the figures and masks of one photo; returns the files.

    Raises:
        UserError: an unknown kind, or a file that cannot be written.
    """
    unknown = [kind for kind in kinds if kind not in EXPORT_KINDS]
    if unknown:
        raise UserError(f"'{unknown[0]}' is not exported", "export", f"There are: {', '.join(EXPORT_KINDS)}.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return [file for kind in kinds for file in _write(photo, inspection, folder / _stem(inspection), kind)]
    except OSError as error:
        raise UserError(f"the export cannot be written ({error.strerror})", str(folder)) from error


def write_numbers(inspections: Sequence[Inspection], out: Path) -> Path:
    """Write a CSV file with one line for each mask of each photo.

    Raises:
        UserError: the file cannot be written.
    """
    try:
        with out.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(COLUMNS)
            for inspection in inspections:
                writer.writerows(_numbers(inspection))
    except OSError as error:
        raise UserError(f"the numbers cannot be written ({error.strerror})", str(out)) from error
    return out


def _numbers(inspection: Inspection) -> list[list[object]]:
    query = inspection.query
    rows: list[list[object]] = []
    for name in MASK_NAMES:
        mask = inspection.masks[name]
        share = "" if mask.low_covariance_fraction is None else f"{mask.low_covariance_fraction:.6f}"
        rows.append(
            [query.path, query.box or "", *inspection.grid_shape, name, mask.kept, f"{mask.kept_fraction:.6f}", share]
        )
    return rows


def _stem(inspection: Inspection) -> str:
    box = inspection.query.box
    return inspection.query.path.stem + (f"-{box}".replace(",", "-") if box else "")


def _write(photo: Rgb, inspection: Inspection, stem: Path, kind: str) -> list[Path]:
    if kind in ("png", "svg", "pdf"):
        out = stem.with_name(f"{stem.name}.{kind}")
        draw_inspection(photo, inspection, out)
        return [out]
    files = []
    masks = {name: inspection.masks[name].cells for name in MASK_NAMES[1:]} if kind.startswith("masks") else {}
    if masks and inspection.query.cells is not None:
        masks["painted"] = mask_of(inspection.query.cells, inspection.grid_shape)
    for name, cells in masks.items():
        out = stem.with_name(f"{stem.name}-{name}.{kind.removeprefix('masks-')}")
        if kind == "masks-npy":
            np.save(out, cells)
        else:
            out.write_bytes(cv2.imencode(".png", cells.astype(np.uint8) * 255)[1].tobytes())
        files.append(out)
    return files
