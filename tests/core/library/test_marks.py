"""Marks belong to the content of a file."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from core.engine import Engine
from core.records import STAR
from core.util.errors import UserError


def test_marks_stay_with_a_photo_that_is_renamed(folder: Path, tmp_path: Path) -> None:
    photos, library = Path(shutil.copytree(folder, tmp_path / "photos")), tmp_path / "l.cropseek"
    engine = Engine()
    engine.index([photos], library)
    engine.open_library(library)
    first = engine.photos()[0]
    engine.browse.mark([first.id], STAR, True)
    marks = engine.browse.mark([first.id], " roof ", True)
    assert engine.photos().with_marks(marks)[0].marks == engine.photos()[0].marks == (STAR, "roof")
    first.path.rename(photos / "zzz.jpg")
    engine.index([photos], library)
    assert engine.photos()[-1].marks == (STAR, "roof")
    for out in (tmp_path / "m.csv", tmp_path / "m.json"):
        assert engine.browse.export_marks(out) == 1
    assert json.loads((tmp_path / "m.json").read_text())[0]["marks"] == [STAR, "roof"]
    assert engine.browse.mark([first.id], "roof", False) == {first.id: (STAR,)}
    for bad in ("", " ", "x" * 61):
        with pytest.raises(UserError):
            engine.browse.mark([first.id], bad, True)
    with pytest.raises(UserError):
        engine.browse.export_marks(tmp_path / "m.txt")
    engine.close_library()
