"""A report of a defect, to be copied into an issue: what failed, where in the program, and with which versions."""

from __future__ import annotations

import traceback
from pathlib import Path

from core.engine import last_lines, versions

ROOT = Path(__file__).resolve().parents[2]


def error_report(error: BaseException) -> str:
    """The traceback without the folders of the person's machine, and the versions of what is installed.

    The sentence of the error itself is kept: it was shown, so that nothing is copied that was not seen.
    """
    trace = traceback.TracebackException.from_exception(error)
    _shorten(trace)
    return "".join(trace.format()) + "\n" + "\n".join(versions()) + "\n"


def log_report() -> str:
    """The versions and the end of the log, which names no photo."""
    return "\n".join(versions()) + "\n\n" + last_lines()


def _shorten(trace: traceback.TracebackException) -> None:
    for frame in trace.stack:
        frame.filename = _inside(Path(frame.filename))
    for other in (trace.__cause__, trace.__context__):
        if other is not None:
            _shorten(other)


def _inside(path: Path) -> str:
    """The path within the program or within an installed package."""
    if path.is_relative_to(ROOT) and "site-packages" not in path.parts:
        return path.relative_to(ROOT).as_posix()
    if "site-packages" in path.parts:
        return Path(*path.parts[path.parts.index("site-packages") + 1 :]).as_posix()
    return path.name
