"""The log: what ran, for how long, and what failed, in the person's own log folder; never what is on a photo.

It holds names of steps, times, versions and the sentences of failures without the files they are about; of a defect also
where in the program it was.  Nothing is sent anywhere.
"""

from __future__ import annotations

import logging
import platform
import sys
from collections import deque
from logging.handlers import RotatingFileHandler
from pathlib import Path

import platformdirs

NAME = "cropseek"
MOST_BYTES, KEPT = 1 << 20, 3
"""How large a file of the log becomes, and how many older ones are kept."""

PACKAGES = ("cropseek", "PySide6_Essentials", "torch", "numpy", "opencv-python-headless", "faiss-cpu", "Pillow")
FORM = "%(asctime)s %(levelname)s %(name)s %(message)s"


def log_file() -> Path:
    """Where the log lies."""
    return Path(platformdirs.user_log_dir(NAME, appauthor=False)) / f"{NAME}.log"


def start_log(verbose: bool = False) -> None:
    """Write the log from now on; where that cannot be done, the program runs without.

    Args:
        verbose: every step too, and all of it also to standard error.
    """
    log = logging.getLogger(NAME)
    stop_log()
    log.setLevel(logging.DEBUG if verbose else logging.INFO)
    log.propagate = False
    handlers: list[logging.Handler] = [logging.StreamHandler(sys.stderr)] if verbose else []
    try:
        log_file().parent.mkdir(parents=True, exist_ok=True)
        handlers.append(
            RotatingFileHandler(log_file(), maxBytes=MOST_BYTES, backupCount=KEPT, encoding="utf-8", delay=True)
        )
    except OSError:
        handlers.append(logging.NullHandler())
    for handler in handlers:
        handler.setFormatter(logging.Formatter(FORM))
        log.addHandler(handler)
    log.info("start")


def stop_log() -> None:
    """Close what the log is written to."""
    log = logging.getLogger(NAME)
    for handler in log.handlers[:]:
        log.removeHandler(handler)
        handler.close()


def log_versions() -> None:
    """Note what is installed; to be called where nobody waits for it."""
    logging.getLogger(NAME).info("versions: %s", "; ".join(versions()))


def last_lines(number: int = 200) -> str:
    """The end of the log; empty when there is none."""
    try:
        with log_file().open(encoding="utf-8", errors="replace") as file:
            return "".join(deque(file, number))
    except OSError:
        return ""


def versions() -> list[str]:
    """The system, Python, and what is installed of the packages that matter."""
    system = f"Python {platform.python_version()}, {platform.system()} {platform.release()} {platform.machine()}"
    return [system, *(f"{name} {package_version(name)}" for name in PACKAGES)]


def package_version(name: str) -> str:
    """The version of an installed package, in words when it is not."""
    # Imported here, as the window starts sooner without it.
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
