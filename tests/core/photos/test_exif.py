"""Metadata of photos, valid or not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image

from core.photos.details import photo_details
from core.photos.exif import LONGEST
from core.util.errors import UserError

Base = ExifTags.Base


def photo_with(path: Path, tags: dict[int, object], place: dict[int, object] | None = None) -> Path:
    exif = Image.Exif()
    exif.update({tag: value for tag, value in tags.items() if tag < 0x8000})
    exif.get_ifd(ExifTags.IFD.Exif).update({tag: value for tag, value in tags.items() if tag >= 0x8000})
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(place or {})
    Image.new("RGB", (40, 30)).save(path, exif=exif)
    return path


def test_camera_exposure_and_place_are_told(tmp_path: Path) -> None:
    tags = {
        Base.Make: "Maker\0\n", Base.Model: "Camera 1", Base.ExposureTime: 0.004, Base.FNumber: 2.8,
        Base.ISOSpeedRatings: 200, Base.FocalLength: 35.0,
    }  # fmt: skip
    place = {1: "N", 2: (41.0, 53.0, 24.0), 3: "W", 4: (12.0, 30.0, 0.0)}
    rows = dict(photo_details(photo_with(tmp_path / "a.jpg", tags, place)))
    assert rows["Pixels"] == "40 × 30 (0.0 MP)"
    assert rows["File"].startswith("JPEG, ")
    assert (rows["Maker"], rows["Camera"]) == ("Maker", "Camera 1")
    assert (rows["Exposure"], rows["Aperture"], rows["Sensitivity"]) == ("1/250 s", "f/2.8", "ISO 200")
    assert rows["Focal length"] == "35 mm"
    assert rows["Place"] == "41.89000, -12.50000"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=1, max_size=300), st.floats(0, 1e6))
def test_any_words_are_shown_in_one_short_line(tmp_path: Path, words: str, seconds: float) -> None:
    tags: dict[int, object] = {Base.ImageDescription: words.encode(), Base.ExposureTime: seconds}
    for _, value in photo_details(photo_with(tmp_path / "b.jpg", tags)):
        assert value.isprintable()
        assert len(value) <= max(LONGEST, len(str(tmp_path)))


def test_a_file_that_is_no_photo_is_told(tmp_path: Path) -> None:
    (tmp_path / "c.jpg").write_text("no photo")
    for path in (tmp_path / "c.jpg", tmp_path / "d.jpg"):
        with pytest.raises(UserError):
            photo_details(path)
