"""What a window looked like when it was closed: kept, and brought back at the next start."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, QTimer

from gui.workspaces.names import WORKSPACES
from gui.workspaces.shell import known

if TYPE_CHECKING:
    from gui.main_window import MainWindow

DEFAULT_SIZE = (1280, 800)

TOLD = (QEvent.Type.Show, QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.WindowActivate)
"""What a window hears when the desktop has put a frame around it; nothing tells of the frame itself."""


class WindowMemory(QObject):
    """Keeps what the next start brings back: size, workspace, query, filters, zoom, and where exports go."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._settings = window, window.settings
        self._view: tuple[float, float, float] | None = None
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit the window once more when it has its frame: a title bar makes it higher than was known before."""
        window = self._window
        if event.type() in TOLD and window.frameGeometry() != window.geometry():
            window.removeEventFilter(self)
            QTimer.singleShot(0, self, self._fit_screen)
        return super().eventFilter(watched, event)

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
        """A window that with its frame is larger than the screen of today, or lies beside it, comes back onto it."""
        window = self._window
        if window.isMaximized() or window.isFullScreen():
            return
        room, frame = window.screen().availableGeometry(), window.frameGeometry()
        around = frame.size() - window.size()
        window.resize(window.size().boundedTo(room.size() - around))
        outer = window.size() + around
        # `move` places the frame, not what is in it.
        x = min(max(frame.x(), room.left()), room.right() + 1 - outer.width())
        y = min(max(frame.y(), room.top()), room.bottom() + 1 - outer.height())
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
