"""The folders of the files that are shipped with the program, and of the user's files."""

from __future__ import annotations

from pathlib import Path

import platformdirs

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
MODELS = RESOURCES / "models"
DESKTOP = RESOURCES / "desktop"
SAMPLE = RESOURCES / "sample"
DESCRIBED_SAMPLE = SAMPLE / "described.sqlite"
TRANSLATIONS = RESOURCES / "translations"


def own_folder(name: str) -> Path:
    """The user's data folder for one kind of files: ``libraries``, ``presets``, ``pasted``."""
    return Path(platformdirs.user_data_dir("cropseek", appauthor=False)) / name


def cache_folder(name: str) -> Path:
    """The user's cache folder for one kind of files, which can be made again at any time."""
    return Path(platformdirs.user_cache_dir("cropseek", appauthor=False)) / name
