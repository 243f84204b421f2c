"""How a run takes photos that another describes: moved ones are recognised, and those in shards are not asked for again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from core.chain.describer import Describer
from core.engine import Engine
from core.indexing.pipeline import described
from core.indexing.run import index_folders
from core.library import open_library
from core.library.entries import Entry
from core.photos.scan import PhotoFile
from core.util.progress import Ticket
from tests.core.indexing.conftest import TINY


class There:
    """Another place that describes photos; it knows nothing of the library."""

    what = "indexing there"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def described(
        self, files: Sequence[PhotoFile], describer: Describer, claim: Callable[[Entry], bool], layout: str
    ) -> Iterator[tuple[Entry, bool]]:
        self.asked += [file.name for file in files]
        for entry, _ in described(files, describer, lambda entry: False, layout):
            yield entry, bool(entry.reason) or not claim(entry)


def test_a_moved_photo_keeps_its_number(tiny: Engine, draw: Callable[[Path, int], Path], tmp_path: Path) -> None:
    photos, library = tmp_path / "photos", tmp_path / "a.cropseek"
    draw(photos / "a.png", 1)
    draw(photos / "b.png", 2)
    tiny.index([photos], library, preset=TINY)
    (photos / "a.png").rename(photos / "moved.png")
    draw(photos / "new.png", 3)
    there = There()
    with closing(open_library(library, writable=True)) as opened:
        before = {known.path.name: known.id for known in opened.known()}
        report = index_folders(opened, [photos], tiny._describers.of(opened), Ticket(), elsewhere=there)
        after = {known.path.name: known.id for known in opened.known()}
    assert there.asked == ["moved.png", "new.png"]
    assert report.indexed == 2
    assert after["moved.png"] == before["a.png"]
    assert set(after) == {"b.png", "moved.png", "new.png"}
