"""A library that a cluster describes is the same as one of this computer, whatever dies meanwhile."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from core.chain.load import shipped_stages
from core.chain.model_file import dump_describer
from core.chain.presets import preset, save_preset
from core.engine import Engine
from tests.core.cluster.conftest import MACHINES, ROOT, RayMachines, waited

pytestmark = pytest.mark.cluster

PHOTOS, BLOCK, RUN_S = 110, 4, 240
TINY = "tiny"

DRIVER = f"""
import sys
from core.cluster import ray_index
ray_index.BLOCK = {BLOCK}
from gui.start import main
sys.exit(main())
"""

Rows = dict[str, dict[str, tuple[Any, ...]]]


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made photos of several shapes, two of them alike, and a broken one."""
    folder = tmp_path_factory.mktemp("collection")
    noise = np.random.default_rng(0)
    for number in range(PHOTOS):
        small = noise.integers(0, 255, (9, 12, 3), dtype=np.uint8)
        size = (160, 120 + 8 * (number % 3))
        path = folder / f"{number % 4}" / f"{number:03}.jpg"
        path.parent.mkdir(exist_ok=True)
        Image.fromarray(small).resize(size, Image.Resampling.BICUBIC).save(path)
    shutil.copy(folder / "0" / "000.jpg", folder / "1" / "copy.jpg")
    (folder / "2" / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 no photo")
    return folder


@pytest.fixture(autouse=True)
def _tiny(photos: Path) -> None:
    """A preset for photos of 96 pixels."""
    save_preset(TINY, dump_describer(dataclasses.replace(preset("standard"), longest_side=96), shipped_stages("standard")))


@pytest.fixture(scope="module")
def expected(photos: Path, tmp_path_factory: pytest.TempPathFactory) -> Rows:
    """What this computer describes with one thread."""
    library = tmp_path_factory.mktemp("local") / "local.cropseek"
    save_preset(TINY, dump_describer(dataclasses.replace(preset("standard"), longest_side=96), shipped_stages("standard")))
    engine = Engine()
    engine.set_threads(1)
    try:
        engine.index([photos], library, preset=TINY)
    finally:
        engine.set_threads(0)
    return stored(library)


def stored(library: Path) -> Rows:
    """All columns of all tables of photos, by the photo's path, but for its number."""
    with contextlib.closing(sqlite3.connect(library)) as db:
        paths = {
            number: f"{root}/{name}"
            for number, root, name in db.execute(
                "SELECT photos.id, roots.path, name FROM photos JOIN roots ON roots.id = root"
            )
        }
        tables = {"photos": "id"} | dict.fromkeys(("vectors", "thumbnails", "cells", "windows", "points", "edges"), "photo")
        found: Rows = {}
        for table, key in tables.items():
            rows = db.execute(f"SELECT {key}, * FROM {table}").fetchall()
            found[table] = {paths[row[0]]: tuple(value for value in row[2:]) for row in rows}
            assert len(found[table]) == len(rows)  # no photo twice
    return found


class Run:
    """A run of ``index`` by the cluster, in a process of its own."""

    def __init__(self, machines: RayMachines, photos: Path, place: Path) -> None:
        self.library, self.shards = place / "cluster.cropseek", place / "shards"
        self._errors = (place / "errors").open("a+")
        options = ["--library", self.library, "--cluster", machines.address, "--shards", self.shards, "--json"]
        self._process = subprocess.Popen(
            [sys.executable, "-c", DRIVER, "index", photos, "--preset", TINY, *options],
            env=machines.environment | {name: os.environ[name] for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")},
            stdout=subprocess.PIPE,
            stderr=self._errors,
            cwd=ROOT,
        )
        self._until = time.monotonic() + RUN_S

    def written(self) -> dict[str, int]:
        """The shards that are there, and the time of each."""
        return {shard.name: shard.stat().st_mtime_ns for shard in self.shards.glob("*/[!.]*.parquet")}

    def wait_for_shards(self, number: int) -> None:
        while len(self.written()) < number:
            assert self._process.poll() is None, self.errors()
            waited(until=self._until, why=self.errors())

    def kill(self) -> None:
        self._process.kill()
        self._process.communicate()
        self._errors.close()

    def document(self) -> dict[str, Any]:
        """The result, when it ends."""
        out, _ = self._process.communicate(timeout=self._until - time.monotonic())
        assert self._process.returncode == 0, self.errors()
        self._errors.close()
        result: dict[str, Any] = json.loads(out)
        return result

    def errors(self) -> str:
        self._errors.seek(0)
        return self._errors.read()

    @property
    def running(self) -> bool:
        return self._process.poll() is None


def check(run: Run, document: dict[str, Any], photos: Path, expected: Rows) -> None:
    assert stored(run.library) == expected
    [skipped] = document["skipped"]
    assert skipped["path"] == str(photos / "2" / "broken.jpg")
    assert skipped["reason"] == expected["photos"][skipped["path"]][-1]


def test_a_killed_worker_changes_nothing(machines: RayMachines, photos: Path, expected: Rows, tmp_path: Path) -> None:
    run = Run(machines, photos, tmp_path)
    run.wait_for_shards(2)
    while not (workers := [worker for machine in MACHINES for worker in machines.workers(machine)]):
        waited(until=run._until, why=run.errors())
    workers[0].kill()
    assert run.running
    document = run.document()
    assert document["indexed"] == PHOTOS + 1
    check(run, document, photos, expected)


def test_after_a_killed_driver_only_the_rest_is_described(
    machines: RayMachines, photos: Path, expected: Rows, tmp_path: Path
) -> None:
    first = Run(machines, photos, tmp_path)
    first.wait_for_shards(5)
    first.kill()
    time.sleep(1)  # its tasks end with it
    before = first.written()
    assert 5 <= len(before) < PHOTOS / BLOCK
    second = Run(machines, photos, tmp_path)
    document = second.document()
    after = second.written()
    assert {name: after[name] for name in before} == before
    check(second, document, photos, expected)


def test_a_machine_that_is_switched_off_changes_nothing(
    machines: RayMachines, photos: Path, expected: Rows, tmp_path: Path
) -> None:
    run = Run(machines, photos, tmp_path)
    run.wait_for_shards(2)
    while not machines.workers(MACHINES[-1]):
        waited(until=run._until, why=run.errors())
    machines.switch_off(MACHINES[-1])
    assert run.running
    check(run, run.document(), photos, expected)
