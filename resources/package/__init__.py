"""Cropseek as an installed package.

``core``, ``gui`` and ``resources`` are installed inside this package, so that their common names are not at the top level
of a person's environment.  Importing ``cropseek`` puts the folder that holds them on the path of this process alone; then
``from core.engine import Engine`` works as it does in a checkout.
"""

from __future__ import annotations

import sys
from pathlib import Path

_HERE = Path(__file__).resolve().parent
# In a checkout (an editable installation) this file lies two folders below the one that holds the rooms.
_HOME = _HERE if (_HERE / "core").is_dir() else _HERE.parents[1]
if str(_HOME) not in sys.path:
    sys.path.insert(0, str(_HOME))
