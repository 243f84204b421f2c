"""What a window looked like when it was closed: kept, and brought back at the next start."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF

from gui.workspaces.names import WORKSPACES
from gui.workspaces.shell import known

if TYPE_CHECKING:
    from gui.main_window import MainWindow

DEFAULT_SIZE = (1280, 800)


class WindowMemory(QObject):
    """Keeps what the next start brings back: size, workspace, query, filters, zoom, and where exports go."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._settings = window, window.settings
        self._view: tuple[float, float, float] | None = None

    def arrange(self) -> None:
        """Size, place, workspace, and how the panels share the room."""
        window, settings = self._window, self._settings
        window.session.exports = settings.exports
        window.resize(*DEFAULT_SIZE)
        if geometry := settings.bytes("geometry"):
            window.restoreGeometry(geometry)
        self._fit_screen()
        window.shell.restore({name: settings.bytes(f"shares/{name}") for name in WORKSPACES})
        window.shell.go(known(settings.workspace))

    def _fit_screen(self) -> None:
        """A window that was larger than the screen of today, or lay beside it, comes back onto it."""
        window = self._window
        if window.isMaximized() or window.isFullScreen():
            return
        room = window.screen().availableGeometry()
        size = window.size().boundedTo(room.size())
        window.resize(size)
        x = min(max(window.x(), room.left()), room.right() + 1 - size.width())
        y = min(max(window.y(), room.top()), room.bottom() + 1 - size.height())
        window.move(x, y)

    def go_back(self, sort: str, path: Path | None) -> None:
        """What was seen last: the gallery's place, what it and the results were narrowed to, and the zoom."""
        window = self._window
        window.gallery.go_to(sort, path)
        shown, ranked = self._settings.filters
        window.gallery.filter.setText(shown)
        window.results.bring_filter(ranked)
        window.session.searches.only = ranked
        self._view = self._settings.view

    def lay_photo(self) -> None:
        """Let the first photo lie as it lay."""
        if self._view is not None:
            self._window.canvas.camera.restore(*self._view)
            self._view = None

    def keep(self) -> None:
        """Remember all of it."""
        window, settings, camera = self._window, self._settings, self._window.canvas.camera
        settings.gallery_position = window.gallery.position()
        settings.workspace = window.shell.now
        settings.exports = window.session.exports
        settings.filters = window.gallery.filter.text(), window.results.filter.text()
        middle = camera.point_at(QPointF(window.canvas.viewport().rect().center()))
        settings.view = None if camera.fitted or not window.canvas.has_photo() else (camera.scale, middle.x(), middle.y())
        settings.set_bytes("geometry", window.saveGeometry())
        for name, own in window.shell.kept().items():
            if own is not None:
                settings.set_bytes(f"shares/{name}", own)

    def reset_layout(self) -> None:
        """Everything at its place as at a first start."""
        for name in WORKSPACES:
            self._settings.forget(f"shares/{name}")
        self._window.shell.reset()
