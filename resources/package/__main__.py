"""``python -m cropseek``, and the command ``cropseek``."""

from __future__ import annotations

import sys

import cropseek


def main() -> int:
    """Run the program; returns its exit status."""
    # After ``cropseek``, which tells where the rooms lie.
    assert cropseek.__path__
    from gui.start import main as start

    return start()


if __name__ == "__main__":
    sys.exit(main())
