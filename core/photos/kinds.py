"""The format of a file, detected from its first bytes; the suffix only distinguishes raw files from other TIFF files.

Pillow may only try this one format.  So no file, whatever its name, is opened that Pillow would pass to another program
(EPS to Ghostscript).
"""

from __future__ import annotations

from dataclasses import dataclass

RAW_SUFFIXES = frozenset({".arw", ".cr2", ".cr3", ".dng", ".nef", ".orf", ".pef", ".raf", ".rw2", ".srw"})

HEAD = 64
"""Number of first bytes that show the format."""

MOST_FILE = 2 << 30
"""Largest photo file in bytes."""

TOO_LARGE = f"the file is too large for a photo, the limit is {MOST_FILE >> 30} GiB"

MOST_PIXELS = 200_000_000
"""Larger photos are refused: a photo takes three bytes a pixel, and a hostile file can claim any size."""

MOST_MEMORY = 1_400 << 20
"""Largest memory in bytes for decoding one photo."""


@dataclass(frozen=True)
class PhotoKind:
    """A format that is read.

    Attributes:
        name: as shown to the user.
        pillow: Pillow's names for it; the only formats that Pillow may try.
        cost: bytes of memory for each pixel while decoding, including the result.
        whole: the file is read into memory as one piece.
    """

    name: str
    pillow: tuple[str, ...]
    cost: int
    whole: bool = False

    @property
    def most_pixels(self) -> int:
        """Number of pixels of the largest photo of this format that is decoded."""
        return min(MOST_PIXELS, MOST_MEMORY // self.cost)


# MPO is not listed: Pillow detects it behind JPEG, and would load all its plugins if asked for it by name.
# Costs: Pillow keeps four bytes a pixel, the result has three; some libraries keep one or two more copies.
JPEG = PhotoKind("JPEG", ("JPEG",), 7)
LAYERED_JPEG = PhotoKind("progressive JPEG", ("JPEG",), 13)
PNG = PhotoKind("PNG", ("PNG",), 7)
GIF = PhotoKind("GIF", ("GIF",), 7)
BMP = PhotoKind("BMP", ("BMP",), 7)
PPM = PhotoKind("PPM", ("PPM",), 7)
TIFF = PhotoKind("TIFF", ("TIFF",), 11)
WEBP = PhotoKind("WebP", ("WEBP",), 19, whole=True)
JPEG2000 = PhotoKind("JPEG 2000", ("JPEG2000",), 19)
HEIC = PhotoKind("HEIC", ("HEIF",), 17, whole=True)
AVIF = PhotoKind("AVIF", ("AVIF",), 17, whole=True)
RAW = PhotoKind("raw", (), 7, whole=True)

_STARTS: tuple[tuple[bytes, PhotoKind], ...] = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"BM", BMP),
    (b"\0\0\0\x0cjP  \r\n\x87\n", JPEG2000),
    (b"\xff\x4f\xff\x51", JPEG2000),
    (b"FUJIFILMCCD-RAW", RAW),
    (b"IIU\0", RAW),
    (b"IIRO", RAW),
    (b"IIRS", RAW),
    (b"MMOR", RAW),
)
_TIFFS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_BRANDS = {
    **dict.fromkeys((b"avif", b"avis"), AVIF),
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"), HEIC),
    b"crx ": RAW,
}
_GENERAL = (b"mif1", b"msf1", b"miaf")


def kind_of_bytes(head: bytes, suffix: str = "") -> PhotoKind | None:
    """The format that a file's first ``HEAD`` bytes show; None if it is not supported.

    Args:
        suffix: of the file's name, which distinguishes a camera's raw file from another TIFF.
    """
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    if head[:4] in _TIFFS:
        return RAW if suffix.lower() in RAW_SUFFIXES else TIFF
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if len(head) > 2 and head[:1] == b"P" and head[1:2] in b"123456f" and head[2:3].isspace():
        return PPM
    return _of_brands(head) if head[4:8] == b"ftyp" else None


def _of_brands(head: bytes) -> PhotoKind | None:
    """HEIC, AVIF and CR3 share a container, which names its main brand first and then the compatible ones."""
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, min(len(head), int.from_bytes(head[:4], "big")), 4))]
    known = next((_BRANDS[brand] for brand in brands if brand in _BRANDS), None)
    return known or (HEIC if brands[0] in _GENERAL else None)
