"""A library described with an earlier fit: it works as before, and can be described anew without losing anything."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import ExifTags, Image

import main
from core.chain.model_file import dump_describer, parse_describer
from core.chain.presets import save_preset
from core.engine import Engine
from core.indexing import commits, passes
from core.library import open_library
from core.records import STAR, Query
from core.util.errors import UserError
from core.util.progress import Cancelled, Ticket
from tests.core.indexing.conftest import TINY
from tests.core.indexing.test_passes import content

BEGUN = "l.cropseek.anew"


def earlier_fit(present: bytes) -> bytes:
    """Another fit of the same settings."""
    config, stages = parse_describer(present, "")
    for part, name in (("hashing", "projection_"), ("rotation", "basis_")):
        stage = stages.parts[part]
        setattr(stage, name, np.roll(getattr(stage, name), 3, axis=0))
    return dump_describer(config, stages)


@pytest.fixture
def earlier(tiny_fit: bytes) -> bytes:
    return earlier_fit(tiny_fit)


@pytest.fixture
def photos(tmp_path: Path, draw: Callable[[Path, int], Path]) -> Path:
    """A folder of eight photos."""
    for number in range(8):
        draw(tmp_path / "photos" / f"{number}.png", number)
    return tmp_path / "photos"


@pytest.fixture
def old(tiny: Engine, tiny_fit: bytes, earlier: bytes, photos: Path, tmp_path: Path) -> Path:
    """The library of a program whose preset had the earlier fit."""
    library = tmp_path / "l.cropseek"
    save_preset(TINY, earlier)
    tiny.index([photos], library, preset=TINY)
    save_preset(TINY, tiny_fit)
    return library


def vectors(library: Path) -> tuple[bytes, bytes]:
    with contextlib.closing(open_library(library)) as opened:
        _, descriptors, codes = opened.vectors()
    return descriptors.tobytes(), codes.tobytes()


def test_an_old_library_works_as_before_and_tells_of_the_newer_fit(tiny: Engine, old: Path, photos: Path) -> None:
    info, before = tiny.open_library(old), vectors(old)
    assert info.preset.startswith(f"{TINY} (fit ")
    assert info.newer_fit.startswith(f"{TINY} (fit ")
    assert info.newer_fit != info.preset
    found = tiny.search(Query(photos / "3.png"), ranking="cosine")
    assert len(found.hits) == 7
    assert tiny.index([photos], old).unchanged == 8
    assert vectors(old) == before


def test_described_anew_it_is_as_made_afresh_and_keeps_what_people_said(
    tiny: Engine, old: Path, photos: Path, tmp_path: Path
) -> None:
    tiny.open_library(old)
    query = Query(photos / "3.png")
    tiny.search(query, ranking="cosine")
    tiny.browse.mark([photos / "1.png"], STAR, True)
    tiny.browse.mark([photos / "2.png"], "boat", True)
    tiny.save_query("three", query)
    tiny.rejections.reject(query, [photos / "5.png"], True)
    tiny.browse.exclude(["*.bmp"])
    report = tiny.anew.describe(old)
    assert (report.library, report.indexed) == (old, 8)

    fresh = tmp_path / "fresh.cropseek"
    tiny.index([photos], fresh, preset=TINY)
    assert content(old) == content(fresh)
    # The engine has had it open all the time, and searches with the new fit.
    info = tiny.info()
    assert (info.preset, info.newer_fit, info.agreed) == (TINY, "", True)
    hits = [(hit.photo.path, hit.score) for hit in tiny.search(query, ranking="cosine").hits]
    assert photos / "5.png" not in [path for path, _ in hits]
    assert {row.path.name: row.marks for row in tiny.photos() if row.marks} == {"1.png": (STAR,), "2.png": ("boat",)}
    assert [saved.name for saved in tiny.saved_queries()] == ["three"]
    with contextlib.closing(open_library(old)) as library:
        assert library.excluded() == ("*.bmp",)
        assert library.identity
    tiny.open_library(fresh)
    other = {hit.photo.path: hit.score for hit in tiny.search(query, ranking="cosine").hits}
    assert dict(hits) == pytest.approx({path: score for path, score in other.items() if path.name != "5.png"}, abs=1e-5)
    assert not old.with_name(BEGUN).exists()
    assert tiny.anew.describe(old).indexed == 0  # there is nothing newer now


def test_cameras_come_with_it(tiny: Engine, old: Path, photos: Path) -> None:
    """Also to a library that was made before they were known."""
    exif = Image.Exif()
    exif[ExifTags.Base.Model] = "EOS 5D"
    Image.open(photos / "2.png").save(photos / "2.png", exif=exif)
    with contextlib.closing(sqlite3.connect(old)) as db, db:
        db.execute("DROP TABLE cameras")
        db.execute("PRAGMA user_version = 7")
    tiny.open_library(old)
    assert tiny.anew.describe(old).indexed == 8
    assert {row.path.name: row.camera for row in tiny.photos() if row.camera} == {"2.png": "EOS 5D"}


def test_a_stopped_run_changes_nothing_and_goes_on(
    tiny: Engine, old: Path, monkeypatch: pytest.MonkeyPatch, photos: Path
) -> None:
    monkeypatch.setattr(commits, "COMMIT_S", 0)
    monkeypatch.setattr(passes, "FEW", 0)  # a quick pass would be for nothing
    before = content(old)
    seen: list[tuple[int, str]] = []

    def stop(done: int, total: int, what: str) -> None:
        seen.append((done, what))
        if (done, what) == (5, "indexing"):
            ticket.cancel()

    ticket = Ticket(on_progress=stop)
    with pytest.raises(Cancelled):
        tiny.anew.describe(old, ticket)
    assert content(old) == before
    assert tiny.open_library(old).newer_fit
    assert old.with_name(BEGUN).exists()
    totals: set[int] = set()
    again = Ticket(on_progress=lambda done, total, what: totals.add(total) if what == "indexing" else None)
    assert tiny.anew.describe(old, again).indexed == 8
    assert max(totals) < 8
    assert not old.with_name(BEGUN).exists()
    assert {what for _, what in seen}.isdisjoint({"indexing quickly", "indexing closely"})


def test_what_a_run_for_another_fit_left_is_not_taken(tiny: Engine, old: Path, photos: Path, tmp_path: Path) -> None:
    old.with_name(BEGUN).write_bytes(b"no library")
    assert tiny.anew.describe(old).indexed == 8
    fresh = tmp_path / "fresh.cropseek"
    tiny.index([photos], fresh, preset=TINY)
    assert content(old) == content(fresh)


def test_a_photo_that_is_gone_is_described_when_it_is_back(tiny: Engine, old: Path, photos: Path, tmp_path: Path) -> None:
    tiny.open_library(old)
    tiny.browse.mark([photos / "1.png"], STAR, True)
    (photos / "1.png").rename(tmp_path / "1.png")
    assert tiny.anew.describe(old).indexed == 7
    gone = next(row for row in tiny.browse.photos() if row.path.name == "1.png")
    assert (gone.state, gone.marks) == ("missing", (STAR,))
    assert tiny.thumbnail(gone.path, 64).size
    tiny.index([photos], old)
    assert [row.state for row in tiny.browse.photos() if row.path.name == "1.png"] == ["missing"]
    (tmp_path / "1.png").rename(photos / "renamed.png")
    assert tiny.index([photos], old).indexed == 1
    back = next(row for row in tiny.photos() if row.path.name == "renamed.png")
    assert (back.state, back.marks) == ("indexed", (STAR,))
    assert len(tiny.search(Query(photos / "3.png"), ranking="cosine").hits) == 7


def test_with_a_folder_away_nothing_is_done(tiny: Engine, old: Path, photos: Path, tmp_path: Path) -> None:
    before = content(old)
    photos.rename(tmp_path / "away")
    with pytest.raises(UserError, match="not there"):
        tiny.anew.describe(old)
    assert content(old) == before


def test_a_fit_of_ones_own_choice_is_left_alone(tiny: Engine, old: Path) -> None:
    with contextlib.closing(open_library(old, writable=True)) as library:
        library.keep_fit()
    assert tiny.open_library(old).newer_fit == ""
    assert tiny.anew.describe(old).indexed == 0


def test_the_command_line_tells_and_does_it(old: Path, photos: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["info", str(old)]) == 0
    assert "--describe-anew" in capsys.readouterr().out
    command = ["index", str(photos), "--library", str(old), "--describe-anew"]
    assert main.main([*command, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["described_anew"], document["indexed"], document["unchanged"]) == (8, 0, 8)
    assert main.main([*command, "--preset", TINY]) == 0  # it has this fit now
    assert "anew" not in capsys.readouterr().out
    assert main.main(["info", str(old)]) == 0
    assert "newer fit" not in capsys.readouterr().out
