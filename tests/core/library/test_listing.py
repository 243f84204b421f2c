"""Photos as columns, their order and sections, and marks."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.engine import Engine
from core.library import listing_file, open_library
from core.library.filters import parse_filter
from core.library.listing import Listing, PhotoRow
from core.library.ordering import SORTS, ordered
from core.records import STAR, PhotoRecord, Query
from core.util.errors import UserError
from core.util.progress import Cancelled, Ticket
from tests.conftest import NAMES

ROWS = (
    PhotoRow("/a", "rome/Forum.jpg", 1, 400, 300, "indexed", "", "2024-05-01 10:00:00"),
    PhotoRow("/a", "rome/arch.jpg", 2, 800, 600, "indexed", "", "2024-05-01 09:00:00"),
    PhotoRow("/a", "tree.jpg", 3, 100, 100, "skipped", "it is damaged"),
    PhotoRow("/b", "rome/arch.jpg", 4, 4000, 3000, "indexed", "", "2025-01-02 00:00:00"),
)
LISTING = Listing(ROWS, {2: (STAR, "roof")})


def test_a_listing_gives_records() -> None:
    assert len(LISTING) == 4
    assert LISTING[1] == PhotoRecord(
        Path("/a/rome/arch.jpg"), 2, 800, 600, "indexed", "", "2024-05-01 09:00:00", (STAR, "roof")
    )
    assert LISTING[-1].path == Path("/b/rome/arch.jpg")
    assert [photo.id for photo in LISTING[1:3]] == [2, 3]
    assert LISTING[2].reason == "it is damaged"
    assert Listing(ROWS, {2: (STAR, "roof")}) == LISTING
    assert Listing(ROWS) != LISTING
    assert [LISTING.index_of(photo.path) for photo in LISTING] == [0, 1, 2, 3]
    assert LISTING.index_of(Path("/a/rome")) == LISTING.index_of(Path("/c/x.jpg")) == -1
    assert LISTING.by_id[4].path == Path("/b/rome/arch.jpg")
    assert 9 not in LISTING.by_id
    assert sorted(LISTING.by_id) == [1, 2, 3, 4]
    with pytest.raises(IndexError):
        LISTING[4]


def test_an_empty_listing() -> None:
    empty = Listing(())
    assert not empty
    assert list(empty) == []
    for sort in SORTS:
        assert len(ordered(empty, "", sort).rows) == 0
        assert len(ordered(LISTING, "nothing like this", sort).rows) == 0


@pytest.mark.parametrize(
    ("sort", "rows", "titles", "starts"),
    [
        ("folder", [0, 1, 2, 3], ("/a/rome", "/a", "/b/rome"), [0, 2, 3]),
        ("date", [3, 0, 1, 2], ("2025-01", "2024-05", "Without a date"), [0, 1, 3]),
        ("name", [1, 3, 0, 2], ("",), [0]),
        ("size", [3, 1, 0, 2], ("",), [0]),
    ],
)
def test_photos_are_sorted_in_sections(sort: str, rows: list[int], titles: tuple[str, ...], starts: list[int]) -> None:
    order = ordered(LISTING, "", sort)
    assert order.rows.tolist() == rows
    assert order.titles == titles
    assert order.starts.tolist() == starts


def test_days_with_many_photos_are_told_apart_and_one_folder_needs_no_title() -> None:
    rows = [PhotoRow("/a", f"{day}-{shot}.jpg", taken=f"2024-05-0{day} 10:00:00") for day in (1, 2) for shot in range(5)]
    assert ordered(Listing(rows), "", "date").titles == ("2024-05-02", "2024-05-01")
    assert ordered(Listing(rows), "", "folder").titles == ("",)


def test_the_most_alike_come_first_and_unknown_ones_last() -> None:
    assert ordered(LISTING, "", "similar", {1: 0.1, 2: 0.9, 4: -0.5}).rows.tolist() == [1, 0, 3, 2]


@pytest.mark.parametrize(
    ("text", "rows"), [("is:starred", [1]), ("tag:ro", [1]), ("-is:starred folder:rome", [0, 3]), ("tag:x", [])]
)
def test_marks_are_filtered(text: str, rows: list[int]) -> None:
    assert ordered(LISTING, text, "folder").rows.tolist() == rows


@given(
    st.lists(
        st.sampled_from(["a", "rome", "-arch", "/a/r", "e/", "ARCH.jpg", "folder:b", "'b/rome", "tree", "x"]), max_size=3
    )
)
def test_the_short_way_of_filtering_finds_what_the_long_one_does(words: list[str]) -> None:
    text = " ".join(words)
    passes = parse_filter(text)
    wanted = [index for index, photo in enumerate(LISTING) if passes(photo)]
    assert ordered(LISTING, text, "folder").rows.tolist() == wanted


@pytest.mark.parametrize("change", ["", "state = 'skipped', reason = 'too dark'", "taken = 'soon'", "state = 'odd'"])
def test_photos_are_read_in_pages_as_they_are_all_together(
    library: Path, tmp_path: Path, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = Path(shutil.copy(library, tmp_path / "copy.cropseek"))
    if change:
        with contextlib.closing(sqlite3.connect(copy)) as db, db:
            db.execute(f"UPDATE photos SET {change} WHERE id IN (SELECT id FROM photos ORDER BY name DESC LIMIT 1)")
    found = []
    for page in (listing_file.PAGE, 3, 1):
        monkeypatch.setattr(listing_file, "PAGE", page)
        with contextlib.closing(open_library(copy)) as opened:
            photos = opened.photos()
            found.append((list(photos), [photo.reason for photo in photos], photos.notes))
    assert len(found[0][0]) >= 3
    assert found[0] == found[1] == found[2]


@pytest.mark.parametrize("change", ["state = 'odd'", "name = 'a' || char(0) || 'b'", "taken = char(0)"])
def test_rows_that_cannot_be_read_are_left_out_and_told(library: Path, tmp_path: Path, change: str) -> None:
    bad = Path(shutil.copy(library, tmp_path / "bad.cropseek"))
    with contextlib.closing(sqlite3.connect(bad)) as db, db:
        db.execute(f"UPDATE photos SET {change} WHERE id = (SELECT min(id) FROM photos)")
    with contextlib.closing(open_library(bad)) as opened:
        photos = opened.photos()
    dated = change.startswith("taken")
    assert len(photos) == (6 if dated else 5)
    [note] = photos.notes
    assert ("without a date" if dated else "1 photos cannot be shown") in note
    assert all(photo.state == "indexed" for photo in photos)
    engine = Engine()
    engine.open_library(bad)
    assert len(engine.search(Query(photos[0].path)).hits) == len(photos) - 1


def test_filtering_can_be_stopped() -> None:
    ticket = Ticket()
    ticket.cancel()
    with pytest.raises(Cancelled):
        ordered(LISTING, "rome", "folder", ticket=ticket)


@given(st.lists(st.tuples(st.sampled_from(["", "2024-01-01", "2024-02-03"]), st.integers(0, 9)), max_size=30))
def test_every_order_shows_every_photo_once(values: list[tuple[str, int]]) -> None:
    rows = [
        PhotoRow("/r", f"{size % 3}/{index:03}.jpg", index, size, size, "indexed", "", taken)
        for index, (taken, size) in sorted(enumerate(values), key=lambda item: (item[1][1] % 3, item[0]))
    ]
    listing = Listing(rows)
    for sort in SORTS:
        order = ordered(listing, "", sort)
        alone = sort == "duplicates"  # it shows near-duplicates, and there are none here
        assert sorted(order.rows.tolist()) == ([] if alone else list(range(len(listing))))
        assert len(order.starts) == len(order.titles)
        assert (order.starts == sorted(set(order.starts.tolist()))).all()
    dates = [listing[row].taken for row in ordered(listing, "", "date").rows.tolist()]
    assert dates == sorted(dates, reverse=True)


def test_likeness_is_the_cosine(engine: Engine, folder: Path) -> None:
    path = folder / f"{NAMES[0]}.jpg"
    likeness = engine.browse.likeness(path)
    own = next(photo.id for photo in engine.photos() if photo.path == path)
    assert likeness[own] == pytest.approx(1, abs=1e-3)
    assert max(likeness, key=likeness.__getitem__) == own
    with pytest.raises(UserError):
        engine.browse.likeness(folder / "nothing.jpg")


def test_what_is_left_out_is_not_indexed_and_comes_back(folder: Path, tmp_path: Path) -> None:
    photos, library = Path(shutil.copytree(folder, tmp_path / "photos")), tmp_path / "l.cropseek"
    shutil.copytree(folder, photos / "raw")
    engine = Engine()
    report = engine.index([photos], library, exclude=[" raw ", "loggia*"])
    assert report.indexed == 4
    engine.open_library(library)
    assert engine.browse.excluded() == ("raw", "loggia*")
    assert engine.index([photos], library).unchanged == 4  # it is stored
    engine.browse.exclude(["raw/*-0[36].jpg"])
    assert engine.index([photos], library).indexed > 0
    names = {photo.path.relative_to(photos).as_posix() for photo in engine.photos()}
    assert "loggia-03.jpg" in names
    assert "raw/loggia-03.jpg" not in names
    with pytest.raises(UserError):
        engine.browse.exclude(["x" * 201])
    engine.close_library()
