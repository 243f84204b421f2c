"""Where the files that travel with the program lie, and those of the person."""

from __future__ import annotations

from pathlib import Path

import platformdirs

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
MODELS = RESOURCES / "models"
DESKTOP = RESOURCES / "desktop"
SAMPLE = RESOURCES / "sample"
TRANSLATIONS = RESOURCES / "translations"


def own_folder(name: str) -> Path:
    """The folder of the program for one kind of a person's files: ``libraries``, ``presets``, ``pasted``."""
    return Path(platformdirs.user_data_dir("cropseek", appauthor=False)) / name


def cache_folder(name: str) -> Path:
    """The folder for one kind of files that can be made again at any time."""
    return Path(platformdirs.user_cache_dir("cropseek", appauthor=False)) / name
