"""The only decoder: photo files to uint8 RGB after the EXIF turn, the resize rule, the crop rule, thumbnails.

Everything that opens a photo goes through here, so that a bad file is refused in one place and with one sentence.
"""

from __future__ import annotations

import io
import math
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image, ImageOps

from core.geometry import Box, crop_rows_columns
from core.photos.formats import AVIF, HEIF, RAW, open_special
from core.util.errors import UserError

Rgb = NDArray[np.uint8]

MAX_PIXELS = 200_000_000
"""Photos beyond this are refused: decoding one takes three bytes a pixel, and a hostile file claims any size."""

THUMBNAIL_EDGE = 256
"""Longest side of the small copies that a library stores."""

# Pillow's own limit warns from 89 megapixels; ours is checked below, before any pixel is decoded.
Image.MAX_IMAGE_PIXELS = None

_PLAIN = frozenset({".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff", ".gif", ".jp2", ".ppm", ".pgm"})
SUFFIXES = _PLAIN | HEIF | AVIF | RAW
"""Of the files that are taken for photos; of some the package may be missing, which is told of each (``formats``)."""


def read_photo(path: Path) -> Rgb:
    """Decode a photo file.

    Grey is replicated, CMYK converted, 16 bits scaled to 8, transparency laid over white, and the EXIF turn applied.

    Returns:
        (H, W, 3) uint8 RGB.

    Raises:
        UserError: missing, unreadable, not a photo, truncated, or larger than ``MAX_PIXELS``.
    """
    with opened(path) as image:
        return _to_rgb(_upright(image, path))


def photo_size(path: Path) -> tuple[int, int]:
    """``(width, height)`` after the EXIF turn, read from the header alone.

    Raises:
        UserError: as ``read_photo``, except for what only decoding reveals.
    """
    with opened(path) as image:
        turned = image.getexif().get(ExifTags.Base.Orientation, 1) in (5, 6, 7, 8)
        return (image.height, image.width) if turned else (image.width, image.height)


def taken_date(path: Path) -> str:
    """When the photo was taken, ``YYYY-MM-DD HH:MM:SS`` from EXIF; empty when the file does not say.

    Raises:
        UserError: as ``photo_size``.
    """
    with opened(path) as image:
        exif = image.getexif()
        text = exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime)
    parts = str(text or "").strip("\0 ").split(" ")
    return f"{parts[0].replace(':', '-')} {parts[1]}" if len(parts) == 2 else ""


def read_thumbnail(path: Path, edge: int) -> Rgb:
    """A small copy with its longest side at most ``edge`` pixels, decoded at reduced size where the format allows.

    Raises:
        UserError: as ``read_photo``.
    """
    with opened(path) as image:
        image.draft("RGB", (edge, edge))
        return _to_rgb(_upright(image, path, edge))


def shrink(photo: Rgb, edge: int) -> Rgb:
    """A copy of ``photo`` with its longest side at most ``edge`` pixels (antialiased)."""
    image = Image.fromarray(photo)
    image.thumbnail((edge, edge), Image.Resampling.BICUBIC, reducing_gap=3.0)
    return np.asarray(image)


def encode_jpeg(photo: Rgb, quality: int = 82) -> bytes:
    """JPEG bytes of an RGB image."""
    buffer = io.BytesIO()
    Image.fromarray(photo).save(buffer, "JPEG", quality=quality)
    return buffer.getvalue()


def decode_jpeg(data: bytes, max_edge: int) -> Rgb:
    """RGB image of JPEG bytes that came from a library, which may be a stranger's.

    Raises:
        UserError: not a JPEG, or a side longer than ``max_edge``.
    """
    try:
        with Image.open(io.BytesIO(data), formats=["JPEG"]) as image:
            if max(image.size) > max_edge:
                raise UserError("a stored thumbnail is too large", hint="Index the collection again.")
            return _to_rgb(image)
    except (OSError, ValueError, SyntaxError) as error:
        raise UserError("a stored thumbnail is damaged", hint="Index the collection again.") from error


def resize_longest(photo: Rgb, longest: int) -> Rgb:
    """Resize so that the longest side has ``longest`` pixels; small photos are enlarged (ALGORITHMS section 1)."""
    return resize_by(photo, longest / max(photo.shape[:2]))


def resize_by(photo: Rgb, ratio: float) -> Rgb:
    """Resize to ``ceil(ratio * size)``: bicubic, antialiased when shrinking, as MATLAB's ``imresize``."""
    height, width = (max(1, math.ceil(ratio * side - 1e-6)) for side in photo.shape[:2])
    if (height, width) == photo.shape[:2]:
        return photo
    return np.asarray(Image.fromarray(photo).resize((width, height), Image.Resampling.BICUBIC))


def reduced(photo: Rgb, factor: int) -> Rgb:
    """A copy with both sides divided by ``factor`` and rounded up, each pixel the mean of those it stands for."""
    if factor <= 1:
        return photo
    # Imported here, as the window starts without it; for 100 megapixels it is four times as fast as Pillow.
    import cv2

    height, width = (-(-side // factor) for side in photo.shape[:2])
    return np.asarray(cv2.resize(photo, (width, height), interpolation=cv2.INTER_AREA), dtype=np.uint8)


def crop(photo: Rgb, box: Box) -> Rgb:
    """The pixels under a query box, by the authors' rounding rule (``geometry.crop_rows_columns``).

    Raises:
        UserError: the box lies outside the photo.
    """
    height, width = photo.shape[:2]
    row0, row1, column0, column1 = crop_rows_columns(box, height, width)
    if row0 >= row1 or column0 >= column1:
        raise UserError(f"the box {box} lies outside the photo of {width} x {height} pixels", hint="Draw it on the photo.")
    return photo[row0:row1, column0:column1]


def opened(path: Path) -> Image.Image:
    """Open the header of a photo file, and refuse what is no photo or too large.

    Raises:
        UserError: as ``read_photo``; nothing was decoded.
    """
    try:
        image = open_special(path, MAX_PIXELS) or Image.open(path)
    except UserError:
        raise
    except FileNotFoundError as error:
        raise UserError("the file is missing", str(path), "It may have been moved; refresh the library.") from error
    except IsADirectoryError as error:
        raise UserError("this is a folder, not a photo", str(path)) from error
    except PermissionError as error:
        raise UserError("the file may not be read", str(path), "Check its permissions.") from error
    except Exception as error:  # decoders raise anything on hostile bytes, and all of it means the same
        raise UserError("this file is not a photo, or not of a kind that can be read", str(path)) from error
    if image.width * image.height > MAX_PIXELS:
        megapixels = image.width * image.height // 1_000_000
        image.close()
        raise UserError(
            f"the photo is too large: {megapixels} megapixels, the limit is {MAX_PIXELS // 1_000_000}",
            str(path),
            "Save a smaller copy of it.",
        )
    return image


def _upright(image: Image.Image, path: Path, edge: int | None = None) -> Image.Image:
    """Decode and turn upright; shrink on the way when ``edge`` is given."""
    try:
        image.load()
        if edge is not None:
            image.thumbnail((edge, edge), Image.Resampling.BICUBIC, reducing_gap=2.0)
        return ImageOps.exif_transpose(image)
    except Exception as error:  # as above
        raise UserError(f"the photo is damaged ({_first_line(error)})", str(path)) from error


def _first_line(error: Exception) -> str:
    """The decoder's own words, kept short."""
    return (str(error).splitlines() or [type(error).__name__])[0][:80]


def _to_rgb(image: Image.Image) -> Rgb:
    """Any mode to (H, W, 3) uint8."""
    if image.mode.startswith("I") or image.mode == "F":
        return _deep_grey_to_rgb(np.asarray(image))
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    return np.array(image.convert("RGB"))


def _deep_grey_to_rgb(values: NDArray[np.generic]) -> Rgb:
    """16-bit and floating-point grey to 8 bits: by 256 when the values fit 16 bits, else by their largest."""
    grey = np.nan_to_num(values.astype(np.float64))
    top = grey.max(initial=0.0)
    scale = 1.0 if top <= 255 and values.dtype.kind == "f" else 1 / 257 if top <= 65535 else 255 / top
    return np.repeat(np.clip(grey * scale, 0, 255).round().astype(np.uint8)[:, :, None], 3, axis=2)


def grey_of(photo: Rgb) -> NDArray[np.uint8]:
    """(H, W, 3) to (H, W) with the weights of MATLAB's rgb2gray; OpenCV's differ a little and would move keypoints."""
    return np.asarray(np.rint(photo @ np.array([0.2989, 0.5870, 0.1140])), dtype=np.uint8)
