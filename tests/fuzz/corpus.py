"""Photos of every kind that is read, made here, and the ways in which they are spoilt."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import suppress

import numpy as np
from PIL import Image, features

from tests.core.photos.makers import ASCII, LONG, SHORT, chunk, encoded, exif_block, ramp, swapped_profile, with_chunk

EXTREMES = (
    b"\0",
    b"\xff",
    b"\x7f",
    b"\x80",
    b"\xff\xff\xff\xff",
    b"\x7f\xff\xff\xff",
    b"\0\0\0\0",
    b"\x80\0\0\0",
    b"\xff\xda",
)
MOST_CHANGES = 12

SUFFIXES = (".jpg", ".png", ".tif", ".heic", ".webp", ".nef", ".dng", ".jp2", ".gif")


def photos() -> list[bytes]:
    """One small file of each kind."""
    exif = exif_block(
        [(0x010F, ASCII, b"Maker\0"), (0x0112, SHORT, b"\6\0"), (0x0132, ASCII, b"2024:05:06 07:08:09\0")],
        [(0x9003, ASCII, b"2013:01:01 10:20:30\0"), (0x829A, 5, (1).to_bytes(4, "little") + (250).to_bytes(4, "little"))],
    )
    profile = swapped_profile()
    small, deep = ramp(48, 32), ramp(48, 32).convert("L")
    found = [
        encoded(small, exif=exif, icc_profile=profile),
        encoded(small, progressive=True, exif=exif),
        encoded(small.convert("CMYK")),
        encoded(deep),
        encoded(small, "PNG", icc_profile=profile, exif=exif),
        with_chunk(encoded(small.convert("RGBA"), "PNG"), b"tEXt", b"Raw profile type exif\0\nexif\n 4\n49492a00"),
        encoded(small.quantize(16), "PNG"),
        encoded(Image.fromarray(np.asarray(deep).astype(np.uint16) * 257), "PNG"),
        encoded(small, "PNG") + chunk(b"eXIf", exif[6:]),
        encoded(small, "WEBP", exif=exif, icc_profile=profile),
        encoded(small, "WEBP", lossless=True),
        encoded(small, "WEBP", save_all=True, append_images=[small]),
        encoded(small.quantize(16), "GIF", save_all=True, append_images=[small.quantize(8)]),
        encoded(small, "BMP"),
        encoded(small, "PPM"),
        encoded(small, "TIFF", compression="tiff_lzw"),
        encoded(small, "TIFF", compression="tiff_adobe_deflate", icc_profile=profile),
        encoded(small, "TIFF"),
        encoded(deep.convert("F"), "TIFF"),
        encoded(deep.convert("I"), "TIFF"),
    ]
    return found + list(_optional(small, exif))


def _optional(small: Image.Image, exif: bytes) -> Iterator[bytes]:
    """What wants a further package."""
    if features.check("jpg_2000"):
        yield encoded(small, "JPEG2000")
    if features.check("avif"):
        yield encoded(small, "AVIF", exif=exif)
    with suppress(ImportError):
        import pillow_heif

        pillow_heif.register_heif_opener()
        yield encoded(small, "HEIF", exif=exif)


def mutated(data: bytes, other: bytes, random: random.Random) -> bytes:
    """A file with a few changes; mostly small ones, as those get farthest."""
    found = bytearray(data)
    for _ in range(random.randint(1, MOST_CHANGES)):
        _change(found, other, random)
    return bytes(found)


def _change(found: bytearray, other: bytes, random: random.Random) -> None:
    # The very first bytes only tell the format.
    first = random.choice((0, *[12] * 9))
    place = first + random.randrange(max(1, min(len(found), random.choice((64, 600, len(found) + 1))) - first))
    size = random.choice((1, 1, 2, 4, 16, 200))
    way = random.randrange(8)
    if way < 2 and place < len(found):
        found[place] ^= 1 << random.randrange(8)
    elif way == 2 and place < len(found):
        found[place] = random.randrange(256)
    elif way == 3:
        value = random.choice(EXTREMES)
        found[place : place + len(value)] = value
    elif way == 4:
        del found[place : place + size]
    elif way == 5:
        found[place:place] = found[place : place + size] * random.choice((1, 1, 1, 50))
    elif way == 6:
        start = random.randrange(max(1, len(other)))
        found[place : place + size] = other[start : start + size]
    elif random.random() < 0.2:
        del found[place:]


def exif(random: random.Random) -> bytes:
    """Metadata whose entries are right in form, and mostly in nothing else."""
    tags = (0x0100, 0x010F, 0x0112, 0x0132, 0x8769, 0x8825, 0x829A, 0x9003, 0x9286, 0x927C, 0xA434)

    def entries() -> list[tuple[int, int, bytes]]:
        return [
            (random.choice(tags), random.randint(0, 13), random.randbytes(random.randint(0, 30)))
            for _ in range(random.randint(0, 6))
        ]

    return exif_block([*entries(), (0x0112, SHORT, random.randbytes(2)), (0x0201, LONG, random.randbytes(4))], entries())
