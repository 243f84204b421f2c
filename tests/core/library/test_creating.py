"""A library is made whole or not at all, and is its maker's from the first moment."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from core.chain.presets import preset
from core.library import create_library, open_library
from core.library import creating as making
from core.library.agreements import agreement
from core.library.creating import TakenError

KILLED = """
import os, sys
from pathlib import Path
from core.chain.presets import preset
from core.library import create_library
from core.library import creating

publish = creating._publish

def published(part, path):
    publish(part, path)
    os._exit(9)

creating._publish = published
create_library(Path(sys.argv[1]), preset("standard"), b"describer")
"""


def test_a_library_whose_maker_is_killed_as_it_is_there_is_still_ours(tmp_path: Path) -> None:
    path = tmp_path / "l.cropseek"
    assert subprocess.run([sys.executable, "-c", KILLED, str(path)], env=dict(os.environ), check=False).returncode == 9
    with contextlib.closing(open_library(path, writable=True)) as library:
        assert library.known_here


def test_who_comes_second_leaves_the_firsts_agreement(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, first = tmp_path / "l.cropseek", []
    publish = making._publish

    def late(part: Path, target: Path) -> None:
        monkeypatch.setattr(making, "_publish", publish)
        with contextlib.closing(create_library(path, preset("standard"), b"describer")) as library:
            first.append(library.identity)
        publish(part, target)

    monkeypatch.setattr(making, "_publish", late)
    with pytest.raises(TakenError):
        create_library(path, preset("standard"), b"describer")
    assert agreement(path, first[0]) is not None


def test_a_name_that_is_taken_changes_no_agreement(tmp_path: Path) -> None:
    path = tmp_path / "l.cropseek"
    create_library(path, preset("standard"), b"describer").close()
    with pytest.raises(TakenError):
        create_library(path, preset("standard"), b"describer")
    open_library(path, writable=True).close()
