"""Torch's checkpoints from anywhere: looked through before torch reads them, by its reader that runs no code.

Torch's restricted reader (``weights_only``) is safe against code.  What is looked at first is what it still believes:
packed records of any size, names that make memory (``bytearray``), texts coded over and over, and instructions without end.
"""

from __future__ import annotations

import itertools
import pickle
import pickletools
import warnings
import zipfile
from encodings.aliases import aliases
from pathlib import Path
from typing import Any, BinaryIO

import torch
from torch import Tensor

from core.backbones.stored_arrays import STAND_INS
from core.util.errors import UserError
from core.util.regular import opened_regular

MAX_BYTES = 2 << 30
"""Of a file: four times VGG16 with its classifier."""

MAX_RECORDS, MAX_STEPS, MAX_PICKLE = 20_000, 200_000, 64 << 20
"""Records of a zip file; instructions of what names them, and its bytes."""

OLD = b"\x80\x02\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19."
"""How a file begins that torch wrote before its zip files: a number as a pickle of its own."""

OLD_PARTS = 5
"""Pickles at the start of such a file: the number, a version, the machine, the document, and the names of the storages."""

_STORAGES = ("Float", "Double", "Half", "BFloat16", "Long", "Int", "Short", "Char", "Byte", "Bool")
ALLOWED = frozenset(
    (
        "collections.OrderedDict",
        "_codecs.encode",
        *(f"torch._utils.{name}" for name in ("_rebuild_tensor", "_rebuild_tensor_v2", "_rebuild_parameter")),
        *(f"torch.{name}Storage" for name in _STORAGES),
        *STAND_INS,
    )
)
"""All that a file may name."""

NUMBERS = frozenset(
    getattr(torch, name)
    for name in ("float64", "float32", "float16", "bfloat16", "int64", "int32", "int16", "int8", "uint8", "bool")
)
# Bytes are stored as text in Latin-1; any other coding could be repeated until it fills the memory.
_CODINGS = {name.replace("_", "-") for name in (*aliases, *aliases.values())} - {"latin1", "latin-1"}


def load_torch(path: Path) -> dict[Any, Any]:
    """The dictionary in a torch checkpoint; arrays of numpy are ``StoredArray``.  Tensors still want ``plain``.

    Raises:
        UserError: unreadable, too large, or it holds something else than numbers, texts, tensors and containers.
    """
    try:
        with opened_regular(path) as file:
            _look_through(file)
            file.seek(0)
            document = _read(file)
    except Exception as error:  # torch raises anything on a crafted file, and all of it means the same
        raise UserError("this file does not hold weights that can be read safely", str(path)) from error
    if not isinstance(document, dict):
        raise UserError("this file holds no named weights", str(path))
    return document


def plain(value: Tensor) -> Tensor:
    """A tensor of numbers that are all in the file: none that says it is larger than what it was read from.

    Raises:
        ValueError: it is something else.
    """
    if type(value) not in (Tensor, torch.nn.Parameter) or value.layout != torch.strided or value.device.type != "cpu":
        raise ValueError("no plain tensor")
    if value.dtype not in NUMBERS or value.numel() * value.element_size() > value.untyped_storage().nbytes():
        raise ValueError("no plain tensor of numbers")
    return value.detach()


def _read(file: BinaryIO) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of other ways to store, which are of no use to who opens a file
        with torch.serialization.safe_globals([(stand_in, name) for name, stand_in in STAND_INS.items()]):
            return torch.load(file, map_location="cpu", weights_only=True)


def _look_through(file: BinaryIO) -> None:
    """Refuse what would run away while it is read.

    Raises:
        ValueError: and whatever else a damaged file brings about.
    """
    size = file.seek(0, 2)
    file.seek(0)
    if size > MAX_BYTES:
        raise ValueError("too large")
    if file.read(len(OLD)) == OLD:
        file.seek(0)
        steps = 0
        for _ in range(OLD_PARTS):
            steps += _check_pickle(file, MAX_STEPS - steps)
        return
    with zipfile.ZipFile(file) as archive:
        _check_records(archive.infolist(), size)
        name = next(info.filename for info in archive.infolist() if info.filename.endswith("data.pkl"))
        with archive.open(name) as part:
            _check_pickle(part, MAX_STEPS)


def _check_records(records: list[zipfile.ZipInfo], size: int) -> None:
    """Records lie in the file as they are, each once."""
    names = {record.filename for record in records}
    documents = [record for record in records if record.filename.endswith("data.pkl")]
    if len(records) > MAX_RECORDS or len(names) != len(records) or len(documents) != 1:
        raise ValueError("no archive of torch's")
    if any(record.compress_type != zipfile.ZIP_STORED or record.flag_bits & 1 for record in records):
        raise ValueError("packed records")
    if sum(record.file_size for record in records) > size or documents[0].file_size > MAX_PICKLE:
        raise ValueError("records larger than the file")


def _check_pickle(file: Any, most: int) -> int:
    """Look at a pickle's instructions without following any; returns their number."""
    step = 0
    for step, (operation, argument, _) in enumerate(itertools.islice(pickletools.genops(file), most + 1), start=1):
        if step > most:
            raise pickle.UnpicklingError("too many instructions")
        if operation.name in ("GLOBAL", "INST"):
            if str(argument).replace(" ", ".") not in ALLOWED:
                raise pickle.UnpicklingError(f"it names {argument}")
        elif isinstance(argument, str) and argument.casefold().replace("_", "-") in _CODINGS:
            raise pickle.UnpicklingError("it codes text")
    return step
