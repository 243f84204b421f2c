"""Cropseek: draw a box on a photo; find it in your collection; see why.

Without arguments the window opens; ``main.py --help`` tells of the rest.
"""

from __future__ import annotations

import sys

from gui.start import main

if __name__ == "__main__":
    sys.exit(main())
