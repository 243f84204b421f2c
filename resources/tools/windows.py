"""Windows that the tools open and close one after another in one process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication

from gui.main_window import MainWindow


@contextmanager
def closing(window: MainWindow) -> Iterator[None]:
    """Close a window and its library at the end, so that nothing of it reaches the next one."""
    try:
        yield
    finally:
        engine = window.session.engine
        window.shutdown()
        window.close()
        window.deleteLater()
        engine.close_library()
        QCoreApplication.processEvents()
