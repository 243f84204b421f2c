"""Temporary failures are not stored, and only photos that are surely gone are removed."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from core.engine import Engine
from core.indexing import pipeline
from core.library import open_library
from core.library.entries import content_of
from core.records import IndexReport
from core.util.errors import PassingError, UserError
from tests.core.indexing.conftest import TINY
from tests.core.library.plain import as_nobody, needs_root, open_place

__all__ = ["open_place"]

Draw = Callable[[Path, int], Path]


def index(engine: Engine, folder: Path, library: Path) -> IndexReport:
    return engine.index([folder], library, preset=TINY, layout="none")


def states(library: Path) -> dict[str, str]:
    with contextlib.closing(open_library(library)) as opened:
        return {photo.path.name: photo.state for photo in opened.photos(missing=True)}


def test_a_failing_disk_is_tried_again(tiny: Engine, tmp_path: Path, draw: Draw, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        draw(tmp_path / "p" / f"{number}.png", number)
    library = tmp_path / "l.cropseek"
    index(tiny, tmp_path / "p", library)
    draw(tmp_path / "p" / "0.png", 10)
    draw(tmp_path / "p" / "new.png", 11)

    def failing(path: Path) -> str:
        if path.name in ("0.png", "new.png"):
            raise PassingError("the file cannot be read (Input/output error)", str(path))
        return content_of(path)

    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "content_of", failing)
        for _ in range(2):
            report = index(tiny, tmp_path / "p", library)
            assert (report.passing, len(report.skipped), report.unchanged) == (2, 2, 2)
    # The stored data of a photo stays; a new photo is listed with the reason.
    assert states(library) == {"0.png": "indexed", "1.png": "indexed", "2.png": "indexed", "new.png": "skipped"}
    report = index(tiny, tmp_path / "p", library)
    assert (report.indexed, report.passing, len(report.skipped)) == (2, 0, 0)


def test_what_a_file_is_stays_remembered(tiny: Engine, tmp_path: Path, draw: Draw) -> None:
    draw(tmp_path / "p" / "1.png", 1)
    (tmp_path / "p" / "text.png").write_text("no photo")
    library = tmp_path / "l.cropseek"
    assert index(tiny, tmp_path / "p", library).passing == 0
    assert len(index(tiny, tmp_path / "p", library).skipped) == 1


def test_a_folder_renamed_while_it_is_indexed(
    tiny: Engine, tmp_path: Path, draw: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        draw(tmp_path / "p" / "sub" / f"{number}.png", number)
    library = tmp_path / "l.cropseek"

    def renaming(path: Path) -> str:
        if (tmp_path / "p" / "sub").exists():
            (tmp_path / "p" / "sub").rename(tmp_path / "p" / "other")
        return content_of(path)

    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "content_of", renaming)
        assert index(tiny, tmp_path / "p", library).passing == 3
    assert states(library) == {}
    assert index(tiny, tmp_path / "p", library).indexed == 3
    assert set(states(library).values()) == {"indexed"}


@needs_root
def test_a_folder_that_cannot_be_listed_forgets_nothing(tiny: Engine, open_place: Path, draw: Draw) -> None:
    for name in ("a/1.png", "b/2.png", "b/c/3.png"):
        draw(open_place / "p" / name, len(name))
    library = open_place / "l.cropseek"
    index(tiny, open_place / "p", library)
    everything = states(library)
    for path in (library, *open_place.rglob("*")):
        path.chmod(path.stat().st_mode | (0o077 if path.is_dir() else 0o066))
    open_place.chmod(0o777)
    inside = open_place / "p" / "b"
    for mode in (0o000, stat.S_IXOTH):  # not accessible, or accessible but not listable
        inside.chmod(mode)
        with as_nobody():
            report = index(tiny, open_place / "p", library)
        assert (report.removed, report.unchanged) == (0, 1)
        assert states(library) == everything
    inside.chmod(0o777)
    assert index(tiny, open_place / "p", library).unchanged == 3


def test_reasons_of_earlier_versions_are_tried_again(tiny: Engine, tmp_path: Path, draw: Draw) -> None:
    path, library = draw(tmp_path / "p" / "1.png", 1), tmp_path / "l.cropseek"
    draw(tmp_path / "p" / "2.png", 2)
    index(tiny, tmp_path / "p", library)
    with contextlib.closing(open_library(library, writable=True)) as opened, opened._transaction() as db:
        db.execute("UPDATE photos SET state = 'skipped', reason = 'the file may not be read' WHERE name = '1.png'")
    assert index(tiny, path.parent, library).indexed == 1


def test_a_library_removed_while_indexing_is_told(
    tiny: Engine, tmp_path: Path, draw: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        draw(tmp_path / "p" / f"{number}.png", number)
    library = tmp_path / "place" / "l.cropseek"

    def removing(path: Path) -> str:
        shutil.rmtree(library.parent, ignore_errors=True)
        return content_of(path)

    monkeypatch.setattr(pipeline, "content_of", removing)
    with pytest.raises(UserError, match="no longer there"):
        index(tiny, tmp_path / "p", library)


@pytest.mark.skipif(os.name == "nt", reason="a fork")
@pytest.mark.parametrize("shared_cache", [True, False])
def test_processes_that_make_one_library_make_one(
    tiny: Engine, tmp_path: Path, draw: Draw, shared_cache: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        draw(tmp_path / "p" / f"{number}.png", number)
    library, command = tmp_path / "place" / "l.cropseek", "import sys, main; sys.exit(main.main())"
    import subprocess
    import sys

    runs = []
    for number in range(2):
        if not shared_cache:
            monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / f"cache-{number}"))
        arguments = ["index", str(tmp_path / "p"), "--library", str(library), "--preset", TINY]
        runs.append(subprocess.Popen([sys.executable, "-c", command, *arguments], stderr=subprocess.PIPE))
    for run in runs:
        _, words = run.communicate(timeout=300)
        assert run.returncode == 0, words
    assert len(states(library)) == 5
    with contextlib.closing(open_library(library)) as opened:
        assert opened.roots() == [tmp_path / "p"]
    assert os.listdir(library.parent) == ["l.cropseek"]
