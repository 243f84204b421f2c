"""The program's start: the window, or one command without a window."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from core.cli import build_parser, run
from core.engine import DECODER, start_log, stop_log

WINDOW_COMMANDS = frozenset({None, "open", "sample", "tour"})


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; returns its exit status."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    if given[:1] == [DECODER]:
        from core.photos.worker import main as decode

        decode(int(given[1]))
        return 0
    parsed = build_parser().parse_args(arguments)
    start_log(parsed.verbose)
    try:
        if parsed.command not in WINDOW_COMMANDS:
            return run(parsed)
        # Imported here, since the command line must work where Qt cannot be loaded.
        from gui.app import run_window

        return run_window(parsed)
    finally:
        stop_log()
