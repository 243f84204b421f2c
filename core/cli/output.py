"""Print safely to any output: a terminal with a limited character set, a file, or a pipe that closes."""

from __future__ import annotations

import json
import os
import sys
from typing import Any


def print_text(text: str) -> None:
    """Print lines; characters that the terminal's encoding lacks are printed as escapes."""
    _write(_shown(text, sys.stdout.encoding))


def print_json(document: dict[str, Any]) -> None:
    """Print one valid JSON document; characters that cannot be encoded become JSON escapes."""
    text = json.dumps(document, indent=1, ensure_ascii=False)
    plain = _shown(text, sys.stdout.encoding) == text
    _write(text if plain else json.dumps(document, indent=1))


def print_progress(text: str) -> None:
    """Print to standard error, if it is still open."""
    try:
        print(text, end="", file=sys.stderr, flush=True)
    except (OSError, ValueError):
        _let_go(sys.stderr)


def _shown(text: str, encoding: str | None) -> str:
    """The text with escapes for the characters that the encoding lacks."""
    encoding = encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)


def _write(text: str) -> None:
    try:
        print(text, flush=True)
    except (BrokenPipeError, ValueError):  # the reader has closed the pipe
        _let_go(sys.stdout)


def _let_go(stream: Any) -> None:
    """Discard the remaining output, or Python reports at exit that it could not be written."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    except (OSError, ValueError, AttributeError):
        return
