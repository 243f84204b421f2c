"""The engine of Cropseek: everything but the window.  Imports no Qt."""

import os

__version__ = "0.1.0"

# OpenMP's threads shall sleep while they wait, not take a core from other programs, the window or the decoders.  Here, as
# it must be set before torch is loaded.  On a busy machine a pass with two threads takes about six tenths of the time so
# (``tests/benchmarks/HISTORY.md``).
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
