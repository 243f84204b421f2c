"""Odd files with good pixels give the right picture in the right colours."""

from __future__ import annotations

import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms

from core.chain.load import shipped_describer
from core.photos import colour, decoder, workers
from core.photos.decoder import CUT_SHORT
from core.photos.details import photo_details
from core.photos.images import (
    SUFFIXES,
    Rgb,
    photo_size,
    read_header,
    read_photo,
    read_picture,
    read_thumbnail,
    read_whole,
    taken_date,
)
from core.photos.scan import scan
from core.util.errors import UserError
from core.util.progress import Ticket
from core.util.resources import SAMPLE
from tests.conftest import SHARED
from tests.core.photos import makers
from tests.core.photos.makers import ASCII, LONG, SHORT, SLONG, encoded, exif_block, ramp, with_chunk

DATE = (0x9003, ASCII, b"2013:01:01 10:20:30\0")


def difference(photo: Rgb, image: Image.Image) -> float:
    """Mean difference of the grey levels."""
    return float(np.abs(photo.astype(int) - np.asarray(image.convert("RGB"))).mean())


def in_every_way(path: Path) -> Rgb:
    """The photo; also checks its size, date, details and thumbnail."""
    whole = read_whole(path)
    height, width = whole.pixels.shape[:2]
    assert photo_size(path) == (width, height) == whole.size
    assert taken_date(path) == whole.taken
    assert dict(photo_details(path))["Pixels"].startswith(f"{width} × {height} ")
    small = read_thumbnail(path, 32)
    assert max(small.shape) == 32
    assert abs(small.mean() - whole.pixels.mean()) < 4
    return whole.pixels


@pytest.mark.parametrize(
    "exif",
    [
        exif_block([], [(0x9003, ASCII, b"2013:01:01 10:20:30\0more\x01\xff\0")]),
        exif_block([(0x8769, SLONG, (-100).to_bytes(4, "little", signed=True))]),
        exif_block([(0x8769, LONG, b"\xff\xff\xff\x7f"), (0x8825, ASCII, b"no")]),
        exif_block([(0x0100, ASCII, b"wide\0"), (0x0112, SHORT, b"\1\0")]),
        exif_block([(0x0112, ASCII, b"turned\0")]),
        exif_block([(0x0112, SHORT, b"\x63\0")]),
        b"Exif\0\0" + b"junk" * 20,
        b"Exif\0\0II*\0\xff\xff\xff\xff",
        exif_block([(tag, 99, b"abcdefgh") for tag in range(40)]),
    ],
)
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_no_metadata_spoil_a_photo(tmp_path: Path, exif: bytes, form: str) -> None:
    path = tmp_path / f"photo.{form.lower()}"
    if form == "TIFF":
        path.write_bytes(encoded(ramp(), "TIFF"))
    else:
        path.write_bytes(encoded(ramp(), form, exif=exif, **({"lossless": True} if form == "WEBP" else {})))
    assert difference(in_every_way(path), ramp()) < 4


def test_a_turn_beside_a_mistyped_tag_is_applied(tmp_path: Path) -> None:
    exif = exif_block([(0x0100, ASCII, b"wide\0"), (0x0112, SHORT, b"\6\0")])
    (tmp_path / "a.jpg").write_bytes(encoded(ramp(), exif=exif))
    assert difference(in_every_way(tmp_path / "a.jpg"), ramp().transpose(Image.Transpose.ROTATE_270)) < 4


@pytest.mark.parametrize("turn", range(1, 9))
def test_every_turn_is_the_one_of_the_standard(tmp_path: Path, turn: int, monkeypatch: pytest.MonkeyPatch) -> None:
    from PIL import ImageOps

    monkeypatch.setattr(workers, "APART", False)
    monkeypatch.setattr(colour, "STRIP", 1000)
    exif = Image.Exif()
    exif[0x0112] = turn
    path = tmp_path / "a.png"
    ramp().save(path, exif=exif)
    assert (read_photo(path) == np.asarray(ImageOps.exif_transpose(Image.open(path)))).all()
    assert read_header(path).size == read_photo(path).shape[1::-1]


@pytest.mark.parametrize("place", [False, True])
@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (b"tEXt", b"Raw profile type exif\0\nexif\n  99\nzz not hexadecimal"),
        (b"zTXt", b"Raw profile type exif\0\0not zlib"),
        (b"tEXt", b"Comment\0" + b"x" * 3_000_000),
        (b"zTXt", b"Comment\0\0" + zlib.compress(bytes(80_000_000), 9)),
        (b"iTXt", b"\xff\xff"),
        (b"eXIf", b"junk"),
        (b"eXIf", b""),
        (b"iCCP", b"name\0\0" + b"no profile"),
        (b"gAMA", b""),
        (b"pHYs", b"\1"),
        (b"tIME", b"\1"),
    ],
)
def test_no_text_in_a_png_spoils_it(tmp_path: Path, kind: bytes, data: bytes, place: bool) -> None:
    (tmp_path / "a.png").write_bytes(with_chunk(encoded(ramp(), "PNG"), kind, data, last=place))
    assert difference(in_every_way(tmp_path / "a.png"), ramp()) == 0


@pytest.mark.parametrize("data", [encoded(ramp(), "PNG"), with_chunk(encoded(ramp(), "PNG"), b"eXIf", b"junk")])
def test_a_sound_png_is_decoded_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    def never(_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(workers, "APART", False)
    monkeypatch.setattr(decoder, "bare_png", never)
    (tmp_path / "a.png").write_bytes(data)
    assert difference(read_photo(tmp_path / "a.png"), ramp()) == 0


def test_dates_in_a_png_are_found_wherever_they_stand(tmp_path: Path) -> None:
    block = exif_block([], [DATE])[6:]
    raw = b"Raw profile type exif\0\nexif\n" + str(len(block)).encode() + b"\n" + block.hex().encode()
    for name, data in (("eXIf", block), ("tEXt", raw)):
        for last in (False, True):
            (tmp_path / "a.png").write_bytes(with_chunk(encoded(ramp(), "PNG"), name.encode(), data, last))
            assert taken_date(tmp_path / "a.png") == "2013-01-01 10:20:30"


@pytest.mark.parametrize("name", ["a.jfif", "a.jpe", "a.mpo", "a.JPG", "a.heic", "a.png", "a.nef"])
def test_a_format_is_told_by_its_bytes(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(encoded(ramp(), exif=exif_block([], [DATE])))
    assert [file.name for file in scan([tmp_path])] == [name]
    assert in_every_way(tmp_path / name).shape == (64, 96, 3)
    assert read_header(tmp_path / name).kind == "JPEG"


def test_other_formats_under_the_name_of_a_jpeg(tmp_path: Path) -> None:
    pytest.importorskip("pillow_heif").register_heif_opener()
    for form in ("HEIF", "AVIF", "PNG", "WEBP", "TIFF", "BMP", "GIF", "JPEG2000", "PPM"):
        (tmp_path / "a.jpg").write_bytes(encoded(ramp(), form))
        assert difference(in_every_way(tmp_path / "a.jpg"), ramp()) < 12, form
    assert {".jfif", ".jpe", ".mpo", ".j2k"} <= SUFFIXES


@pytest.mark.parametrize("missing", [1, 2, 200])
@pytest.mark.parametrize("options", [{}, {"progressive": True}])
def test_what_decodes_of_a_cut_jpeg_is_shown_and_told(tmp_path: Path, missing: int, options: dict[str, object]) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(encoded(ramp(400, 300), quality=95, **options)[:-missing])
    photo = in_every_way(path)
    assert difference(photo[:200], ramp(400, 300).crop((0, 0, 400, 200))) < 8
    assert CUT_SHORT in read_whole(path).notes
    assert ("Note", CUT_SHORT) in photo_details(path)
    path.write_bytes(encoded(ramp(400, 300), **options) + bytes(70_000))
    assert read_whole(path).notes == read_header(path).notes == ()  # data may follow after its end


def test_what_decodes_of_a_cut_png_is_shown_and_told(tmp_path: Path) -> None:
    data = encoded(ramp(400, 300), "PNG", compress_level=0)
    (tmp_path / "a.png").write_bytes(data[: len(data) * 2 // 3])
    whole = read_whole(tmp_path / "a.png")
    assert (whole.pixels[:150] == np.asarray(ramp(400, 300))[:150]).all()
    assert whole.notes == (CUT_SHORT,)


def test_a_file_of_which_nothing_decodes_is_damaged(tmp_path: Path) -> None:
    data = encoded(ramp(400, 300))
    (tmp_path / "a.jpg").write_bytes(data[: data.index(b"\xff\xda") + 14])
    for read in (read_photo, lambda path: read_thumbnail(path, 64)):
        with pytest.raises(UserError, match="damaged"):
            read(tmp_path / "a.jpg")


@pytest.mark.parametrize(("top", "expected"), [(1.0, 255), (255.0, 255), (65535.0, 255), (1e9, 255)])
def test_floating_point_photos_are_as_bright_as_they_are(tmp_path: Path, top: float, expected: int) -> None:
    values = np.linspace(0, top, 100, dtype=np.float32).reshape(10, 10)
    values[0, 0] = np.nan
    Image.fromarray(values).save(tmp_path / "a.tif")
    photo = read_photo(tmp_path / "a.tif")
    assert photo[-1, -1, 0] == expected
    assert abs(int(photo[5, 0, 0]) - 129) <= 1


# -- colour ------------------------------------------------------------------------------------------------------------


def linear(image: Image.Image) -> tuple[Image.Image, bytes]:
    """The same colours in another colour space, with red and blue exchanged; correct viewers show no difference."""
    red, green, blue = image.split()
    return Image.merge("RGB", (blue, green, red)), makers.swapped_profile()


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif", ".webp"])
def test_a_profile_is_applied(tmp_path: Path, suffix: str) -> None:
    stored, profile = linear(ramp())
    path = tmp_path / f"a{suffix}"
    stored.save(path, icc_profile=profile, **{".jpg": {"quality": 95}, ".webp": {"lossless": True}}.get(suffix, {}))
    assert difference(read_photo(path), ramp()) < 6
    assert difference(read_photo(path), stored) > 15
    assert difference(read_thumbnail(path, 48), ramp().resize((48, 32), Image.Resampling.BICUBIC)) < 6
    assert difference(read_picture(path.read_bytes()), ramp()) < 6


def test_a_profile_under_transparency_and_of_a_palette(tmp_path: Path) -> None:
    stored, profile = linear(ramp())
    clear = stored.convert("RGBA")
    clear.putalpha(Image.new("L", clear.size, 255))
    clear.paste((0, 0, 0, 0), (0, 0, 10, 10))
    clear.save(tmp_path / "a.png", icc_profile=profile)
    photo = read_photo(tmp_path / "a.png")
    assert (photo[:10, :10] == 255).all()
    assert difference(photo[10:], ramp().crop((0, 10, 96, 64))) < 6
    stored.quantize(256).save(tmp_path / "b.png", icc_profile=profile)
    assert difference(read_photo(tmp_path / "b.png"), ramp()) < 12


def test_srgb_itself_changes_no_pixel(tmp_path: Path) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    ramp().save(tmp_path / "a.png", icc_profile=profile)
    assert difference(read_photo(tmp_path / "a.png"), ramp()) == 0


@pytest.mark.parametrize("profile", [b"", b"no profile", bytes(200), makers.swapped_profile()[:300]])
def test_a_broken_profile_is_left_out_and_told(tmp_path: Path, profile: bytes) -> None:
    (tmp_path / "a.jpg").write_bytes(encoded(ramp(), icc_profile=profile))
    whole = read_whole(tmp_path / "a.jpg")
    assert difference(whole.pixels, ramp()) < 4
    assert whole.notes == (("its colour profile cannot be applied",) if profile else ())


def test_a_profile_for_other_colours_is_left_out(tmp_path: Path) -> None:
    for mode, profile in (("L", makers.swapped_profile()), ("CMYK", makers.swapped_profile())):
        (tmp_path / "a.jpg").write_bytes(encoded(ramp().convert(mode), icc_profile=profile))
        assert read_whole(tmp_path / "a.jpg").notes == ("its colour profile cannot be applied",)


def test_the_network_sees_the_colours_of_a_profile(tmp_path: Path) -> None:
    photo = Image.open(SAMPLE / "photos" / "beach-01.jpg").convert("RGB")
    stored, profile = linear(photo)
    photo.save(tmp_path / "a.png")
    stored.save(tmp_path / "b.png", icc_profile=profile)
    stored.save(tmp_path / "c.png")
    describer = shipped_describer("standard", "cpu", None, Ticket())
    plain, same, other = (describer.describe(read_photo(tmp_path / f"{name}.png")).descriptor for name in "abc")
    assert float(plain @ same) > 0.99
    assert float(plain @ other) < 0.9


@pytest.mark.shared
def test_the_faults_of_other_people(tmp_path: Path) -> None:
    photos = [path for path in sorted((SHARED / "faults").iterdir()) if path.suffix != ".md"]
    assert len(photos) == 8
    for path in photos:
        photo = in_every_way(path)
        assert photo.std() > 20
