"""How much memory a process has held."""

from __future__ import annotations

import sys
from pathlib import Path


def peak_mib(process: int | None = None) -> int:
    """The most memory that a process, this one by default, has held, in mebibytes; 0 where the system does not tell.

    On Linux by ``VmHWM``: the ``maxrss`` of a new process begins with that of the one that started it.
    """
    if sys.platform == "linux":
        try:
            text = Path(f"/proc/{process or 'self'}/status").read_text()
        except OSError:
            return 0  # it has ended
        fields = dict(line.split(":", 1) for line in text.splitlines())
        return int(fields.get("VmHWM", "0 kB").split()[0]) >> 10
    if sys.platform == "win32" or process is not None:
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> (20 if sys.platform == "darwin" else 10)
