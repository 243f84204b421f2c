"""Unusual photos: odd metadata, odd profiles, truncated files, and files that claim too much."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageCms

ASCII, SHORT, LONG, SLONG = 2, 3, 4, 9

Entry = tuple[int, int, bytes]
"""Tag, type and bytes of a value."""

_WIDTHS = {1: 1, ASCII: 1, SHORT: 2, LONG: 4, 5: 8, 7: 1, SLONG: 4, 10: 8}


def ramp(width: int = 96, height: int = 64) -> Image.Image:
    """Colours that differ from corner to corner."""
    rows, columns = np.mgrid[0:height, 0:width]
    values = np.stack([columns * 255 // width, rows * 255 // height, (rows + columns) * 255 // (width + height)], -1)
    return Image.fromarray(values.astype(np.uint8))


def encoded(image: Image.Image, form: str = "JPEG", **options: object) -> bytes:
    """The bytes of a file."""
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def exif_block(main: Sequence[Entry], taken: Sequence[Entry] = ()) -> bytes:
    """An EXIF block with the given entries, valid or not; ``taken`` are those of the second directory."""
    pointer: list[Entry] = [(0x8769, LONG, bytes(4))] if taken else []
    first = _directory([*main, *pointer], 8)
    if taken:
        second = 8 + len(first)
        first = _directory([*main, (0x8769, LONG, struct.pack("<I", second))], 8)
    return b"Exif\0\0II*\0\x08\0\0\0" + first + (_directory(taken, 8 + len(first)) if taken else b"")


def _directory(entries: Sequence[Entry], start: int) -> bytes:
    rows, values = b"", b""
    offset = start + 2 + 12 * len(entries) + 4
    for tag, kind, value in entries:
        inside = value.ljust(4, b"\0") if len(value) <= 4 else struct.pack("<I", offset + len(values))
        rows += struct.pack("<HHI", tag, kind, len(value) // _WIDTHS.get(kind, 1)) + inside
        values += value if len(value) > 4 else b""
    return struct.pack("<H", len(entries)) + rows + bytes(4) + values


def chunk(kind: bytes, data: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def with_chunk(png: bytes, kind: bytes, data: bytes, last: bool = False) -> bytes:
    """A PNG with an extra chunk, after the header or before the end."""
    offset = len(png) - 12 if last else 33
    return png[:offset] + chunk(kind, data) + png[offset:]


def huge_png(width: int, height: int, rows: int | None = None) -> bytes:
    """A PNG whose header claims a size, with equal pixels: only ``rows`` rows, or all."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(bytes(1 + 3 * width)) for _ in range(height if rows is None else rows))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data + packer.flush()) + chunk(b"IEND", b"")


def many_passes(number: int) -> bytes:
    """A progressive JPEG whose last pass is repeated."""
    data = encoded(ramp(), progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:last] + data[last:-2] * number + data[-2:]


def swapped_profile() -> bytes:
    """A matrix profile with red and blue exchanged."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    number = struct.unpack(">I", data[128:132])[0]
    places = {bytes(data[132 + 12 * i : 136 + 12 * i]): 136 + 12 * i for i in range(number)}
    red, blue = places[b"rXYZ"], places[b"bXYZ"]
    data[red : red + 8], data[blue : blue + 8] = data[blue : blue + 8], data[red : red + 8]
    data[84:100] = bytes(16)  # the profile's own hash
    return bytes(data)
