"""Whether the machine runs on its battery."""

from __future__ import annotations

import psutil


def on_battery() -> bool:
    """True while the machine runs on its battery; False if it has none or this is unknown.  Takes a few milliseconds."""
    # psutil lacks this function on some systems.
    sensors = getattr(psutil, "sensors_battery", None)
    try:
        battery = sensors() if sensors is not None else None
    except (OSError, RuntimeError):
        return False
    # ``power_plugged`` is None when unknown.
    return battery is not None and battery.power_plugged is False
