"""The files of fits.  One that travels may hold only what differs from another's: a code of other length needs no more.

Such a file names the preset that it is completed from, and that one's fit, in the same metadata as ``model_file``.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from safetensors import SafetensorError
from safetensors.numpy import load, save

from core.util.errors import UserError
from core.util.regular_files import read_regular
from core.util.resources import MODELS

MAX_BYTES = 1_000_000_000

HASHING = "hashing."
"""What the names of the arrays begin with that a code of another length has of its own."""


def fit_bytes(path: Path) -> bytes:
    """A whole describer (``core.chain.model_file``) from its file.  Only files of the program are completed by others.

    Raises:
        OSError, ValueError: it cannot be read.
        UserError: it is of another fit than the program's.
    """
    data = read_regular(path, MAX_BYTES)
    if path.parent != MODELS or "base" not in (document := _document(data)):
        return data
    base = read_regular(MODELS / f"{document.pop('base')}.safetensors", MAX_BYTES)
    try:
        if document.pop("fit") != _key(base):
            raise UserError("the file does not fit the others of the program", str(path), "Install Cropseek again.")
        return _saved(load(base) | load(data), document)
    except SafetensorError as error:
        raise ValueError(str(error)) from error


def parted(data: bytes, base: str) -> bytes:
    """The file of a describer that differs from the program's fit ``base`` in settings and hashing alone."""
    rest = read_regular(MODELS / f"{base}.safetensors", MAX_BYTES)
    own = {name: array for name, array in load(data).items() if name.startswith(HASHING)}
    return _saved(own, _document(data) | {"base": base, "fit": _key(rest)})


def _key(data: bytes) -> str:
    from core.chain.fits import fit_key  # which reads files by this module

    return fit_key(data)


def _document(data: bytes) -> dict[str, Any]:
    """The metadata in a file; nothing of one that is no describer."""
    try:
        document = json.loads(json.loads(data[8 : 8 + int.from_bytes(data[:8], "little")])["__metadata__"]["cropseek"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}
    return document if isinstance(document, dict) else {}


def _saved(arrays: dict[str, Any], document: dict[str, Any]) -> bytes:
    return save(arrays, metadata={"cropseek": json.dumps(document, sort_keys=True)})
