"""Named configurations: those of the paper, ours, and fitted ones that the user saved."""

from __future__ import annotations

import dataclasses
import difflib
import re
from pathlib import Path

from core.chain.config import DescriberConfig
from core.util.atomic_write import replacing
from core.util.errors import UserError
from core.util.resources import MODELS, own_folder

_PAPER = DescriberConfig(backbone="vgg16", layer="conv5_3", pool=True, longest_side=1024)
_STANDARD = DescriberConfig()
_SIFT = DescriberConfig(backbone="sift", layer="rootsift", mask="none", longest_side=650)


def baseline_config(base: DescriberConfig, name: str, length: int) -> DescriberConfig:
    """A global descriptor of Table VIII on the grids of ``base``."""
    return dataclasses.replace(base, baseline=name, mask="none", pca_dimension=length, bits=min(512, length) // 8 * 8)


DEFAULT_PRESET = "standard"

SHORT = (128, 256)
"""Bits of shorter codes of the standard pipeline, for those who rank by codes alone."""

PRESETS: dict[str, DescriberConfig] = {
    "standard": _STANDARD,
    **{f"standard-{mask}": dataclasses.replace(_STANDARD, mask=mask) for mask in ("sum", "sift", "none")},
    **{f"standard-{bits}": dataclasses.replace(_STANDARD, bits=bits) for bits in SHORT},
    **{f"standard-{name}": baseline_config(_STANDARD, name, 512) for name in ("mac", "crow", "rmac", "gem", "netvlad")},
    "standard-spoc": baseline_config(_STANDARD, "spoc", 256),
    "sift": _SIFT,
    "sift-1024": dataclasses.replace(_SIFT, pca_dimension=64, words=18),
    "sift-faemb": dataclasses.replace(_SIFT, pca_dimension=16, embedding="faemb", words=10, truncate=272),
    "paper-512": _PAPER,
    "paper-1024": dataclasses.replace(_PAPER, pca_dimension=64, words=18),
    "paper-2048": dataclasses.replace(_PAPER, pca_dimension=64, words=34),
    "paper-4096": dataclasses.replace(_PAPER, pca_dimension=64, words=66),
    "paper-8064": dataclasses.replace(_PAPER, pca_dimension=128, words=64),
    "paper-hypercolumn": dataclasses.replace(_PAPER, layer="conv5_3+conv5_2+conv5_1", pca_dimension=64, words=18),
}
"""Named configurations (docs/command-line.md; Table IV for the dimensions)."""


def presets_folder() -> Path:
    """The folder of the user's fitted presets."""
    return own_folder("presets")


def saved_presets() -> dict[str, Path]:
    """The files of the user's saved presets, by name."""
    return {path.stem: path for path in sorted(presets_folder().glob("*.safetensors"))}


def check_name(name: str) -> None:
    """Refuse names that a saved preset cannot have.

    Raises:
        UserError: it cannot be a file name, or is the name of a built-in preset.
    """
    if not re.fullmatch(r"[\w][\w .-]{0,60}", name) or name.endswith("."):
        raise UserError(f"'{name}' cannot be the name of a preset", "preset", "Use letters, digits and dashes.")
    if name in PRESETS:
        raise UserError(f"the program has a preset '{name}' of its own", "preset", "Choose another name.")


def save_preset(name: str, data: bytes) -> Path:
    """Save a fitted describer, in the format of ``core.chain.model_file.dump_describer``, under a name.

    Raises:
        UserError: as ``check_name``, or the file cannot be written.
    """
    check_name(name)
    path = presets_folder() / f"{name}.safetensors"
    try:
        with replacing(path) as part:
            part.write_bytes(data)
    except OSError as error:
        raise UserError(f"the preset cannot be saved ({error.strerror})", str(path)) from error
    return path


def preset(name: str) -> DescriberConfig:
    """The configuration of a built-in or saved preset.

    Raises:
        UserError: no preset of that name.
    """
    if name in PRESETS:
        return PRESETS[name]
    saved = saved_presets()
    if name in saved:
        from core.chain.model_file import read_config

        return read_config(saved[name])
    near = difflib.get_close_matches(name, [*PRESETS, *saved], n=1)
    hint = f"Did you mean '{near[0]}'?" if near else f"There are: {', '.join([*PRESETS, *saved])}."
    raise UserError(f"there is no preset '{name}'", "--preset", hint)


def preset_name(config: DescriberConfig) -> str:
    """The name of the built-in or saved preset with exactly these settings, else ``"custom"``."""
    known = next((name for name, known in PRESETS.items() if known == config), None)
    return known or next((name for name, path in saved_presets().items() if _config_of(path) == config), "custom")


def _config_of(path: Path) -> DescriberConfig | None:
    """The configuration of a saved preset; None if its file is damaged."""
    from core.chain.model_file import read_config

    try:
        return read_config(path)
    except UserError:
        return None


def shipped_file(name: str) -> Path | None:
    """The file of a preset's fitted describer, shipped or saved; None if it must be fitted first."""
    path = MODELS / f"{name}.safetensors"
    if path.is_file() and name != "compact":
        return path
    return saved_presets().get(name)
