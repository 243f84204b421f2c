"""Where the files that travel with the program lie."""

from __future__ import annotations

from pathlib import Path

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
MODELS = RESOURCES / "models"
DESKTOP = RESOURCES / "desktop"
SAMPLE = RESOURCES / "sample"
