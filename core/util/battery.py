"""Whether the machine runs on its battery, where the system tells."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SUPPLIES = Path("/sys/class/power_supply")
"""Where Linux tells of mains and batteries."""


def on_battery(supplies: Path = SUPPLIES) -> bool:
    """True while it does; False also where that is unknown.  It takes a few milliseconds."""
    try:
        if sys.platform == "win32":
            return _windows()
        if sys.platform == "darwin":
            told = subprocess.run(["pmset", "-g", "batt"], capture_output=True, text=True, timeout=5, check=False)
            return "Battery Power" in told.stdout
        return _linux(supplies)
    except (OSError, subprocess.SubprocessError):
        return False


def _linux(supplies: Path) -> bool:
    """No mains is plugged in, and a battery of the machine itself (not of its mouse) gives its charge away."""
    mains, discharging = False, False
    for supply in supplies.iterdir() if supplies.is_dir() else ():
        kind, scope = _word(supply / "type"), _word(supply / "scope")
        if kind in ("Mains", "USB"):
            mains |= _word(supply / "online") == "1"
        elif kind == "Battery" and scope != "Device":
            discharging |= _word(supply / "status") == "Discharging"
    return discharging and not mains


def _word(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""


def _windows() -> bool:
    """``GetSystemPowerStatus`` fills a structure whose first byte is 0 while there is no mains."""
    import ctypes

    status = (ctypes.c_byte * 12)()
    library = getattr(ctypes, "windll", None)
    return bool(library and library.kernel32.GetSystemPowerStatus(status)) and status[0] == 0
