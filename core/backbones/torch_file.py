"""Untrusted torch checkpoints: checked first, then read by torch's reader that runs no code.

Torch's restricted reader (``weights_only``) runs no code, but a file can still exhaust memory or time: by compressed
records of any size, calls that allocate memory (``bytearray``), texts that are encoded repeatedly, or too many
instructions.  These are what is checked.
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
from core.util.regular_files import opened_regular

MAX_BYTES = 2 << 30
"""Largest file in bytes: four times VGG16 with its classifier."""

MAX_RECORDS, MAX_STEPS, MAX_PICKLE = 20_000, 200_000, 64 << 20
"""Largest numbers: records of the zip file; instructions and bytes of the pickle that names them."""

OLD = b"\x80\x02\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19."
"""The start of a file of torch's old format, before it used zip files: a pickled number."""

OLD_PARTS = 5
"""Pickles in the old format: that number, a version, the machine, the document, and the names of the storages."""

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
"""Names that a pickle may use."""

NUMBERS = frozenset(
    getattr(torch, name)
    for name in ("float64", "float32", "float16", "bfloat16", "int64", "int32", "int16", "int8", "uint8", "bool")
)
# Bytes are pickled as text in Latin-1; any other encoding could be repeated until memory is full.
_CODINGS = {name.replace("_", "-") for name in (*aliases, *aliases.values())} - {"latin1", "latin-1"}


def load_torch(path: Path) -> dict[Any, Any]:
    """The dictionary in a torch checkpoint; numpy arrays are ``StoredArray``.  Pass tensors to ``plain`` before use.

    Raises:
        UserError: unreadable, too large, or it contains other things than numbers, texts, tensors and containers.
    """
    try:
        with opened_regular(path) as file:
            _look_through(file)
            file.seek(0)
            document = _read(file)
    except Exception as error:  # a crafted file can make torch raise anything
        raise UserError("this file does not hold weights that can be read safely", str(path)) from error
    if not isinstance(document, dict):
        raise UserError("this file holds no named weights", str(path))
    return document


def plain(value: Tensor) -> Tensor:
    """A tensor whose numbers are all in the file, and not larger than its storage.

    Raises:
        ValueError: it is anything else.
    """
    if type(value) not in (Tensor, torch.nn.Parameter) or value.layout != torch.strided or value.device.type != "cpu":
        raise ValueError("no plain tensor")
    if value.dtype not in NUMBERS or value.numel() * value.element_size() > value.untyped_storage().nbytes():
        raise ValueError("no plain tensor of numbers")
    return value.detach()


def _read(file: BinaryIO) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about other storage classes, which users cannot change
        with torch.serialization.safe_globals([(stand_in, name) for name, stand_in in STAND_INS.items()]):
            return torch.load(file, map_location="cpu", weights_only=True)


def _look_through(file: BinaryIO) -> None:
    """Refuse a file that would take too much memory or time.

    Raises:
        ValueError: it would; a damaged file may raise other exceptions.
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
    """Check a pickle's instructions without executing any; returns their number."""
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
