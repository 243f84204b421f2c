"""Which photo is indexed next."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from core.engine import Engine
from core.indexing.priority import Agenda
from core.photos.scan import PhotoFile


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 9)), unique=True), st.lists(st.integers(0, 3), max_size=8))
def test_every_file_is_given_out_once_whatever_is_looked_at(files: list[tuple[int, int]], looks: list[int]) -> None:
    root = Path("/r")
    made = [PhotoFile(root, f"{folder}/{name}.jpg", 1, 1) for folder, name in files]
    looked = iter(looks)

    def first() -> list[Path]:
        at = next(looked, -1)
        return [root / f"{at}" / "3.jpg"] if at >= 0 else []

    assert sorted(file.name for file in Agenda(made, first)) == sorted(file.name for file in made)


def test_what_is_on_screen_comes_first_and_then_its_folder() -> None:
    root = Path("/r")
    files = [PhotoFile(root, f"{folder}/{name}.jpg", 1, 1) for folder in "abc" for name in range(3)]
    seen = [root / "c" / "1.jpg", root / "b" / "2.jpg"]
    found = [file.name for file in Agenda(files, lambda: seen)]
    assert found[:6] == ["c/1.jpg", "b/2.jpg", "c/0.jpg", "c/2.jpg", "b/0.jpg", "b/1.jpg"]
    assert [file.name for file in Agenda(files, tuple)] == [file.name for file in files]


def test_indexing_begins_with_what_is_looked_at(folder: Path, tmp_path: Path) -> None:
    library, last = tmp_path / "l.cropseek", sorted(folder.iterdir())[-1]
    engine = Engine()
    engine.index([folder], library, first=lambda: [last])
    engine.open_library(library)
    assert min(engine.photos(), key=lambda photo: photo.id).path == last
