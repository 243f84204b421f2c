"""Decode an open photo file to uint8 RGB in three steps, so that limits are checked before any pixel is decoded.

    photo = open_photo(file, suffix, edge)   header, limits, metadata
    height, width = photo.load()             decoded, shrunk
    notes = photo.write(out)                 upright sRGB, strip by strip

It runs in a separate process (``core.photos.worker``) where the system supports this.
"""

from __future__ import annotations

import io
import math
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFile

from core.photos import kinds
from core.photos.colour import converter, strips
from core.photos.exif import MOST_EXIF, Metadata, exif_of
from core.photos.formats import open_raw, plugin_of
from core.photos.headers import bare_jpeg, bare_png, chunks, is_layered, jpeg_ends, jpeg_exif, png_ends, webp_size
from core.photos.kinds import HEAD, MOST_FILE, TOO_LARGE, PhotoKind, kind_of_bytes
from core.util.errors import UserError

NO_PHOTO = "this file is not a photo, or not of a kind that can be read"
CUT_SHORT = "the file is cut short: what is missing is grey or black"
LAID_BARE = "what the file holds beside its pixels cannot be read"

LEAST_DECODED = 0.01
"""Share of a truncated photo that must be decodable; otherwise it counts as damaged, and is not shown."""

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_RAW_PROFILE = b"Raw profile type exif\0"

# Pillow warns from 89 megapixels; our limit depends on the format, and is checked before any pixel is decoded.
Image.MAX_IMAGE_PIXELS = None


class OpenPhoto:
    """A photo whose header was read.

    Attributes:
        kind: its format.
        metadata: from its EXIF data.
        size: width and height in the file, after the EXIF turn.
        cost: approximate bytes of memory that decoding will take.
    """

    def __init__(
        self, file: BinaryIO, kind: PhotoKind, image: Image.Image, bare: bool, edge: int | None, least: int | None
    ) -> None:
        self._file, self._image, self._bare, self._edge, self._least = file, image, bare, edge, least
        self.kind = kind
        _check_size(kind, image.size)
        self.metadata = _metadata(file, kind, image, bare)
        self.size = _turned(image.size, self.metadata.orientation)
        self._turn, self._cut_short = self.metadata.orientation, False
        self.cost = kind.cost * image.width * image.height
        self._reduce()
        if kind is not kinds.LAYERED_JPEG:  # decoded in full at every scale
            self.cost = kind.cost * image.width * image.height

    def load(self) -> tuple[int, int]:
        """Decode; returns the height and width of the result.

        Raises:
            UserError: the photo is damaged.
            MemoryError: there is not enough memory.
        """
        try:
            self._load()
            if self._edge is not None:
                self._image = _shrunk(self._image, self._edge)
        except MemoryError:
            raise
        except Exception as error:  # on hostile bytes decoders raise any exception; all mean the same
            raise UserError(f"the photo is damaged ({_first_line(error)})") from error
        width, height = _turned(self._image.size, self._turn)
        return height, width

    def write(self, out: NDArray[np.uint8]) -> tuple[str, ...]:
        """Write the picture after the EXIF turn into (H, W, 3) ``out``; returns notes on faults in the file.

        Raises:
            UserError: the photo is damaged, or truncated before its first pixels.
        """
        try:
            convert, notes = converter(self._image)
            for top, strip in strips(self._image):
                _write_strip(out, convert(strip), top, self._turn)
        except MemoryError:
            raise
        except Exception as error:  # as above
            raise UserError(f"the photo is damaged ({_first_line(error)})") from error
        if self._cut_short:
            some = out[:: max(1, out.shape[0] // 256), :: max(1, out.shape[1] // 256)]
            if (some != some[-1, -1]).any(axis=2).mean() < LEAST_DECODED:
                raise UserError("the photo is damaged (cut short before its first pixels)")
            notes += (CUT_SHORT,)
        return tuple(dict.fromkeys(notes + self.metadata.notes))

    def _reduce(self) -> None:
        """Choose a smaller decoding scale if the format supports it, not below the wanted size."""
        image = self._image
        edge = self._edge if self._edge is not None else self._least
        if edge is None:
            return
        image.draft("RGB", (edge, edge))
        factor = min(image.size) // max(edge, 1)
        if image.format == "JPEG2000" and factor > 1 and hasattr(image, "reduce"):
            image.reduce = min(int(math.log2(factor)), 5)  # type: ignore[method-assign, assignment]

    def _load(self) -> None:
        try:
            self._image.load()
        except Exception as error:  # as above
            if self.kind is kinds.PNG and not self._bare:
                self._again(bare_png(self._file), error)
            elif _is_cut_short(error):
                self._again(self._file, error)
            else:
                raise

    def _again(self, file: BinaryIO, error: Exception) -> None:
        """Decode again, tolerantly: a PNG without its faulty chunks, a truncated file up to its end."""
        self._bare = True
        file.seek(0)
        with _tolerant(_is_cut_short(error)):
            self._image = Image.open(file, formats=self.kind.pillow)
            self._reduce()
            try:
                self._image.load()
            except Exception as second:
                if _is_cut_short(second) and not _is_cut_short(error):
                    self._again(file, second)
                    return
                raise
        self._cut_short = _is_cut_short(error)


def open_photo(file: BinaryIO, suffix: str = "", edge: int | None = None, least: int | None = None) -> OpenPhoto:
    """Read the header of a photo.

    Args:
        suffix: of its name; used only to distinguish raw files from other TIFF files.
        edge: largest longest side of the result in pixels; None: the full size.
        least: the photo may be decoded at a smaller scale, with no side shorter than this, if its format supports it; None:
            it may not.

    Raises:
        UserError: it is not a photo, is too large, or needs a missing package.
    """
    kind = kind_of_bytes(file.read(HEAD), suffix)
    if kind is None:
        raise UserError(NO_PHOTO)
    if file.seek(0, io.SEEK_END) > MOST_FILE:
        raise UserError(TOO_LARGE)
    file.seek(0)
    try:
        if kind is kinds.JPEG and is_layered(file):
            kind = kinds.LAYERED_JPEG
        file.seek(0)
        if kind is kinds.RAW:
            return OpenPhoto(file, kind, open_raw(file, kind.most_pixels), True, edge, least)
        if kind is kinds.WEBP and (size := webp_size(file.read(HEAD))):
            _check_size(kind, size)  # before opening it, which takes memory
            file.seek(0)
        plugin_of(kind.name)
        image, bare = _opened(file, kind)
        return OpenPhoto(file, kind, image, bare, edge, least)
    except (UserError, MemoryError):
        raise
    except Exception as error:  # as above
        raise UserError(NO_PHOTO) from error


def _opened(file: BinaryIO, kind: PhotoKind) -> tuple[Image.Image, bool]:
    """The opened picture, and whether its metadata had to be removed for that."""
    try:
        return Image.open(file, formats=kind.pillow), False
    except Exception:
        if "JPEG" in kind.pillow:
            return Image.open(bare_jpeg(file), formats=kind.pillow), True
        if kind is kinds.PNG:
            return Image.open(bare_png(file), formats=kind.pillow), True
        raise


def _check_size(kind: PhotoKind, size: tuple[int, int]) -> None:
    if min(size) < 1:
        raise UserError(NO_PHOTO)
    if size[0] * size[1] > kind.most_pixels:
        raise UserError(
            f"the photo is too large: {size[0] * size[1] // 1_000_000} megapixels,"
            f" the limit for {kind.name} is {kind.most_pixels // 1_000_000}",
            hint="Save a smaller copy of it.",
        )


def _metadata(file: BinaryIO, kind: PhotoKind, image: Image.Image, bare: bool) -> Metadata:
    """Metadata from the header, of a PNG from any chunk.  Keeps the file's position, as Pillow continues from there."""
    raw, whole, position = None, True, file.tell()
    if kind is kinds.PNG:
        whole = png_ends(file)
        data = image.info.get("exif")
        raw = data if isinstance(data, bytes) else _png_exif(file)
    elif kind in (kinds.JPEG, kinds.LAYERED_JPEG):
        whole = jpeg_ends(file)
        raw = jpeg_exif(file) if bare else None
    file.seek(position)
    found = exif_of(image, raw)
    more = (*([LAID_BARE] if bare and kind is not kinds.RAW else []), *([] if whole else [CUT_SHORT]))
    return replace(found, notes=found.notes + more)


def _png_exif(file: BinaryIO) -> bytes:
    """The EXIF data of a PNG, also from chunks after the pixels, and as text as ImageMagick writes it."""
    for name, start, size in chunks(file):
        if size > MOST_EXIF or name not in (b"eXIf", b"tEXt", b"zTXt"):
            continue
        file.seek(start)
        data = file.read(size)
        if name == b"eXIf":
            return data
        if data.startswith(_RAW_PROFILE):
            return _of_text(data[len(_RAW_PROFILE) :], name == b"zTXt")
    return b""


def _of_text(data: bytes, packed: bool) -> bytes:
    """EXIF data from text: a name, a length, and hexadecimal digits; empty if it has another form."""
    try:
        text = zlib.decompressobj().decompress(data[1:], MOST_EXIF) if packed else data
        return bytes.fromhex("".join(text.decode("ascii").split()[2:]))
    except (ValueError, zlib.error):
        return b""


def _shrunk(image: Image.Image, edge: int) -> Image.Image:
    """The picture with its longest side at most ``edge``; unchanged in modes that Pillow cannot resize smoothly."""
    ratio = edge / max(image.size)
    if ratio >= 1:
        return image
    if image.mode in ("1", "P", "PA", "La", "RGBa"):
        clear = image.mode != "1" and (image.mode != "P" or "transparency" in image.info)
        image = image.convert("RGBA" if clear else "RGB")
        image.info.pop("transparency", None)
    width, height = (max(1, round(side * ratio)) for side in image.size)
    kept = {name: value for name, value in image.info.items() if name in ("icc_profile", "transparency")}
    small = image.resize((width, height), Image.Resampling.BICUBIC, reducing_gap=2.0)
    small.info.clear()
    small.info.update(kept)
    return small


def _turned(size: tuple[int, int], orientation: int) -> tuple[int, int]:
    return (size[1], size[0]) if orientation in (5, 6, 7, 8) else size


def _write_strip(out: NDArray[np.uint8], rows: NDArray[np.uint8], top: int, orientation: int) -> None:
    """Write a strip of the file's rows to its position in the picture after the EXIF turn."""
    if orientation in _TURNS:
        rows = np.asarray(Image.fromarray(rows).transpose(_TURNS[orientation]))
    height, width = rows.shape[:2]
    if orientation in (5, 6, 7, 8):
        left = top if orientation in (5, 8) else out.shape[1] - top - width
        out[:, left : left + width] = rows
    else:
        first = top if orientation in (1, 2) else out.shape[0] - top - height
        out[first : first + height] = rows


def _is_cut_short(error: Exception) -> bool:
    return isinstance(error, EOFError) or "truncated" in str(error).lower()


_TOLERANCE = threading.Lock()


@contextmanager
def _tolerant(wanted: bool) -> Iterator[None]:
    """Let Pillow accept truncated files; this setting is global to the process."""
    if not wanted:
        yield
        return
    with _TOLERANCE:
        ImageFile.LOAD_TRUNCATED_IMAGES = True
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = False


def _first_line(error: Exception) -> str:
    """The decoder's message, shortened."""
    return (str(error).splitlines() or [type(error).__name__])[0][:80]
