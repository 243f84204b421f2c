"""Weights of public networks: downloaded once with a checksum, or read from a local file without running code from it."""

from __future__ import annotations

import hashlib
import re
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor

from core.backbones.torch_file import MAX_BYTES, load_torch, plain
from core.photos.disk import require_file
from core.util.atomic_write import replacing
from core.util.errors import UserError
from core.util.progress import Ticket

CHUNK = 1 << 20
TIMEOUT_S = 30


def cached_download(url: str, ticket: Ticket) -> Path:
    """The file of ``url`` in torch's cache of checkpoints, downloaded if it is not there.

    Its name contains the first digits of its SHA-256 (``name-88682ab5.pth``), which are checked before the file gets that
    name; a failed download leaves nothing.

    Raises:
        UserError: no network, no space, or a wrong checksum.
        Cancelled: by the ticket.
    """
    target = Path(torch.hub.get_dir()) / "checkpoints" / url.rsplit("/", 1)[-1]
    if target.exists():
        return target
    try:
        with replacing(target) as part:
            _check(_fetch(url, part, ticket), target.name)
    except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
        raise UserError(
            "the network's weights could not be downloaded",
            url,
            "Connect to the internet, or give a local copy with --weights; the preset 'standard' needs no download.",
        ) from error
    except OSError as error:
        raise UserError(f"the network's weights could not be stored ({error.strerror})", str(target.parent)) from error
    return target


def _fetch(url: str, part: Path, ticket: Ticket) -> str:
    """Stream ``url`` into a file; returns its SHA-256."""
    digest = hashlib.sha256()
    with urllib.request.urlopen(url, timeout=TIMEOUT_S) as response, part.open("wb") as file:
        total = int(response.headers.get("Content-Length") or 0)
        while chunk := response.read(CHUNK):
            digest.update(chunk)
            file.write(chunk)
            ticket.checkpoint(file.tell(), total, "downloading the network's weights")
    return digest.hexdigest()


def digest_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _check(digest: str, name: str) -> None:
    """Compare a SHA-256 with the digits in the file's name.

    Raises:
        UserError: they differ.
    """
    expected = re.search(r"-([0-9a-f]{8,})\.", name)
    if expected and not digest.startswith(expected.group(1)):
        raise UserError("the downloaded weights are damaged", name, "Try again.")


def read_state(path: Path) -> dict[str, Tensor]:
    """Tensors by name, of a safetensors file or a torch checkpoint; no code of the file is run.

    Raises:
        UserError: missing, or neither of the two.
    """
    try:
        return {str(name): plain(value) for name, value in read_torch(path).items() if isinstance(value, Tensor)}
    except ValueError as error:
        raise _unsafe(path) from error


def read_torch(path: Path) -> dict[Any, Any]:
    """The dictionary in a safetensors file or a torch checkpoint; no code of the file is run (``torch_file``).

    Raises:
        UserError: missing, too large, or neither of the two.
    """
    require_file(path, "file of weights")
    if path.suffix != ".safetensors":
        return load_torch(path)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UserError("the file of weights is too large", str(path))
        return dict(load_file(path))
    except (SafetensorError, RuntimeError, ValueError, KeyError, OSError, MemoryError) as error:
        raise _unsafe(path) from error


def _unsafe(path: Path) -> UserError:
    return UserError("this file does not hold weights that can be read safely", str(path))
