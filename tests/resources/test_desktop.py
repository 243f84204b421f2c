"""The desktop entry of the program."""

from __future__ import annotations

import configparser
import tomllib
from pathlib import Path

from core.cli import build_parser
from core.util.resources import DESKTOP

ROOT = Path(__file__).resolve().parents[2]


def test_the_desktop_entry_starts_the_program_and_is_installed() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read(DESKTOP / "cropseek.desktop")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    name, *words = entry["Desktop Entry"]["Exec"].split()
    assert name in project["project"]["scripts"]
    assert build_parser().parse_args([word for word in words if word != "%f"]).path is None  # opens the last library
    assert build_parser().parse_args([*words[:-1], "photo.jpg"]).path == Path("photo.jpg")
    installed = [path for paths in project["tool"]["setuptools"]["data-files"].values() for path in paths]
    assert "resources/desktop/cropseek.desktop" in installed
    assert all((ROOT / path).exists() for path in installed)
    assert {Path(path).stem for path in installed} == {entry["Desktop Entry"]["Icon"]}
