"""Mutated and crafted files of weights, read as every network that takes such a file.

    python -m tests.fuzz.checkpoints [--count 500] [--seed 1] [--folder DIR]

A case is a torch checkpoint (as a zip file, or as torch wrote them before), a safetensors file or a MATLAB file with other
bytes, or a pickle that asks for what it should not get.  The exit status is 1 when there was a crash, a hang of 10 seconds,
a traceback, or a peak over 1.5 GiB.
"""

from __future__ import annotations

import io
import pickle
import random
import struct
import sys
import zipfile
from collections import OrderedDict
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import scipy.io
import torch
from safetensors.torch import save

from core.backbones import load_backbone
from core.backbones.checkpoints import read_cirtorch, read_netvlad
from core.backbones.torch_file import OLD
from core.backbones.weights import read_state
from tests.fuzz.runner import Report, Work, run_cases, run_command, told

SUFFIXES = {"zip": ".pth", "old": ".pth", "safetensors": ".safetensors", "matlab": ".mat", "crafted": ".pth"}


def document() -> dict[str, Any]:
    """A checkpoint in the form of cnnimageretrieval-pytorch and pytorch-NetVlad at once, with small convolutions."""
    state = OrderedDict((f"features.{n}.weight", torch.zeros(4, 3, 3, 3)) for n in (0, 2, 5))
    state |= {f"encoder.{n}.weight": torch.zeros(4, 3, 3, 3) for n in (0, 2, 5)}
    state |= {"pool.p": torch.tensor([2.5]), "pool.conv.weight": torch.zeros(64, 512, 1, 1)}
    state |= {"pool.centroids": torch.zeros(64, 512)}
    whitening = {"P": np.eye(8), "m": np.zeros((8, 1))}
    meta = {"architecture": "vgg16", "mean": [0.4, 0.4, 0.4], "std": [0.2, 0.2, np.float64(0.2)]}
    return {"epoch": 1, "meta": meta | {"Lw": {"set": {"ss": whitening, "ms": whitening}}}, "state_dict": state}


def make_seeds() -> dict[str, bytes]:
    """A file of each kind, by kind."""
    new, old, matlab = io.BytesIO(), io.BytesIO(), io.BytesIO()
    torch.save(document(), new)
    torch.save(document(), old, _use_new_zipfile_serialization=False)
    layers = np.empty((1, 34), dtype=object)
    layers[:] = [[{"name": "layer", "weights": np.zeros((1, 2))}] * 34]
    scipy.io.savemat(matlab, {"net": {"layers": layers, "meta": {"normalization": {"averageImage": np.zeros((1, 1, 3))}}}})
    tensors = save({f"{n}.weight": torch.zeros(4, 3, 3, 3) for n in (0, 2, 5)})
    return {"zip": new.getvalue(), "old": old.getvalue(), "safetensors": tensors, "matlab": matlab.getvalue()}


class Called:
    """Pickles as a call of something by its name."""

    def __init__(self, name: str, *arguments: object) -> None:
        self.name, self.arguments = name, arguments


class _Pickler(pickle._Pickler):  # type: ignore[name-defined] # the one in Python, that can be told what to write
    def save(self, item: Any, save_persistent_id: bool = True) -> None:
        if not isinstance(item, Called):
            super().save(item, save_persistent_id)
            return
        module, _, name = item.name.rpartition(".")
        self.write(pickle.GLOBAL + f"{module}\n{name}\n".encode())
        super().save(item.arguments)
        self.write(pickle.REDUCE)


def pickled(item: object) -> bytes:
    """A pickle of protocol 2, in which ``Called`` are calls."""
    out = io.BytesIO()
    _Pickler(out, 2).dump(item)
    return out.getvalue()


def archive(document: bytes, packed: bool = False, **records: bytes) -> bytes:
    """A zip file as torch writes them around a pickle."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as file:
        for name, data in {"data.pkl": document, "byteorder": b"little", "version": b"3\n", **records}.items():
            file.writestr(f"archive/{name}", data)
    return out.getvalue()


def object_array(length: int) -> bytes:
    """An array of objects that says it is longer than its list: numpy reads out of bounds."""
    codes = pickled(Called("numpy.dtype", "O8", False, True))[2:-1]
    made = pickled(Called("numpy.core.multiarray._reconstruct", 0))[2:-1]
    state = pickle.MARK + pickled(1)[2:-1] + pickled((length,))[2:-1] + codes + pickled(False)[2:-1] + pickled([1])[2:-1]
    return archive(b"\x80\x02}U\x01a" + made + state + b"tbs.")


def _doubling(times: int) -> object:
    item: object = b"x" * 100
    for _ in range(times):
        item = Called("_codecs.encode", item, "hex")
    return {"state_dict": item}


@cache
def crafted() -> list[bytes]:
    """Files that ask for what they should not get."""
    asked = [
        {"a": Called("builtins.bytearray", 10**11)},
        {"a": Called("torch.FloatTensor", 10**11)},
        {"a": Called("os.system", "true")},
        {"a": Called("builtins.eval", "1")},
        {"a": Called("numpy.ndarray", (10**6,), Called("numpy.dtype", "O8", False, True))},
        {"a": Called("numpy.core.multiarray.scalar", Called("numpy.dtype", "O8", False, True), b"12345678")},
        {"a": Called("collections.Counter", "x" * 1000)},
        {"a": [None] * 300_000},
        {"meta": {"architecture": "vgg16", "mean": Called("numpy.core.multiarray._reconstruct", 0)}, "state_dict": {}},
        {"meta": {"architecture": "x" * 10**6}, "state_dict": {}},
        _doubling(40),
        [],
    ]
    files = [archive(pickled(item)) for item in asked] + [object_array(n) for n in (5, 10**6, 2**40)]
    files += [
        archive(pickled({}), packed=True, bomb=bytes(1 << 26)),
        OLD + pickled([1] * 5),
        OLD * 5,
        b"",
        b"PK\3\4",
        b"\x80",
    ]
    return [*files, archive(pickled({"a": 1})[:-1]), archive(b"\x80\x02" + b"(" * 1_000_000 + b".")]


def mutated(seeds: dict[str, bytes], number: int, run: int) -> tuple[str, bytes]:
    """One case, always the same: its kind and bytes."""
    ready, rng = crafted(), random.Random(f"{run} {number}")
    if number < len(ready):
        return "crafted", ready[number]
    kind = rng.choice(list(seeds))
    data = bytearray(seeds[kind])
    if kind == "zip" and rng.random() < 0.6:  # a pickle within a sound archive, which zip's own sums would else betray
        return kind, _with_pickle(bytes(data), rng)
    head = rng.choice((len(data), min(len(data), 3000)))
    for _ in range(rng.choice((1, 3, 20, 200))):
        data[rng.randrange(head)] = rng.choice((0, 255, rng.randrange(256)))
    if rng.random() < 0.2:
        del data[rng.randrange(len(data)) :]
    if kind == "safetensors" and rng.random() < 0.3:
        data[:8] = struct.pack("<Q", rng.choice((0, 1, 2**20, 2**40, 2**64 - 1)))
    return kind, bytes(data)


def _with_pickle(data: bytes, rng: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        records = {info.filename.partition("/")[2]: file.read(info) for info in file.infolist()}
    changed = bytearray(records.pop("data.pkl"))
    for _ in range(rng.choice((1, 2, 6, 30))):
        changed[rng.randrange(len(changed))] = rng.choice((rng.randrange(256), *b"(.}])Rtbsu0qQ"))
    return archive(bytes(changed), **records)


def prepare() -> Work:
    """The work on one file: all that read such files."""
    readers: dict[str, Callable[[Path], object]] = {
        "cirtorch": read_cirtorch,
        "netvlad": read_netvlad,
        "state": read_state,
        "siamac": lambda path: load_backbone("siamac", "conv5_3", False, "cpu", path),
        "compact": lambda path: load_backbone("compact", "head", False, "cpu", path),
    }

    def work(path: Path) -> str:
        read = [name for name, reader in readers.items() if told(lambda reader=reader: reader(path))]  # type: ignore[misc]
        return f"read: {', '.join(read)}" if read else "refused"

    return work


def run(folder: Path, count: int, seed: int = 1) -> Report:
    """Make the cases in a folder and run them."""
    seeds = make_seeds()

    def cases() -> Iterator[Path]:
        for number in range(count):
            kind, data = mutated(seeds, number, seed)
            path = folder / f"{number:05}{SUFFIXES[kind]}"
            path.write_bytes(data)
            yield path

    return run_cases(cases(), prepare, lambda path, good: path.unlink() if good else None)


if __name__ == "__main__":
    sys.exit(run_command(run, __doc__ or "", 500))
