"""The program's start: the window, or one command without a window."""

from __future__ import annotations

from collections.abc import Sequence

from core.cli import build_parser, run
from core.util.log import start_log, stop_log

WINDOW_COMMANDS = frozenset({None, "open", "sample", "tour"})


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; returns its exit status."""
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
