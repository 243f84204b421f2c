"""A folder that may not be read any more while it is open."""

from __future__ import annotations

import tempfile
from pathlib import Path

from gui.desktop.watcher import missing_of
from tests.core.photos.test_disk import posix, stranger


@posix
def test_a_folder_that_may_not_be_read_any_more_is_missing() -> None:
    with tempfile.TemporaryDirectory() as name:
        outer = Path(name)
        outer.chmod(0o755)
        (outer / "locked" / "inner").mkdir(parents=True)
        (outer / "locked").chmod(0)
        try:
            with stranger():
                assert missing_of((outer / "locked" / "inner", outer)) == {outer / "locked" / "inner"}
        finally:
            (outer / "locked").chmod(0o700)
