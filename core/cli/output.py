"""What a subcommand prints, whatever it is printed to: a terminal of few letters, a file, or a pipe that closes."""

from __future__ import annotations

import json
import os
import sys
from typing import Any


def print_text(text: str) -> None:
    """Print lines; letters that the terminal does not have are written as their numbers."""
    _write(_shown(text, sys.stdout.encoding))


def print_json(document: dict[str, Any]) -> None:
    """Print one document, always valid: what cannot be written as it is becomes JSON's own escapes."""
    text = json.dumps(document, indent=1, ensure_ascii=False)
    plain = _shown(text, sys.stdout.encoding) == text
    _write(text if plain else json.dumps(document, indent=1))


def print_progress(text: str) -> None:
    """Print to standard error, if anybody still listens."""
    try:
        print(text, end="", file=sys.stderr, flush=True)
    except (OSError, ValueError):
        _let_go(sys.stderr)


def _shown(text: str, encoding: str | None) -> str:
    """The text as far as an encoding has its letters."""
    encoding = encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)


def _write(text: str) -> None:
    try:
        print(text, flush=True)
    except (BrokenPipeError, ValueError):  # whoever read it has read enough
        _let_go(sys.stdout)


def _let_go(stream: Any) -> None:
    """Have what is still to be written go nowhere, or Python says at its end that it could not be."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    except (OSError, ValueError, AttributeError):
        return
