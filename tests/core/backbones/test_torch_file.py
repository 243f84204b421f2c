"""Files of weights that ask for what they should not get: one sentence, in a moment, and nothing of them runs."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np
import pytest
import torch

from core.backbones.checkpoints import read_cirtorch, read_netvlad
from core.backbones.stored_arrays import StoredArray, StoredType, scalar
from core.backbones.torch_file import load_torch, plain
from core.backbones.weights import read_state
from core.util.errors import UserError
from tests.fuzz.checkpoints import SUFFIXES, Called, archive, crafted, document, make_seeds, mutated, object_array, pickled


@pytest.mark.parametrize("number", range(len(crafted())))
def test_crafted_files_get_a_sentence(tmp_path: Path, number: int) -> None:
    path = tmp_path / "bad.pth"
    path.write_bytes(crafted()[number])
    for reader in (read_cirtorch, read_netvlad):
        with pytest.raises(UserError):
            reader(path)
    try:
        assert not read_state(path)  # read, and no tensor is in it
    except UserError as error:
        assert error.where == str(path)  # noqa: PT017


def test_an_array_of_objects_is_none(tmp_path: Path) -> None:
    """It ended the process: numpy read beyond the list that it was made of."""
    path = tmp_path / "bad.pth"
    path.write_bytes(object_array(10**6))
    value = load_torch(path)["a"]
    with pytest.raises(ValueError, match="array"):
        value.array()


def test_only_arrays_of_numbers_that_are_all_there_are_made() -> None:
    def stored(code: str, shape: object, data: object, order: str = "<") -> StoredArray:
        kind, array = StoredType(code, False, True), StoredArray()
        kind.__setstate__((3, order, None, None, None, -1, -1, 0))
        array.__setstate__((1, shape, kind, False, data))
        return array

    numbers = np.arange(6, dtype=np.float64)
    assert (stored("f8", (2, 3), numbers.tobytes()).array() == numbers.reshape(2, 3)).all()
    assert (stored("f8", (6,), numbers.astype(">f8").tobytes(), ">").array() == numbers).all()
    for bad in (
        stored("O8", (6,), numbers.tobytes()), stored("f8", (7,), numbers.tobytes()), stored("f8", (-1,), b""),
        stored("f8", [6], numbers.tobytes()), stored("f8", (6,), [1.0]), stored("V8", (6,), numbers.tobytes()),
        stored("f8", (1,) * 40, numbers[:1].tobytes()), stored("f8", (2**40, 2**40), b""), StoredArray(),
    ):  # fmt: skip
        with pytest.raises(ValueError):  # noqa: PT011 - whatever is wrong, it is none
            bad.array()
    assert scalar(StoredType("f8"), numbers[2:3].tobytes()) == 2
    with pytest.raises(ValueError, match="number"):
        scalar(StoredType("O8"), numbers[2:3].tobytes())


def test_tensors_that_say_they_are_larger_are_refused() -> None:
    for bad in (
        torch.zeros(1).expand(1 << 40), torch.zeros(2, 2).to_sparse(), torch.zeros(2, dtype=torch.complex64),
        torch.empty(4, device="meta"),
    ):  # fmt: skip
        with pytest.raises(ValueError, match="no plain tensor"):
            plain(bad)
    assert plain(torch.nn.Parameter(torch.zeros(3))).shape == (3,)


def test_a_stride_of_nothing_fills_no_memory(tmp_path: Path) -> None:
    state = {"features.0.weight": torch.zeros(1).expand(1 << 20, 1 << 20)}
    path = tmp_path / "bad.pth"
    torch.save(document() | {"state_dict": state}, path)
    with pytest.raises(UserError, match="arrays do not fit"):
        read_cirtorch(path)
    torch.save(state, path)
    with pytest.raises(UserError, match="can be read safely"):
        read_state(path)


def test_names_beyond_the_list_are_refused_before_torch_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch, "load", lambda *a, **k: pytest.fail("read"))
    for name in ("os.system", "builtins.bytearray", "torch.FloatTensor", "torch.serialization._get_layout", "numpy.load"):
        path = tmp_path / "bad.pth"
        path.write_bytes(archive(pickled({"a": Called(name, 1)})))
        with pytest.raises(UserError, match="can be read safely"):
            load_torch(path)


def test_older_checkpoints_are_still_read(tmp_path: Path) -> None:
    for zipped in (True, False):
        path = tmp_path / "good.pth"
        torch.save(
            {"a": torch.arange(5), "w": np.eye(3), "n": np.float64(2.5)}, path, _use_new_zipfile_serialization=zipped
        )
        found = load_torch(path)
        assert plain(found["a"]).tolist() == [0, 1, 2, 3, 4]
        assert (found["w"].array() == np.eye(3)).all()
        assert found["n"] == 2.5


def test_a_bare_pickle_is_no_checkpoint(tmp_path: Path) -> None:
    path = tmp_path / "bad.pth"
    path.write_bytes(pickle.dumps({"a": 1}, 2))
    with pytest.raises(UserError, match="can be read safely"):
        load_torch(path)


@pytest.mark.parametrize("number", [27, 154, 293])
def test_matlab_files_that_crash_their_reader_get_a_sentence(tmp_path: Path, number: int) -> None:
    """Mutations of the fuzz target: each ended the process with a segmentation fault in scipy's reader."""
    kind, data = mutated(make_seeds(), number, 1)
    path = tmp_path / f"bad{SUFFIXES[kind]}"
    path.write_bytes(data)
    with pytest.raises(UserError):
        read_netvlad(path)
