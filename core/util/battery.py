"""Whether the machine runs on its battery, where the system tells."""

from __future__ import annotations

import psutil


def on_battery() -> bool:
    """True while it does; False also where that is unknown, or there is none.  It takes a few milliseconds."""
    # Not every system has the call.
    sensors = getattr(psutil, "sensors_battery", None)
    try:
        battery = sensors() if sensors is not None else None
    except (OSError, RuntimeError):
        return False
    # ``power_plugged`` is None where the system does not tell.
    return battery is not None and battery.power_plugged is False
