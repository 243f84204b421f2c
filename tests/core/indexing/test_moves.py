"""Moved photos and folders, and files that change unnoticed: stored data belongs to the content of a file."""

from __future__ import annotations

import os
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

import main
from core.engine import Engine
from core.geometry import Box
from core.indexing import passes
from core.indexing.contents import Contents
from core.indexing.run import make_plan
from core.library import open_library
from core.library.ordering import ordered
from core.photos.scan import scan
from core.records import STAR, IndexReport, PhotoRecord, Query
from core.util.errors import UserError
from core.util.progress import Ticket
from tests.core.indexing.conftest import TINY

Draw = Callable[[Path, int], Path]


@pytest.fixture
def photos(tmp_path: Path, draw: Draw) -> Path:
    for number in range(6):
        draw(tmp_path / "photos" / f"{'ab'[number % 2]}" / f"{number}.png", number)
    return tmp_path / "photos"


def index(engine: Engine, folder: Path, library: Path, **more: bool) -> IndexReport:
    report = engine.index([folder], library, preset=TINY, layout="none", **more)
    engine.open_library(library)
    return report


@pytest.fixture
def described(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the photos that were described, not only recognised."""
    names: list[str] = []
    made = passes.described

    def described(*given):  # noqa: ANN002, ANN202
        for entry, new in made(*given):
            if new:
                names.append(entry.path.name)
            yield entry, new

    monkeypatch.setattr(passes, "described", described)
    return names


def by_name(engine: Engine) -> dict[str, PhotoRecord]:
    return {photo.path.name: photo for photo in engine.browse.photos()}


def test_a_photo_moved_over_another_one_takes_its_place(tiny: Engine, photos: Path, tmp_path: Path) -> None:
    library = tmp_path / "l.cropseek"
    index(tiny, photos, library)
    before = by_name(tiny)
    (photos / "a" / "0.png").replace(photos / "a" / "2.png")
    for _ in range(2):
        index(tiny, photos, library)
        after = by_name(tiny)
        assert set(after) == set(before) - {"0.png"}
        assert after["2.png"].id == before["0.png"].id


def test_photos_that_change_places_are_all_there(tiny: Engine, photos: Path, tmp_path: Path) -> None:
    library = tmp_path / "l.cropseek"
    index(tiny, photos, library)
    tiny.browse.mark([by_name(tiny)["0.png"].id], STAR, True)
    first, second, aside = photos / "a" / "0.png", photos / "a" / "2.png", photos / "a" / "x"
    first.rename(aside)
    second.rename(first)
    aside.rename(second)
    index(tiny, photos, library)
    assert len(by_name(tiny)) == 6
    assert [name for name, photo in by_name(tiny).items() if photo.marks] == ["2.png"]


def test_a_renamed_folder_is_recognised(
    tiny: Engine, photos: Path, tmp_path: Path, draw: Draw, described: list[str]
) -> None:
    library = tmp_path / "l.cropseek"
    index(tiny, photos, library)
    before = by_name(tiny)
    tiny.browse.mark([before["1.png"].id], STAR, True)
    renamed = photos.rename(tmp_path / "renamed")
    assert tiny.folders.gone() == (photos,)
    assert tiny.folders.renamed_to(renamed) == photos
    (renamed / "a" / "4.png").unlink()
    draw(renamed / "new.png", 99)
    described.clear()
    report = index(tiny, renamed, library)
    assert described == ["new.png"]
    assert report.indexed == 6
    after = by_name(tiny)
    assert tiny.info().roots == (photos, renamed)  # as the photo that was not found may come back
    assert {name: photo.id for name, photo in after.items() if name != "new.png"} == {n: p.id for n, p in before.items()}
    assert after["1.png"].marks == (STAR,)
    assert after["4.png"].state == "missing"
    assert all(photo.path.is_relative_to(renamed) for name, photo in after.items() if name != "4.png")
    hits = tiny.search(Query(renamed / "a" / "0.png")).hits
    assert {hit.photo.path.parent.parent for hit in hits} == {renamed, tmp_path}
    tiny.browse.forget_missing()
    index(tiny, renamed, library)
    assert tiny.info().roots == (renamed,)


def test_relink_and_forget(
    tiny: Engine, photos: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], described: list[str]
) -> None:
    library = tmp_path / "l.cropseek"
    index(tiny, photos, library)
    before = by_name(tiny)
    tiny.save_query("box", Query(photos / "a" / "0.png", Box(1, 2, 30, 40)))
    away = photos.rename(tmp_path / "away")
    command = ["relink", str(photos), str(away), "--library", str(library)]
    assert main.main(command) == 0
    assert "6 photos" in capsys.readouterr().out
    tiny.open_library(library)
    assert {name: photo.id for name, photo in by_name(tiny).items()} == {name: photo.id for name, photo in before.items()}
    assert tiny.info().roots == (away,)
    assert tiny.saved_queries()[0].query.path == away / "a" / "0.png"
    described.clear()
    assert index(tiny, away, library).unchanged == 6
    assert main.main(command) == 1  # a second time there is nothing to relink
    assert main.main(["relink", str(away), str(tmp_path / "none"), "--library", str(library)]) == 1
    assert "no folder at the new path" in capsys.readouterr().err
    with pytest.raises(UserError, match="no photos below"):
        tiny.folders.forget(tmp_path / "other")
    assert main.main(["forget", str(away), "--library", str(library), "--json"]) == 0
    tiny.open_library(library)
    assert tiny.info().photos == 0
    assert tiny.info().roots == ()
    assert len(list(away.rglob("*.png"))) == 6


def test_a_folder_within_another_is_relinked(tiny: Engine, photos: Path, tmp_path: Path) -> None:
    library = tmp_path / "l.cropseek"
    index(tiny, photos, library)
    (photos / "a").rename(photos / "c")
    assert tiny.folders.relink(photos / "a", photos / "c") == 3
    tiny.open_library(library)
    assert tiny.info().roots == (photos,)
    assert index(tiny, photos, library).unchanged == 6
    (photos / "c").rename(tmp_path / "d")
    assert tiny.folders.relink(photos / "c", tmp_path / "d") == 3
    tiny.open_library(library)
    assert tiny.info().roots == (tmp_path / "d", photos)


@pytest.mark.parametrize("rehash", [False, True])
def test_another_content_of_the_same_size_and_time_is_seen(
    tiny: Engine, photos: Path, tmp_path: Path, rehash: bool, described: list[str]
) -> None:
    library, path = tmp_path / "l.cropseek", photos / "a" / "0.png"
    index(tiny, photos, library)
    described.clear()
    status, data = path.stat(), path.read_bytes()
    path.write_bytes(data[:-30] + bytes(30))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert index(tiny, photos, library, rehash=rehash).unchanged == 5
    assert described == ["0.png"]


def test_a_change_in_the_middle_is_seen_by_reading_all(
    tiny: Engine, photos: Path, tmp_path: Path, described: list[str]
) -> None:
    library, path = tmp_path / "l.cropseek", photos / "a" / "0.png"
    path.write_bytes(path.read_bytes() + bytes(20_000))
    index(tiny, photos, library)
    described.clear()
    status, data = path.stat(), bytearray(path.read_bytes())
    data[-10_000] = 1
    path.write_bytes(data)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert index(tiny, photos, library).unchanged == 6
    assert index(tiny, photos, library, rehash=True).unchanged == 5
    assert described == ["0.png"]


def test_unchanged_files_are_not_read(tiny: Engine, photos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index(tiny, photos, tmp_path / "l.cropseek")
    library = open_library(tmp_path / "l.cropseek")
    contents = Contents(False, Ticket(), 6)
    monkeypatch.setattr("core.indexing.contents.edges_of", None)
    assert make_plan(scan([photos]), library.known(), [photos], contents.same).describe == ()
    assert contents.noted == []
    library.close()


def test_a_touched_photo_is_not_described_again(tiny: Engine, photos: Path, tmp_path: Path, described: list[str]) -> None:
    index(tiny, photos, tmp_path / "l.cropseek")
    before = by_name(tiny)
    described.clear()
    for path in photos.rglob("*.png"):
        os.utime(path, (1, 1))
    index(tiny, photos, tmp_path / "l.cropseek")
    assert described == []
    assert {name: photo.id for name, photo in by_name(tiny).items()} == {name: photo.id for name, photo in before.items()}


def test_a_copy_leaves_the_first_one_where_it_is(tiny: Engine, photos: Path, tmp_path: Path) -> None:
    index(tiny, photos, tmp_path / "l.cropseek")
    for name in ("x", "y"):
        shutil.copy(photos / "a" / "0.png", photos / f"{name}.png")
    assert index(tiny, photos, tmp_path / "l.cropseek").removed == 0
    assert len(by_name(tiny)) == 8
    for name in ("x", "y"):
        (photos / f"{name}.png").rename(photos / f"{name}{name}.png")
    index(tiny, photos, tmp_path / "l.cropseek")
    assert {"xx.png", "yy.png", "0.png"} < set(by_name(tiny))
    assert len(by_name(tiny)) == 8


def test_times_that_no_database_holds(tiny: Engine, photos: Path, tmp_path: Path) -> None:
    far = 2**33 * 10**9
    os.utime(photos / "a" / "0.png", ns=(far, far))
    index(tiny, photos, tmp_path / "l.cropseek")
    assert index(tiny, photos, tmp_path / "l.cropseek").unchanged == 6


@pytest.mark.skipif(os.name == "nt" or os.uname().sysname == "Darwin", reason="the disk decides how names are written")
def test_names_of_all_kinds_are_indexed_found_and_filtered(tiny: Engine, tmp_path: Path, draw: Draw) -> None:
    odd = [os.fsdecode(b"M\xfcnchen.png"), "a:b.png", "A: best/1.png", "x\ny.png", unicodedata.normalize("NFD", "café.png")]
    for number, name in enumerate(odd):
        (tmp_path / "p" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(draw(tmp_path / "one.png", number), tmp_path / "p" / name)
    library = tmp_path / "l.cropseek"
    assert index(tiny, tmp_path / "p", library).indexed == 5
    assert index(tiny, tmp_path / "p", library).unchanged == 5
    assert {photo.path for photo in tiny.photos()} == {tmp_path / "p" / name for name in odd}
    for name in odd:
        assert len(tiny.search(Query(tmp_path / "p" / name)).hits) == 4
        assert tiny.thumbnail(tmp_path / "p" / name, 64).shape[1] == 64
    listing = tiny.photos()
    for text in ("café", unicodedata.normalize("NFD", "CAFÉ")):
        assert [listing[row].path.name for row in ordered(listing, text, "folder").rows] == [odd[-1]]
