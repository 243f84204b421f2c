"""The only way to read photos: files to uint8 RGB after the EXIF turn, the resize rule, the crop rule, thumbnails.

Everything that opens a photo uses this module, so that a bad file is refused in one place with one message.  Decoding
itself happens in separate processes (``core.photos.workers``).
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.geometry import Box, crop_rows_columns
from core.photos.disk import open_file
from core.photos.formats import AVIF, HEIF, RAW
from core.photos.workers import Decoded, Wish, decode, decode_bytes
from core.util.errors import UserError

Rgb = NDArray[np.uint8]

THUMBNAIL_EDGE = 256
"""Longest side in pixels of the thumbnails that a library stores."""

_JPEG = frozenset({".jpg", ".jpeg", ".jpe", ".jfif", ".jfi", ".pjpeg", ".mpo"})
_JPEG2000 = frozenset({".jp2", ".j2k", ".j2c", ".jpx", ".jpf"})
_PLAIN = frozenset({".png", ".webp", ".bmp", ".tif", ".tiff", ".gif", ".ppm", ".pgm", ".pbm", ".pnm"})
SUFFIXES = _JPEG | _JPEG2000 | _PLAIN | HEIF | AVIF | RAW
"""Suffixes of files that count as photos; the format is detected from the content (``core.photos.kinds``)."""

MOST_BYTES = 256 << 20
"""Largest picture from the clipboard, in bytes."""


def read_whole(path: Path, least: int | None = None) -> Decoded:
    """Decode a photo file and everything in it once: pixels, size, date, details, and notes on its faults.

    The result is sRGB: embedded colour profiles are applied, grey is replicated, CMYK converted, 16 bits scaled to 8,
    transparency blended with white, and the EXIF turn applied.  A truncated photo is decoded as far as possible.

    Args:
        least: a large photo may be decoded smaller, with no side shorter than this (``decoder.open_photo``).

    Raises:
        UserError: not a photo, damaged, too large, or of a format that needs a missing package.
        PassingError: a temporary failure: missing, not permitted, or too little memory.
    """
    with _named(path), open_file(path) as file:
        return decode(file, Wish(path.suffix, least=least))


def read_photo(path: Path) -> Rgb:
    """The pixels of ``read_whole``: (H, W, 3) uint8 sRGB.

    Raises:
        UserError: as ``read_whole``.
    """
    return read_whole(path).pixels


def read_picture(data: bytes) -> Rgb:
    """The same for the bytes of a photo file, from the clipboard or a drop; as slow as for a file, so call it in a job.

    Raises:
        UserError: as ``read_whole``.
    """
    if len(data) > MOST_BYTES:
        raise UserError("this picture is too large", hint="Save it as a file, then open that.")
    return decode_bytes(data, Wish()).pixels


def read_header(path: Path) -> Decoded:
    """Everything except the pixels, which are not decoded.

    Raises:
        UserError: as ``read_whole``, except for faults that only decoding reveals.
    """
    with _named(path), open_file(path) as file:
        return decode(file, Wish(path.suffix, pixels=False))


def photo_size(path: Path) -> tuple[int, int]:
    """``(width, height)`` after the EXIF turn, read from the header alone.

    Raises:
        UserError: as ``read_header``.
    """
    return read_header(path).size


def taken_date(path: Path) -> str:
    """When the photo was taken, ``YYYY-MM-DD HH:MM:SS`` from EXIF; empty if unknown.

    Raises:
        UserError: as ``read_header``.
    """
    return read_header(path).taken


def read_thumbnail(path: Path, edge: int) -> Rgb:
    """A small copy with its longest side at most ``edge`` pixels, decoded at reduced size where the format allows.

    Raises:
        UserError: as ``read_photo``.
    """
    with _named(path), open_file(path) as file:
        return decode(file, Wish(path.suffix, edge=edge)).pixels


def shrink(photo: Rgb, edge: int) -> Rgb:
    """A copy of ``photo`` with its longest side at most ``edge`` pixels (antialiased)."""
    image = Image.fromarray(photo)
    image.thumbnail((edge, edge), Image.Resampling.BICUBIC, reducing_gap=3.0)
    return np.asarray(image)


def make_thumbnail(photo: Rgb) -> bytes:
    """The JPEG bytes of a photo's thumbnail, as a library stores it."""
    return encode_jpeg(resize_by(photo, min(1.0, THUMBNAIL_EDGE / max(photo.shape[:2]))))


def encode_jpeg(photo: Rgb, quality: int = 82) -> bytes:
    """JPEG bytes of an RGB image."""
    buffer = io.BytesIO()
    Image.fromarray(photo).save(buffer, "JPEG", quality=quality)
    return buffer.getvalue()


def decode_jpeg(data: bytes, max_edge: int) -> Rgb:
    """RGB image of JPEG bytes from a library, which may be untrusted.

    Raises:
        UserError: not a JPEG, or a side longer than ``max_edge``.
    """
    try:
        with Image.open(io.BytesIO(data), formats=["JPEG"]) as image:
            if max(image.size) <= max_edge:
                return np.asarray(image.convert("RGB"))
    except Exception as error:  # on hostile bytes decoders raise any exception; all mean the same
        raise UserError("a stored thumbnail is damaged", hint="Index the collection again.") from error
    raise UserError("a stored thumbnail is too large", hint="Index the collection again.")


def resize_longest(photo: Rgb, longest: int) -> Rgb:
    """Resize so that the longest side has ``longest`` pixels; small photos are enlarged (ALGORITHMS section 1)."""
    return resize_by(photo, longest / max(photo.shape[:2]))


def resize_by(photo: Rgb, ratio: float) -> Rgb:
    """Resize to ``ceil(ratio * size)``: bicubic, antialiased when shrinking, like MATLAB's ``imresize``."""
    height, width = (max(1, math.ceil(ratio * side - 1e-6)) for side in photo.shape[:2])
    if (height, width) == photo.shape[:2]:
        return photo
    return np.asarray(Image.fromarray(photo).resize((width, height), Image.Resampling.BICUBIC))


def reduced(photo: Rgb, factor: int) -> Rgb:
    """A copy with both sides divided by ``factor`` and rounded up; each pixel is the mean of those it replaces."""
    if factor <= 1:
        return photo
    # Imported here so that the window starts without it; for 100 megapixels it is four times as fast as Pillow.
    import cv2

    height, width = (-(-side // factor) for side in photo.shape[:2])
    return np.asarray(cv2.resize(photo, (width, height), interpolation=cv2.INTER_AREA), dtype=np.uint8)


def crop(photo: Rgb, box: Box) -> Rgb:
    """The pixels under a query box, by the authors' rounding rule (``geometry.crop_rows_columns``).

    Raises:
        UserError: the box lies outside the photo.
    """
    height, width = photo.shape[:2]
    if not all(map(math.isfinite, box.as_tuple())):
        raise UserError(f"{box} is not a box", hint="Draw it on the photo.")
    row0, row1, column0, column1 = crop_rows_columns(box, height, width)
    if row0 >= row1 or column0 >= column1:
        if box.x0 < width and box.y0 < height and min(box.x1, box.y1) > 0 and min(box.width, box.height) < 1:
            raise UserError(f"the box {box} is smaller than a pixel", hint="Draw a larger one.")
        raise UserError(f"the box {box} lies outside the photo of {width} x {height} pixels", hint="Draw it on the photo.")
    return photo[row0:row1, column0:column1]


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Add the file's name to error messages."""
    try:
        yield
    except UserError as error:
        raise type(error)(error.what, str(path), error.hint) from error


def grey_of(photo: Rgb) -> NDArray[np.uint8]:
    """(H, W, 3) to (H, W) with the weights of MATLAB's rgb2gray; OpenCV's differ a little and would move keypoints."""
    return np.asarray(np.rint(photo @ np.array([0.2989, 0.5870, 0.1140])), dtype=np.uint8)
