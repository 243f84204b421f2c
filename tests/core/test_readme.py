"""What the README says can be run, can be run."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from core.cli import build_parser

README = Path(__file__).parents[2] / "README.md"


def commands() -> list[str]:
    """Every ``main.py`` command of the README's code blocks and tables."""
    text = README.read_text(encoding="utf-8")
    blocks = re.findall(r"^    python (main\.py .*)$", text, flags=re.M)
    inline = re.findall(r"`(?:python )?(main\.py [^`]*)`", text)
    return [command for command in blocks + inline if "sample" not in command]


@pytest.mark.parametrize("command", commands())
def test_commands_of_the_readme_parse(command: str) -> None:
    words = shlex.split(command.replace("...", "").replace("…", ""))[1:]
    build_parser().parse_args(words)


def test_the_pictures_of_the_readme_exist() -> None:
    pictures = re.findall(r"!\[[^\]]*\]\(([^)]*)\)", README.read_text(encoding="utf-8"))
    assert pictures
    assert all((README.parent / picture).is_file() for picture in pictures)


def test_the_readme_names_no_missing_file() -> None:
    for path in re.findall(r"`((?:core|gui|tests|resources)/[\w/.]+)`", README.read_text(encoding="utf-8")):
        assert (README.parent / path).exists(), path
