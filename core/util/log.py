"""The log file in the user's log folder: what ran, for how long, and what failed.

It holds names of steps, times, versions and error messages without file names; for a bug also where in the code it was
raised.  It never holds the content of a photo, and nothing is sent anywhere.
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
"""Largest size of a log file, and number of older log files that are kept."""

PACKAGES = ("cropseek", "PySide6_Essentials", "torch", "numpy", "opencv-python-headless", "faiss-cpu", "Pillow")
FORM = "%(asctime)s %(levelname)s %(name)s %(message)s"


def log_file() -> Path:
    """The path of the log file."""
    return Path(platformdirs.user_log_dir(NAME, appauthor=False)) / f"{NAME}.log"


def start_log(verbose: bool = False) -> None:
    """Start logging; if the log file cannot be written, the program runs without it.

    Args:
        verbose: log every step too, and copy the log to standard error.
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
    """Close and remove the log's handlers."""
    log = logging.getLogger(NAME)
    for handler in log.handlers[:]:
        log.removeHandler(handler)
        handler.close()


def log_versions() -> None:
    """Log the installed versions; slow, so call it in the background."""
    logging.getLogger(NAME).info("versions: %s", "; ".join(versions()))


def last_lines(number: int = 200) -> str:
    """The last lines of the log; empty if there is no log."""
    try:
        with log_file().open(encoding="utf-8", errors="replace") as file:
            return "".join(deque(file, number))
    except OSError:
        return ""


def versions() -> list[str]:
    """The versions of Python, the system, and the ``PACKAGES``."""
    system = f"Python {platform.python_version()}, {platform.system()} {platform.release()} {platform.machine()}"
    return [system, *(f"{name} {package_version(name)}" for name in PACKAGES)]


def package_version(name: str) -> str:
    """The version of a package, or ``"not installed"``."""
    # Imported here so that the window starts sooner.
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
