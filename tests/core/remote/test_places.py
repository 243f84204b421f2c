"""The photos of a shared library that lie elsewhere on this computer, or nowhere."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from core.engine import Engine
from core.records import Query
from core.remote import places
from core.remote.address import parse_address
from core.remote.opening import publish_library
from core.util.errors import UserError
from core.util.progress import Ticket
from main import main
from tests.conftest import own_copy
from tests.core.remote.conftest import READER, PostgresServer


@pytest.fixture
def away(server: PostgresServer, library: Path, folder: Path, tmp_path: Path) -> tuple[Path, Path, Path]:
    """An address, the folder that was indexed, which is gone, and the one where its photos are here."""
    old, new = tmp_path / "srv", tmp_path / "mnt"
    shutil.copytree(folder, old)
    path = own_copy(library, tmp_path / "six.cropseek")
    engine = Engine()
    engine.folders.relink(folder, old, path)
    engine.open_library(path)
    engine.save_query("first", Query(old / "loggia-03.jpg"))
    engine.close_library()
    name = server.database()
    publish_library(path, server.address(name), Ticket())
    old.rename(new)
    return Path(server.address(name, READER)), old, new


def test_a_folder_is_told_once_where_it_lies(
    away: tuple[Path, Path, Path], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    address, old, new = away
    assert main(["relink", str(old), str(new), "--library", str(address), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["photos"] == 6
    assert told["library"].startswith("postgresql://")
    engine = Engine()
    info = engine.open_library(address)
    assert info.roots == (new,)
    assert info.agreed  # who names a folder agrees to it
    assert {photo.path.parent for photo in engine.photos()} == {new}
    query = Query(new / "loggia-03.jpg")
    assert engine.search(query, k=3).hits[0].photo.path == new / "loggia-06.jpg"
    assert engine.saved_queries()[0].query == query
    engine.save_query("second", Query(new / "loggia-06.jpg"), into=address)
    engine.close_library()
    (tmp_path / "other").mkdir()
    assert main(["relink", str(new), str(tmp_path / "other"), "--library", str(address)]) == 0  # by its path here
    engine.open_library(address)
    assert {saved.query.path.parent for saved in engine.saved_queries()} == {tmp_path / "other"}
    engine.close_library()
    with pytest.raises(UserError, match="no such folder"):
        engine.folders.relink(tmp_path / "none", new, address)


def test_a_photo_that_is_not_here_is_shown_small_and_searched_whole(away: tuple[Path, Path, Path]) -> None:
    address, old, new = away
    there = Engine()
    there.open_library(address)
    whole = there.pictures.photo_or_copy(new / "loggia-03.jpg")[0]
    gone = old / "loggia-03.jpg"
    copy, why = there.pictures.photo_or_copy(gone)
    assert copy.shape == whole.shape
    assert why is not None
    assert there.thumbnail(gone, 1000).shape[0] < whole.shape[0]
    hits = there.search(Query(gone), k=3, ranking="verified").hits
    assert hits[0].photo.path == old / "loggia-06.jpg"
    there.close_library()
    with pytest.raises(UserError):
        there.pictures.photo_or_copy(gone)


def test_a_damaged_record_is_an_empty_one(tmp_path: Path) -> None:
    address = parse_address("postgresql://anna@localhost/photos")
    places.note_place(address, "one", "/srv", tmp_path)
    places.note_place(address, "one", "/srv2", tmp_path / "2")
    assert places.places_of(address, "one") == {"/srv": str(tmp_path), "/srv2": str(tmp_path / "2")}
    assert places.places_of(address, "another") == {}
    places._file().write_text('{"photos one": 3}')
    assert places.places_of(address, "one") == {}
