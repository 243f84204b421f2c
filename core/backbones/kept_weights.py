"""Weights that a person gave as a file: copied once, and named by their digest in the backbone's name.

Such a name is ``vgg16@1a2b3c4d5e6f7a8b``.  A pipeline that was fitted with them always finds the same weights, wherever the
file has gone meanwhile, and libraries with different networks can be open beside each other.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from core.backbones.weights import digest_of
from core.photos.disk import require_file
from core.util.atomic_write import replacing
from core.util.errors import UserError
from core.util.resources import own_folder

DIGITS = 16


def name_with(backbone: str, path: Path) -> str:
    """The backbone's name with the digest of a file of weights.

    Raises:
        UserError: the file is missing, or cannot be read.
    """
    require_file(path, "file of weights")
    try:
        return f"{backbone.partition('@')[0]}@{digest_of(path)[:DIGITS]}"
    except OSError as error:
        raise UserError(f"the file of weights cannot be read ({error.strerror})", str(path)) from error


def keep(backbone: str, path: Path) -> None:
    """Copy a file of weights to where ``found`` looks for those of a backbone's name.

    Raises:
        UserError: the copy cannot be written.
    """
    target = _kept(backbone, ".safetensors" if path.suffix == ".safetensors" else ".pth")
    if target.exists():
        return
    try:
        with replacing(target) as part:
            shutil.copyfile(path, part)
    except OSError as error:
        raise UserError(f"the weights could not be stored ({error.strerror})", str(target.parent)) from error


def found(backbone: str, given: Path | None) -> Path:
    """The file of the weights that a backbone's name asks for.

    Args:
        given: a file to look at first; it need not be kept.

    Raises:
        UserError: they are not here, or the kept file was changed.
    """
    name, _, digest = backbone.partition("@")
    if given is not None and name_with(name, given) == backbone:
        return given
    for suffix in (".safetensors", ".pth"):
        path = _kept(backbone, suffix)
        if path.exists():
            if digest_of(path).startswith(digest):
                return path
            raise UserError("the kept weights are damaged", str(path), "Remove the file, and give yours with --weights.")
    raise UserError(
        f"the weights {digest} of '{name}' are not on this computer",
        str(given or "--weights"),
        "The pipeline was fitted with a file of weights; give that file with --weights.",
    )


def _kept(backbone: str, suffix: str) -> Path:
    return own_folder("weights") / f"{backbone.partition('@')[2]}{suffix}"
