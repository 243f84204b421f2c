"""The structure of JPEG and PNG files, read without decoding: counts passes, and can leave out all but the pixels.

Pillow refuses photos with faulty text or metadata.  ``bare_jpeg`` and ``bare_png`` give it the same pixels without them.
"""

from __future__ import annotations

import io
import os
import struct
from collections.abc import Iterator
from typing import BinaryIO

from core.util.errors import UserError

MOST_PASSES = 100
"""Largest number of passes in a JPEG: usual files have about ten, and each takes as long as a whole picture."""

MOST_PARTS = 1_000_000
"""Largest number of parts in a file; a photo of 200 megapixels has a few hundred thousand at most."""

MOST_SEGMENTS = 20_000
"""Largest number of segments in a JPEG before its first scan."""

BLOCK = 1 << 20

_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_SEQUENTIAL = frozenset({0xC0, 0xC1})
_LONELY = frozenset({0x00, 0x01, *range(0xD0, 0xD9)})
_NOTES = range(0xE0, 0xF0)
_START_OF_SCAN, _END, _ADOBE, _EXIF, _COMMENT = 0xDA, 0xD9, 0xEE, 0xE1, 0xFE
_PIXELS = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})


def is_layered(file: BinaryIO) -> bool:
    """Whether a JPEG has several passes, so that the decoder keeps all of it in memory until the last one.

    Raises:
        UserError: it has more than ``MOST_PASSES``.
    """
    needed = MOST_PARTS  # components that the first pass must hold to be the only one
    for marker, offset, _ in _segments(file):
        if marker in _FRAMES:
            file.seek(offset + 5)
            needed = (file.read(1) or b"\0")[0] if marker in _SEQUENTIAL else MOST_PARTS
        elif marker == _START_OF_SCAN:
            file.seek(offset)
            held = (file.read(1) or b"\0")[0]
            if held < needed:
                _check_passes(file)
                return True
    return False


def _check_passes(file: BinaryIO) -> None:
    passes, last = 1, b""
    while block := file.read(BLOCK):
        passes += (last + block).count(bytes((0xFF, _START_OF_SCAN)))
        last = block[-1:]
        if passes > MOST_PASSES:
            raise UserError(f"this JPEG has more than {MOST_PASSES} passes", hint="Save a plain copy of it.")


def jpeg_ends(file: BinaryIO) -> bool:
    """Whether a JPEG has an end marker at any position: some cameras append a film."""
    file.seek(-2, os.SEEK_END)
    if file.read(2) == bytes((0xFF, _END)):
        return True
    offset = next((offset for marker, offset, _ in _segments(file) if marker == _START_OF_SCAN), 0)
    file.seek(offset)
    last = b""
    while block := file.read(BLOCK):
        if bytes((0xFF, _END)) in last + block:
            return True
        last = block[-1:]
    return False


def png_ends(file: BinaryIO) -> bool:
    """Whether a PNG has its end chunk."""
    return any(name == b"IEND" for name, _, _ in chunks(file))


def bare_jpeg(file: BinaryIO) -> BinaryIO:
    """The file without metadata, except for the segments that define its colours."""
    kept = io.BytesIO()
    kept.write(b"\xff\xd8")
    for marker, offset, size in _segments(file):
        if marker == _ADOBE or not (marker in _NOTES or marker == _COMMENT):
            file.seek(offset - 4)
            kept.write(file.read() if marker == _START_OF_SCAN else file.read(4 + size))
    kept.seek(0)
    return kept


def jpeg_exif(file: BinaryIO) -> bytes:
    """The EXIF block of a JPEG; empty if there is none."""
    for marker, offset, size in _segments(file):
        if marker == _EXIF:
            file.seek(offset)
            if (data := file.read(size)).startswith(b"Exif\0\0"):
                return data
    return b""


def webp_size(head: bytes) -> tuple[int, int] | None:
    """Width and height from the first bytes of a WebP; None if they do not hold them."""
    if len(head) < 30:
        return None
    if head[12:16] == b"VP8X":
        return 1 + int.from_bytes(head[24:27], "little"), 1 + int.from_bytes(head[27:30], "little")
    if head[12:16] == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    width, height = struct.unpack("<HH", head[26:30])
    return width & 0x3FFF, height & 0x3FFF


def _segments(file: BinaryIO) -> Iterator[tuple[int, int, int]]:
    """Marker, offset of the content, and size of each segment up to and including the first scan."""
    offset = 2
    for _ in range(MOST_SEGMENTS):
        file.seek(offset)
        head = file.read(4)
        if len(head) < 4:
            return
        marker = head[1]
        if head[0] != 0xFF or marker == 0xFF:
            offset += 1  # bytes between segments are skipped, as decoders do
        elif marker in _LONELY:
            offset += 2
        else:
            size = int.from_bytes(head[2:], "big")
            if size >= 2:
                yield marker, offset + 4, size - 2
            if size < 2 or marker in (_START_OF_SCAN, _END):
                return
            offset += 2 + size


def chunks(file: BinaryIO) -> Iterator[tuple[bytes, int, int]]:
    """Name, offset of the content, and size of each chunk of a PNG."""
    file.seek(0, os.SEEK_END)
    end, offset = file.tell(), 8
    for _ in range(MOST_PARTS):
        file.seek(offset)
        head = file.read(8)
        if len(head) < 8:
            return
        size, name = struct.unpack(">I4s", head)
        yield name, offset + 8, min(size, max(0, end - offset - 8))
        offset += 12 + size


def bare_png(file: BinaryIO) -> BinaryIO:
    """The file with only its pixels, palette and transparency."""
    kept = io.BytesIO()
    kept.write(b"\x89PNG\r\n\x1a\n")
    for name, offset, size in chunks(file):
        if name in _PIXELS:
            file.seek(offset - 8)
            kept.write(file.read(12 + size))
    kept.seek(0)
    return kept
