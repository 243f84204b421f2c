"""The embedded network in eight bits, and what picks it; most of it needs OpenVINO, the extra ``fast``."""

from __future__ import annotations

import importlib
import subprocess
import sys
import threading
import time
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from core.backbones import EIGHT_BITS, eight_bits, load_backbone, quickest
from core.chain.load import shipped_describer
from core.masks.max import max_mask
from core.photos.images import read_photo, resize_longest
from core.util.errors import UserError
from core.util.resources import SAMPLE
from core.util.threads import NETWORK_THREADS

needs_openvino = pytest.mark.skipif(find_spec("openvino") is None, reason="OpenVINO is not installed")

PHOTO = np.random.default_rng(0).integers(0, 255, (100, 75, 3), dtype=np.uint8)

WITHOUT_TORCH = """
import sys
from pathlib import Path
from core.engine import Engine
from core.records import Query
engine, photos = Engine("cpu+int8"), sorted(Path(sys.argv[1]).glob("*.jpg"))
engine.set_threads(1)
engine.warm_up()
engine.index([photos[0].parent], Path(sys.argv[2]))
engine.open_library(Path(sys.argv[2]))
hits = engine.search(Query(photos[0]), ranking="cells").hits
assert len(hits) == len(photos) - 1, hits
assert not {"torch", "openvino_telemetry.main"} & set(sys.modules)
assert sys.modules["openvino_telemetry"] is None
"""


@needs_openvino
def test_grids_are_nearly_those_of_single_precision() -> None:
    exact, quick = (load_backbone("compact", "head", False, device) for device in ("cpu", EIGHT_BITS))
    photos = sorted((SAMPLE / "photos").glob("*.jpg"))[::40]
    for photo in (resize_longest(read_photo(path), 320) for path in photos):
        grids = exact.grid(photo), quick.grid(photo)
        assert grids[0].shape == grids[1].shape
        cosine = (grids[0] * grids[1]).sum() / np.linalg.norm(grids[0]) / np.linalg.norm(grids[1])
        assert 0.998 < cosine < 1
        assert (max_mask(grids[0]) == max_mask(grids[1])).mean() > 0.93
    for name in ("stride", "channels", "dense", "learned", "receptive_field"):
        assert getattr(exact, name) == getattr(quick, name)


@needs_openvino
def test_sides_are_rounded_down_and_pooled_as_in_single_precision() -> None:
    plain, pooled = (load_backbone("compact", "head", pool, EIGHT_BITS) for pool in (False, True))
    assert plain.grid(PHOTO).shape == (6, 4, 512)
    assert plain.grid(PHOTO[:10]).shape == (0, 4, 512)
    best = plain.grid(PHOTO)[:6, :4].reshape(3, 2, 2, 2, 512).max(axis=(1, 3))
    assert np.array_equal(best, pooled.grid(PHOTO))
    assert pooled.receptive_field == load_backbone("compact", "head", True, "cpu").receptive_field


@needs_openvino
def test_threads_may_share_it_and_their_number_may_change() -> None:
    backbone = load_backbone("compact", "head", False, EIGHT_BITS)
    shapes = [(64 + 16 * place, 96) for place in range(6)]
    wanted = [backbone.grid(np.full((*shape, 3), 7, dtype=np.uint8)) for shape in shapes]
    found: list[np.ndarray | None] = [None] * len(shapes)

    def work(place: int) -> None:
        with NETWORK_THREADS.turn(1 + place % 2):  # some as when indexing
            found[place] = backbone.grid(np.full((*shapes[place], 3), 7, dtype=np.uint8))

    try:
        for number in (1, 2):
            NETWORK_THREADS.want(number)
            threads = [threading.Thread(target=work, args=(place,)) for place in range(len(shapes))]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            for one, other in zip(wanted, found, strict=True):
                assert other is not None
                assert np.allclose(one, other, atol=1e-4)
    finally:
        NETWORK_THREADS.want(0)


@needs_openvino
def test_grids_are_the_same_however_many_shapes_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    photos = [np.full((64 + 16 * place, 96, 3), 7 + place, dtype=np.uint8) for place in range(5)]
    backbone = load_backbone("compact", "head", False, EIGHT_BITS)
    assert isinstance(backbone, eight_bits.EightBitBackbone)
    wanted = [backbone.grid(photo) for photo in photos]
    monkeypatch.setattr(eight_bits, "SHAPES", 2)
    with NETWORK_THREADS.turn(2):
        for _ in range(2):
            for photo, grid in zip(photos, wanted, strict=True):
                assert np.allclose(backbone.grid(photo), grid, atol=1e-4)
            backbone.let_go()
    assert np.array_equal(backbone.grid(photos[0]), wanted[0])


@needs_openvino
def test_the_first_pass_is_made_while_loading_and_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two first passes at a time can wait for each other for ever in OpenVINO (about one time in ten)."""
    running: list[int] = []
    most = []

    def grid(self: object, photo: object) -> None:
        running.append(1)
        time.sleep(0.05)
        most.append(len(running))
        running.pop()

    monkeypatch.setattr(eight_bits.EightBitBackbone, "grid", grid)
    threads = [threading.Thread(target=load_backbone, args=("compact", "head", False, EIGHT_BITS)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert most == [1] * 4


@needs_openvino
def test_indexing_and_searching_load_neither_torch_nor_reports_and_print_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    for path in sorted((SAMPLE / "photos").glob("*.jpg"))[:3]:
        (folder / path.name).write_bytes(path.read_bytes())
    command = [sys.executable, "-c", WITHOUT_TORCH, str(folder), str(tmp_path / "l.cropseek")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""


@needs_openvino
def test_a_damaged_model_is_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.xml"
    damaged.write_text("<net")
    for path in (damaged, tmp_path / "none.xml"):
        monkeypatch.setattr(eight_bits, "MODEL", path)
        with pytest.raises(UserError, match="Install Cropseek again"):
            load_backbone("compact", "head", False, EIGHT_BITS)


def test_without_the_extra_one_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> object:
        raise ImportError(name)

    eight_bits._runtime.cache_clear()
    monkeypatch.setattr(importlib, "import_module", missing)
    with pytest.raises(UserError, match=r"cropseek\[fast\]"):
        load_backbone("compact", "head", False, EIGHT_BITS)


def test_auto_takes_it_only_where_it_is_as_good(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("core.backbones._found", lambda: "cpu")
    monkeypatch.setattr(eight_bits, "usable", lambda: True)
    assert quickest("compact", "auto") == EIGHT_BITS
    assert quickest("compact", "auto", tmp_path) == "auto"
    assert [quickest("vgg16", "auto"), quickest("compact", "cpu"), quickest("compact", "auto+bf16")] == [
        "auto", "cpu", "auto+bf16",
    ]  # fmt: skip
    monkeypatch.setattr("core.backbones._found", lambda: "cuda")
    assert quickest("compact", "auto") == "auto"


def test_other_networks_and_weights_have_no_eight_bits(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no eight bits for the network 'vgg16'"):
        load_backbone("vgg16", "conv5_3", True, EIGHT_BITS)
    with pytest.raises(UserError, match="no eight bits for other weights"):
        load_backbone("compact", "head", False, EIGHT_BITS, tmp_path / "own.safetensors")
    with pytest.raises(UserError, match="no precision"):
        load_backbone("compact", "head", False, "cuda+int8")


def test_the_exact_device_stays_exact() -> None:
    assert type(shipped_describer("standard", "cpu").backbone).__name__ == "CompactBackbone"
