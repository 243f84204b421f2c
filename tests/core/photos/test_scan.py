"""Folders with links, system folders, nested folders, odd entries, and photos that go and come back."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from PIL import Image

from core.engine import Engine
from core.library.listing import Listing, PhotoRow
from core.library.merging import with_new
from core.photos.scan import scan
from core.records import STAR, Query
from tests.core.photos.makers import (
    ASCII,
    SHORT,
    SLONG,
    encoded,
    exif_block,
    huge_png,
    many_passes,
    ramp,
    with_chunk,
)


def picture(path: Path, colour: str = "red") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (64, 48), colour).save(path)
    return path


def names(folders: list[Path]) -> list[str]:
    return [file.name for file in scan(folders)]


def test_links_are_followed_once(tmp_path: Path) -> None:
    root, other = tmp_path / "root", tmp_path / "other"
    picture(root / "a" / "1.png")
    picture(other / "2.png")
    (root / "outside").symlink_to(other)
    (root / "again").symlink_to(other)
    (root / "inside").symlink_to(root / "a")
    (root / "a" / "round").symlink_to(root)
    (root / "0.png").symlink_to(root / "a" / "1.png")
    (root / "nowhere.png").symlink_to(tmp_path / "nothing.png")
    found = names([root])
    assert found[0] == "a/1.png"
    assert [name.rpartition("/")[2] for name in found] == ["1.png", "2.png"]
    single = picture(tmp_path / "single" / "3.png")
    for place in ("x.png", "y.png"):
        (root / place).symlink_to(single)
    assert names([root]) == ["a/1.png", found[1], "x.png"]


def test_hidden_folders_and_those_of_the_system_are_left_out(tmp_path: Path) -> None:
    for folder in (".trash", "$RECYCLE.BIN", "System Volume Information", "@eaDir", "Lightroom Previews.lrdata", "kept"):
        picture(tmp_path / folder / "1.png")
    picture(tmp_path / ".hidden.png")
    assert names([tmp_path]) == ["kept/1.png"]


def test_nested_folders_are_looked_at_once(tmp_path: Path) -> None:
    picture(tmp_path / "a" / "b" / "1.png")
    picture(tmp_path / "a" / "2.png")
    assert names([tmp_path / "a" / "b", tmp_path / "a"]) == ["2.png", "b/1.png"]


def test_a_deleted_photo_is_kept_as_missing_and_comes_back(folder: Path, tmp_path: Path) -> None:
    photos, library, engine = Path(shutil.copytree(folder, tmp_path / "p")), tmp_path / "l.cropseek", Engine()
    engine.index([photos], library)
    engine.open_library(library)
    path = sorted(photos.iterdir())[0]
    [known] = [photo for photo in engine.photos() if photo.path == path]
    engine.browse.mark([known.id], STAR, True)
    kept = shutil.move(path, tmp_path / "elsewhere.jpg")
    for removed in (1, 0):
        assert engine.index([photos], library).removed == removed
        [missing] = [photo for photo in engine.browse.photos() if photo.state == "missing"]
        assert (missing.path, missing.id, missing.marks) == (path, known.id, (STAR,))
    assert engine.info().photos == 5
    assert path not in [photo.path for photo in engine.photos()]
    shutil.move(kept, path)
    again = engine.index([photos], library)
    assert (again.indexed, again.unchanged) == (0, 6)
    [back] = [photo for photo in engine.photos() if photo.path == path]
    assert (back.id, back.state, back.marks) == (known.id, "indexed", (STAR,))


def test_missing_photos_are_not_searched_are_found_elsewhere_and_forgotten_on_demand(folder: Path, tmp_path: Path) -> None:
    photos, library, engine = Path(shutil.copytree(folder, tmp_path / "p")), tmp_path / "l.cropseek", Engine()
    engine.index([photos], library)
    engine.open_library(library)
    asked, *rest = sorted(photos.iterdir())
    away = [Path(shutil.move(path, tmp_path / path.name)) for path in rest[:2]]
    engine.index([photos], library)
    hits = engine.search(Query(asked)).hits
    assert {hit.photo.path for hit in hits} == set(rest[2:])
    (photos / "sub").mkdir()
    shutil.move(away[0], photos / "sub" / "moved.jpg")
    engine.index([photos], library)
    assert [photo.path for photo in engine.browse.photos() if photo.state == "missing"] == [rest[1]]
    assert photos / "sub" / "moved.jpg" in {hit.photo.path for hit in engine.search(Query(asked)).hits}
    assert engine.browse.forget_missing() == 1
    assert len(engine.browse.photos()) == 5


def test_what_is_left_out_is_forgotten_and_not_missing(folder: Path, tmp_path: Path) -> None:
    photos, library, engine = Path(shutil.copytree(folder, tmp_path / "p")), tmp_path / "l.cropseek", Engine()
    engine.index([photos], library)
    engine.open_library(library)
    assert engine.index([photos], library, exclude=["loggia*"]).removed == 2
    assert {photo.state for photo in engine.browse.photos()} == {"indexed"}


def test_new_files_are_shown_beside_what_is_indexed(tmp_path: Path) -> None:
    root = tmp_path / "r"
    for name in ("a/1.png", "b.png", "c/d/2.png"):
        picture(root / name)
    listing = Listing([PhotoRow(str(root), "b.png", 7, 64, 48, "indexed", "", "2024-01-01 00:00:00")], {7: (STAR,)})
    found = with_new(listing, scan([root]))
    assert found is not None
    assert [(photo.path.relative_to(root).as_posix(), photo.state) for photo in found] == [
        ("a/1.png", "new"), ("b.png", "indexed"), ("c/d/2.png", "new"),
    ]  # fmt: skip
    assert found[1] == listing[0]
    assert with_new(found, scan([root / "c", root])) is None
    assert with_new(found, scan([root / "c"])) is None


@pytest.mark.skipif(os.name != "posix", reason="pipes and links are others there")
def test_anything_may_lie_in_a_folder(tmp_path: Path) -> None:
    """Each entry is indexed, reported or ignored as it should; files: ``test_odd_photos``, permissions: ``test_disk``."""
    root, library, engine = tmp_path / "photos", tmp_path / "l.cropseek", Engine()
    root.mkdir()
    good = {
        "date.jpg": encoded(ramp(), exif=exif_block([], [(0x9003, ASCII, b"2013:01:01 10:20:30\0more\x01")])),
        "pointer.jpg": encoded(ramp(80, 60), exif=exif_block([(0x8769, SLONG, (-100).to_bytes(4, "little", signed=True))])),
        "turned.jpg": encoded(ramp(80, 64), exif=exif_block([(0x0100, ASCII, b"wide\0"), (0x0112, SHORT, b"\6\0")])),
        "text.png": with_chunk(encoded(ramp(88, 64), "PNG"), b"tEXt", b"Comment\0" + b"x" * 3_000_000),
        "junk.png": with_chunk(encoded(ramp(90, 64), "PNG"), b"eXIf", b"junk"),
        "photo.jfif": encoded(ramp(92, 64)),
        "cut.jpg": encoded(ramp(94, 64))[:-2],
        "webp.jpg": encoded(ramp(96, 66), "WEBP"),
    }
    bad = {
        "postscript.jpg": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n{} loop\n",
        "passes.jpg": many_passes(3_000),
        "claims.png": huge_png(20_000, 30_000, rows=2),
        "empty.jpg": b"",
    }
    for name, data in {**good, **bad}.items():
        (root / name).write_bytes(data)
    os.mkfifo(root / "pipe.jpg")
    (root / "loop.jpg").symlink_to(root / "loop.jpg")
    (root / "zero.png").symlink_to("/dev/zero")
    report = engine.index([root], library)
    told = {skipped.path.name: skipped.reason for skipped in report.skipped}
    assert report.indexed == len(good)
    assert set(told) == {*bad, "pipe.jpg", "loop.jpg", "zero.png"}
    assert "passes" in told["passes.jpg"]
    assert "megapixels" in told["claims.png"]
    assert "not a photo" in told["postscript.jpg"]
    assert "pipe" in told["pipe.jpg"]
    engine.open_library(library)
    assert {photo.path.name for photo in engine.photos() if photo.state == "indexed"} == set(good)
    assert [photo.taken for photo in engine.photos() if photo.path.name == "date.jpg"] == ["2013-01-01 10:20:30"]
    assert len(engine.search(Query(root / "date.jpg")).hits) == len(good) - 1
    again = Engine().index([root], library)
    assert (again.indexed, again.unchanged) == (0, len(good))
    assert {skipped.path.name for skipped in again.skipped} == set(told)
