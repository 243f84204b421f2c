"""A fit is known by what was learned: the same settings fitted on other photos make codes that cannot be compared."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path

from core.chain.config import DescriberConfig, config_from_dict
from core.chain.presets import PRESETS, preset_name, saved_presets, shipped_file
from core.util.errors import UserError

SHOWN = 8
"""Characters of a key that a person is shown."""


def fit_key(data: bytes) -> str:
    """The fingerprint of a describer's bytes (``core.chain.model_file``): of its settings and every learned number.

    How the file was written, and by which version, does not count.
    """
    try:
        start = 8 + int.from_bytes(data[:8], "little")
        header = json.loads(data[8:start])
        document = json.loads(header.pop("__metadata__")["cropseek"])
        digest = hashlib.sha256(config_from_dict(document["config"]).fingerprint().encode())
        digest.update(str(document.get("channels", "")).encode())
        for name in sorted(header):
            array = header[name]
            first, last = (start + int(offset) for offset in array["data_offsets"])
            digest.update(f"{name} {array['dtype']} {array['shape']}\n".encode())
            digest.update(data[first:last])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, UserError):
        return hashlib.sha256(data).hexdigest()  # no describer: whoever reads it will say so
    return digest.hexdigest()


def fit_name(config: DescriberConfig, key: str) -> str:
    """The name of the preset whose fit has a key; settings' name with the beginning of the key when no preset has it."""
    shipped = {name: path for name in PRESETS if (path := shipped_file(name)) is not None}
    for name, path in {**shipped, **saved_presets()}.items():
        if key_of_file(path) == key:
            return name
    return f"{preset_name(config)} (fit {key[:SHOWN]})"


def key_of_file(path: Path) -> str:
    """The fingerprint of a preset's file; empty when it cannot be read."""
    try:
        status = path.stat()
        return _read(path, status.st_ino, status.st_size, status.st_mtime_ns)
    except OSError:
        return ""


@lru_cache(64)
def _read(path: Path, *_state: int) -> str:
    return fit_key(path.read_bytes())
