"""The identity of a fit: the same settings fitted on other photos give codes that cannot be compared."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path

from core.chain.config import DescriberConfig, config_from_dict
from core.chain.presets import PRESETS, preset_name, saved_presets, shipped_file
from core.util.errors import UserError

SHOWN = 8
"""Number of characters of a key that are shown to the user."""


def fit_key(data: bytes) -> str:
    """The fingerprint of the settings and every learned number in a describer's bytes (``core.chain.model_file``).

    It does not depend on how the file was written, or by which version.
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
        return hashlib.sha256(data).hexdigest()  # not a describer: reading it will raise the error
    return digest.hexdigest()


def fit_name(config: DescriberConfig, key: str) -> str:
    """The name of the preset whose fit has this key; else the name of the settings and the start of the key."""
    return _preset_of(key) or shown(preset_name(config), key)


def newer_preset(config: DescriberConfig, key: str) -> str:
    """The preset with these settings, if the fit with this key is of no preset any more; empty: it is, or there is none."""
    name = preset_name(config)
    return name if not _preset_of(key) and shipped_file(name) is not None else ""


def shown(name: str, key: str) -> str:
    """A fit of a preset that needs its key to be told from others."""
    return f"{name} (fit {key[:SHOWN]})"


def _preset_of(key: str) -> str:
    """The name of the preset whose fit has this key; empty: none has."""
    fitted = {name: path for name in PRESETS if (path := shipped_file(name)) is not None} | saved_presets()
    return next((name for name, path in fitted.items() if key_of_file(path) == key), "")


def key_of_file(path: Path) -> str:
    """The fingerprint of the fit in a preset's file; empty if it cannot be read."""
    try:
        status = path.stat()
        return _read(path, status.st_ino, status.st_size, status.st_mtime_ns)
    except (OSError, ValueError, UserError):
        return ""


@lru_cache(64)
def _read(path: Path, *_state: int) -> str:
    from core.chain.fit_files import fit_bytes

    return fit_key(fit_bytes(path))
