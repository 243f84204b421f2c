"""Every kind of file in a folder gives the right picture, or one error message."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.geometry import Box
from core.photos.images import crop, read_photo, resize_longest, taken_date
from core.util.errors import UserError


@pytest.mark.parametrize("mode", ["L", "1", "P", "RGB", "CMYK", "YCbCr", "RGBA", "LA"])
def test_every_mode_becomes_rgb(tmp_path: Path, mode: str) -> None:
    path = tmp_path / ("photo.tif" if mode in ("CMYK", "YCbCr") else "photo.png")
    Image.new("RGB", (20, 10), (200, 200, 200)).convert(mode).save(path)
    photo = read_photo(path)
    assert photo.shape == (10, 20, 3)
    assert photo.dtype == np.uint8
    assert abs(int(photo.mean()) - 200) < 60  # one bit per pixel is dithered


def test_cmyk_jpeg_keeps_its_colour(tmp_path: Path) -> None:
    Image.new("CMYK", (16, 16), (0, 255, 255, 0)).save(tmp_path / "red.jpg")
    red = read_photo(tmp_path / "red.jpg").mean(axis=(0, 1))
    assert red[0] > 200
    assert red[1] < 60


def test_transparency_lies_over_white(tmp_path: Path) -> None:
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(tmp_path / "clear.png")
    assert (read_photo(tmp_path / "clear.png") == 255).all()


def test_sixteen_bits_are_scaled(tmp_path: Path) -> None:
    Image.fromarray(np.full((4, 4), 32768, np.uint16)).save(tmp_path / "deep.png")
    assert abs(int(read_photo(tmp_path / "deep.png")[0, 0, 0]) - 128) <= 1


def test_exif_turn_is_applied(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (40, 20)).save(tmp_path / "turned.jpg", exif=exif)
    assert read_photo(tmp_path / "turned.jpg").shape == (40, 20, 3)


def test_taken_date(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0132] = "2024:05:06 07:08:09"
    Image.new("RGB", (8, 8)).save(tmp_path / "dated.jpg", exif=exif)
    assert taken_date(tmp_path / "dated.jpg") == "2024-05-06 07:08:09"


def test_text_named_jpg(tmp_path: Path) -> None:
    (tmp_path / "text.jpg").write_text("this is no photo")
    with pytest.raises(UserError, match="not a photo"):
        read_photo(tmp_path / "text.jpg")


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="missing"):
        read_photo(tmp_path / "none.jpg")
    with pytest.raises(UserError, match="folder"):
        read_photo(tmp_path)


@pytest.mark.parametrize(("shape", "expected"), [((100, 200), (325, 650)), ((333, 1000), (217, 650)), ((1, 1), (650, 650))])
def test_resize_rule(shape: tuple[int, int], expected: tuple[int, int]) -> None:
    assert resize_longest(np.zeros((*shape, 3), np.uint8), 650).shape[:2] == expected


def test_box_outside_the_photo() -> None:
    with pytest.raises(UserError, match="outside"):
        crop(np.zeros((10, 10, 3), np.uint8), Box(20, 20, 30, 30))
