"""HEIC, AVIF and raw files: read with their packages; without them an error says what to install."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, TiffImagePlugin, features

from core.photos import formats, kinds, workers
from core.photos.images import photo_size, read_photo, read_thumbnail
from core.util.errors import UserError

WIDTH, HEIGHT = 160, 120


def ramp() -> Image.Image:
    """Dark on the left, bright on the right."""
    row = np.linspace(10, 245, WIDTH).astype(np.uint8)
    return Image.fromarray(np.repeat(np.repeat(row[None, :, None], HEIGHT, axis=0), 3, axis=2))


def write_dng(path: Path) -> None:
    """The smallest raw file that a reader accepts: one strip of a Bayer pattern, brighter towards the right."""
    one = TiffImagePlugin.IFDRational(1, 1)
    tags = {
        254: (4, 0),
        262: (3, 32803),
        271: (2, "Made"),
        272: (2, "Up"),
        33421: (3, (2, 2)),
        33422: (1, bytes([0, 1, 1, 2])),
        50706: (1, bytes([1, 4, 0, 0])),
        50708: (2, "Made up"),
        50714: (4, 0),
        50717: (4, 65535),
        50721: (10, tuple(TiffImagePlugin.IFDRational(int(i % 4 == 0), 1) for i in range(9))),
        50728: (5, (one, one, one)),
    }
    directory = TiffImagePlugin.ImageFileDirectory_v2()
    for tag, (kind, value) in tags.items():
        directory.tagtype[tag] = kind
        directory[tag] = value
    values = np.tile(np.linspace(2000, 42000, WIDTH).astype(np.uint16), (HEIGHT, 1))
    Image.fromarray(values).save(path, format="TIFF", tiffinfo=directory)


@pytest.mark.parametrize("suffix", [".heic", ".avif"])
def test_pictures_of_telephones_are_read(tmp_path: Path, suffix: str) -> None:
    if suffix == ".avif" and not features.check("avif"):
        pytest.skip("this Pillow was built without AVIF")
    if suffix == ".heic":
        pytest.importorskip("pillow_heif").register_heif_opener()
    path = tmp_path / f"photo{suffix}"
    ramp().save(path, quality=95)
    assert photo_size(path) == (WIDTH, HEIGHT)
    photo = read_photo(path)
    assert photo.shape == (HEIGHT, WIDTH, 3)
    assert np.abs(photo.astype(int) - np.asarray(ramp())).mean() < 4
    assert max(read_thumbnail(path, 64).shape) == 64


def test_a_raw_file_without_a_preview_is_developed_at_half_its_size(tmp_path: Path) -> None:
    pytest.importorskip("rawpy")
    path = tmp_path / "photo.dng"
    write_dng(path)
    photo = read_photo(path)
    assert photo.shape == (HEIGHT // 2, WIDTH // 2, 3)
    assert photo_size(path) == (WIDTH // 2, HEIGHT // 2)
    brightness = photo.mean(axis=(0, 2))
    assert brightness[-5:].mean() > 2 * brightness[:5].mean()


def test_a_raw_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("rawpy")
    path = tmp_path / "photo.dng"
    write_dng(path)
    monkeypatch.setattr(workers, "APART", False)
    monkeypatch.setattr(kinds, "MOST_PIXELS", 1000)
    with pytest.raises(UserError, match="too large"):
        read_photo(path)


@pytest.mark.parametrize("suffix", [".heic", ".avif", ".nef", ".dng"])
def test_what_only_has_the_suffix_is_no_photo(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"photo{suffix}"
    path.write_bytes(b"not a photo" * 50)
    with pytest.raises(UserError):
        read_photo(path)
    with pytest.raises(UserError, match=r"missing|package"):
        read_photo(tmp_path / f"nowhere{suffix}")


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As on a machine without the packages."""
    formats._heif.cache_clear()
    monkeypatch.setattr(workers, "APART", False)
    for package in ("pillow_heif", "rawpy"):
        monkeypatch.setitem(sys.modules, package, None)
    monkeypatch.setattr(features, "check", lambda _name: False)
    yield
    formats._heif.cache_clear()


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize(
    ("name", "start", "package"),
    [
        ("photo.heic", b"\0\0\0\x18ftypheic", "pillow-heif"),
        ("photo.jpg", b"\0\0\0\x18ftypmif1", "pillow-heif"),
        ("photo.avif", b"\0\0\0\x1cftypavif", "Pillow"),
        ("photo.cr2", b"II*\0\x10\0\0\0CR", "rawpy"),
        ("photo.cr3", b"\0\0\0\x18ftypcrx ", "rawpy"),
    ],
)
def test_a_missing_package_is_named(tmp_path: Path, name: str, start: bytes, package: str) -> None:
    path = tmp_path / name
    path.write_bytes(start + bytes(200))
    with pytest.raises(UserError, match=package) as caught:
        read_photo(path)
    assert "pip install" in str(caught.value)
