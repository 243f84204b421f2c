"""Formats that Pillow reads with the help of another package, or not at all: HEIC, AVIF and the raw files of cameras.

The packages are optional (``pip install 'cropseek[formats]'``): without them such a file is skipped with a sentence that
says what to install.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from pathlib import Path

from PIL import Image, features

from core.util.errors import UserError

HEIF = frozenset({".heic", ".heif", ".hif"})
AVIF = frozenset({".avif"})
RAW = frozenset({".arw", ".cr2", ".cr3", ".dng", ".nef", ".orf", ".pef", ".raf", ".rw2", ".srw"})

LEAST_PREVIEW = 640
"""A raw file's preview whose longest side is shorter is a mere thumbnail: then the picture is developed, half as large."""


def open_special(path: Path, most_pixels: int) -> Image.Image | None:
    """The photo when its suffix is one of this module, else None, which is for Pillow.

    Args:
        most_pixels: of a raw file, beyond which it is not developed; Pillow's pictures are checked by the caller.

    Raises:
        UserError: the package for it is missing, or a raw file is too large.
        Exception: whatever the package raises on a damaged file.
    """
    suffix = path.suffix.lower()
    if suffix in HEIF:
        _need(_heif(), "HEIC", "pillow-heif", path)
    elif suffix in AVIF:
        _need(features.check("avif"), "AVIF", "--upgrade Pillow", path)
    elif suffix in RAW:
        return _open_raw(path, most_pixels)
    return None


def _need(there: bool | None, kind: str, package: str, path: Path) -> None:
    if not there:
        hint = f"python -m pip install {package}  and then 'Try again'."
        raise UserError(f"{kind} files want a further package", str(path), hint)


@cache
def _heif() -> bool:
    """Teach Pillow to read HEIC; whether that could be done."""
    try:
        import pillow_heif
    except ImportError:
        return False
    pillow_heif.register_heif_opener()
    return True


def _open_raw(path: Path, most_pixels: int) -> Image.Image:
    """The preview that the camera made, or the picture developed at half its size."""
    try:
        import rawpy
    except ImportError:
        _need(False, "Raw", "rawpy", path)
        raise
    path.stat()  # so that a missing file is told as any other
    with rawpy.imread(str(path)) as raw:
        if raw.sizes.raw_width * raw.sizes.raw_height > most_pixels:
            raise UserError("the raw file is too large", str(path), "Save a smaller copy of it.")
        preview = _preview(raw.extract_thumb, rawpy)
        return preview or Image.fromarray(raw.postprocess(half_size=True, use_camera_wb=True))


def _preview(extract: Callable[[], object], rawpy: object) -> Image.Image | None:
    """The embedded JPEG, unless there is none or it is small."""
    failed = (getattr(rawpy, name) for name in ("LibRawNoThumbnailError", "LibRawUnsupportedThumbnailError"))
    try:
        data = getattr(extract(), "data", None)
    except tuple(failed):
        return None
    if not isinstance(data, bytes):
        return None
    image = Image.open(io.BytesIO(data))
    return image if max(image.size) >= LEAST_PREVIEW else None
