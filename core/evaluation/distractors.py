"""Descriptors of distractors, stored in pieces, so that a stopped run can continue.

Their grids are not stored: a million of VGG16's would take terabytes, while a descriptor takes a kilobyte.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.chain.describer import make_mask
from core.chain.model_file import dump_describer
from core.chain.stages import Stages
from core.fitting.grid_store import GridStore, Item, photo_key
from core.records import Skipped
from core.util.atomic_write import replacing
from core.util.errors import UserError
from core.util.progress import Ticket

PIECE = 256
"""Photos of a piece."""

DistractorVectors = tuple[NDArray[np.floating], NDArray[np.uint8]]


def described_distractors(
    paths: Sequence[Path], stages: Mapping[str, Stages], store: GridStore, cache: Path, ticket: Ticket
) -> tuple[dict[str, DistractorVectors], list[Skipped]]:
    """Descriptors, (N, D) float16, and codes of every photo for each row, with one pass of the network.

    Returns:
        The vectors by the keys of ``stages``, and the photos that cannot be read.

    Raises:
        Cancelled: by the ticket; finished pieces remain in ``cache``.
    """
    folders = {label: cache / "vectors" / _fingerprint(each, store) for label, each in stages.items()}
    found: dict[str, list[DistractorVectors]] = {label: [] for label in stages}
    skipped: list[Skipped] = []
    for start in range(0, len(paths), PIECE):
        ticket.checkpoint(start, len(paths), "describing distractors")
        piece = paths[start : start + PIECE]
        _describe_piece(piece, stages, folders, store, ticket)
        for label, folder in folders.items():
            with np.load(folder / _name(piece), allow_pickle=False) as file:
                found[label].append((file["descriptors"], file["codes"]))
                reasons = file["reasons"].tolist()
        skipped += [Skipped(path, reason) for path, reason in zip(piece, reasons, strict=True) if reason]
    return {label: _joined(pieces) for label, pieces in found.items()}, skipped


def _describe_piece(
    piece: Sequence[Path], stages: Mapping[str, Stages], folders: Mapping[str, Path], store: GridStore, ticket: Ticket
) -> None:
    """Write the missing files of a piece: vectors of its readable photos, and reasons for the others."""
    name = _name(piece)
    missing = [label for label, folder in folders.items() if not (folder / name).exists()]
    if not missing:
        return
    rows: dict[str, list[DistractorVectors]] = {label: [] for label in missing}
    reasons = []
    for _, shown in store.looked([Item(path) for path in piece]):
        ticket.checkpoint(0, 0, "describing distractors")
        if isinstance(shown, UserError):
            reasons.append(shown.what)
            continue
        reasons.append("")
        grid = store.backbone.grid(shown)
        for label in missing:
            description = stages[label].encode(grid, make_mask(stages[label].config, grid, shown))
            rows[label].append((description.descriptor[None].astype(np.float16), description.code[None]))
    for label in missing:
        _write(folders[label] / name, _joined(rows[label]), reasons)


def _joined(pieces: Sequence[DistractorVectors]) -> DistractorVectors:
    if not pieces:
        return np.zeros((0, 0), dtype=np.float16), np.zeros((0, 0), dtype=np.uint8)
    # A piece without readable photos has no number of columns.
    full = [pair for pair in pieces if len(pair[0])] or [pieces[0]]
    return np.concatenate([pair[0] for pair in full]), np.concatenate([pair[1] for pair in full])


def _write(path: Path, vectors: DistractorVectors, reasons: list[str]) -> None:
    with replacing(path) as part, part.open("wb") as file:
        np.savez(file, descriptors=vectors[0], codes=vectors[1], reasons=np.array(reasons, dtype=np.str_))


def _fingerprint(stages: Stages, store: GridStore) -> str:
    """A fingerprint of fitted stages and network."""
    return hashlib.sha256(store.key.encode() + dump_describer(stages.config, stages)).hexdigest()[:16]


def _name(piece: Sequence[Path]) -> str:
    text = "\n".join(map(photo_key, piece))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24] + ".npz"
