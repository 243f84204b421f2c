"""The reader of each format: Pillow's plugins, loaded one at a time, and other packages for HEIC and camera raw files.

Some packages are optional (``pip install 'cropseek[formats]'``): without them such a file is skipped with a message that
says what to install.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import BinaryIO

from PIL import Image, features

from core.photos.kinds import RAW_SUFFIXES
from core.util.errors import UserError

HEIF = frozenset({".heic", ".heif", ".hif"})
AVIF = frozenset({".avif"})
RAW = RAW_SUFFIXES

LEAST_PREVIEW = 640
"""If the longest side of a raw file's preview is shorter, the picture is developed instead, at half size."""

_PLUGINS = {
    "JPEG": ("Jpeg", "Mpo"), "progressive JPEG": ("Jpeg", "Mpo"), "PNG": ("Png",), "GIF": ("Gif",), "BMP": ("Bmp",),
    "PPM": ("Ppm",), "TIFF": ("Tiff",), "WebP": ("WebP",), "JPEG 2000": ("Jpeg2K",), "AVIF": ("Avif",),
}  # fmt: skip


def plugin_of(kind: str) -> None:
    """Load the reader of one kind of file, and no other.

    Raises:
        UserError: the package for it is missing.
    """
    if kind == "HEIC":
        _need(_heif(), "HEIC", "pillow-heif")
        return
    if kind == "AVIF":
        _need(bool(features.check("avif")), "AVIF", "--upgrade Pillow")
    for name in _PLUGINS[kind]:
        import_module(f"PIL.{name}ImagePlugin")


def _need(there: bool, kind: str, package: str) -> None:
    if not there:
        hint = f"python -m pip install {package}  and then 'Try again'."
        raise UserError(f"{kind} files need a further package", hint=hint)


@cache
def _heif() -> bool:
    """Register HEIC with Pillow; returns whether it is available."""
    try:
        import pillow_heif
    except ImportError:
        return False
    pillow_heif.register_heif_opener()
    return True


def open_raw(file: BinaryIO, most_pixels: int) -> Image.Image:
    """The camera's preview, or the picture developed at half size.

    Args:
        most_pixels: largest size that is developed.

    Raises:
        UserError: the package for it is missing, or it is too large.
        Exception: any exception that the package raises on a damaged file.
    """
    try:
        import rawpy
    except ImportError:
        _need(False, "Raw", "rawpy")
        raise
    with rawpy.imread(file) as raw:
        if raw.sizes.raw_width * raw.sizes.raw_height > most_pixels:
            raise UserError("the raw file is too large", hint="Save a smaller copy of it.")
        preview = _preview(raw.extract_thumb, rawpy)
        return preview or Image.fromarray(raw.postprocess(half_size=True, use_camera_wb=True))


def _preview(extract: Callable[[], object], rawpy: object) -> Image.Image | None:
    """The embedded JPEG; None if it is missing or small."""
    failed = (getattr(rawpy, name) for name in ("LibRawNoThumbnailError", "LibRawUnsupportedThumbnailError"))
    try:
        data = getattr(extract(), "data", None)
    except tuple(failed):
        return None
    if not isinstance(data, bytes):
        return None
    image = Image.open(io.BytesIO(data), formats=["JPEG"])
    return image if max(image.size) >= LEAST_PREVIEW else None
