"""Fit the reduction of keypoints' rows that travels with the program (``core.photos.keypoints``) on general photographs.

    python -m resources.tools.fit_keypoints PHOTOS [--photos 300]

Writes ``resources/models/keypoints.safetensors``: the mean of RootSIFT rows, their first principal components, and with
how many bits a library keeps each number.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file

from core.library.keypoints import ROW
from core.photos.images import grey_of, read_photo, resize_longest
from core.photos.keypoints import CONTRAST, LENGTH, LONGEST, UNIT, rooted
from core.photos.scan import scan
from core.util.progress import Ticket
from core.util.resources import MODELS

EACH = 200
"""Rows taken of a photo."""

RANGE = 5.6
"""Standard deviations from the least to the largest number that is told apart."""


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path)
    parser.add_argument("--photos", type=int, default=300, dest="count", help="of the folder, evenly taken")
    arguments = parser.parse_args()
    files = scan([arguments.photos.resolve()], Ticket(), ())
    rows = np.concatenate([_rows(file.path) for file in files[:: max(1, len(files) // arguments.count)]])
    mean = rows.mean(axis=0)
    values, vectors = np.linalg.eigh(np.cov(rows - mean, rowvar=False))
    basis = vectors[:, ::-1][:, :LENGTH]
    share = values[::-1][:LENGTH].sum() / values.sum()
    out = {
        "mean": mean.astype(np.float32),
        "basis": np.ascontiguousarray(basis, dtype=np.float32),
        **packing(np.sqrt(values[::-1][:LENGTH])),
    }
    save_file(out, MODELS / "keypoints.safetensors")
    print(f"{len(rows)} rows: {LENGTH} components hold {share:.1%}")


def packing(spread: NDArray[np.floating], total: int = 8 * ROW) -> dict[str, NDArray[np.generic]]:
    """Bits of each number, (64,), and the width of a step, the same for all, so that a row takes ``total`` bits.

    With equal steps a bit more tells most where numbers vary most (reverse water-filling).

    Args:
        spread: (64,) standard deviations of the numbers.
    """
    low, high = 0.1, 100.0
    for _ in range(60):
        step = np.sqrt(low * high)
        low, high = (step, high) if _bits(spread, step).sum() > total else (low, step)
    return {"bits": _bits(spread, high).astype(np.uint8), "step": np.array([high], dtype=np.float32)}


def _bits(spread: NDArray[np.floating], step: float) -> NDArray[np.floating]:
    return np.clip(np.ceil(np.log2(np.maximum(RANGE * UNIT * spread / step, 1.01))), 1, 8)


def _rows(path: Path) -> NDArray[np.float32]:
    detector = cv2.SIFT_create(nfeatures=EACH, contrastThreshold=CONTRAST)  # type: ignore[attr-defined]
    found = detector.detectAndCompute(grey_of(resize_longest(read_photo(path), LONGEST)), None)[1]
    return np.zeros((0, 128), np.float32) if found is None else rooted(found)


if __name__ == "__main__":
    main()
