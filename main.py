"""Cropseek: draw a box on a photo; find it in your collection; see why.

Without arguments the window opens; ``main.py --help`` tells of the rest.
"""

from __future__ import annotations

import sys
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


if __name__ == "__main__":
    sys.exit(main())
