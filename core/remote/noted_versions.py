"""Which version a shared library had when it was opened here last, so that its contents are asked for at once."""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path

from core.library.limits import fits
from core.remote.address import Address
from core.util.atomic_write import replacing
from core.util.resources import cache_folder


def noted_version(address: Address) -> int:
    """The version; 0: not known."""
    with contextlib.suppress(OSError, ValueError):
        version = int(_file(address).read_text(encoding="ascii")[:20])
        return version if fits("photos.id", [version]) else 0
    return 0


def note_version(address: Address, version: int) -> None:
    """Note it for the next time."""
    with contextlib.suppress(OSError), replacing(_file(address)) as part:  # a full disk: it is asked for
        part.write_text(str(version), encoding="ascii")


def _file(address: Address) -> Path:
    name = hashlib.sha256(str(address.agreement_path).encode("utf-8", "surrogateescape")).hexdigest()[:32]
    return cache_folder("versions") / name
