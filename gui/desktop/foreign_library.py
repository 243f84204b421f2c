"""A library that was made elsewhere: it is only read until the person agrees to it and its folders."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Slot

from gui.state.session import AppSession
from gui.widgets.messages import MessageBar
from gui.widgets.text import tr


class ForeignLibrary(QObject):
    """Asks once for each library that is opened."""

    def __init__(self, session: AppSession, messages: MessageBar, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._messages = session, messages
        self._asked: Path | None = None
        session.library_changed.connect(self._on_library_changed)

    @Slot()
    def _on_library_changed(self) -> None:
        info = self._session.library
        if info is None or info.path == self._asked:
            return
        self._asked = info.path
        if not info.agreed and info.host:
            words = tr("The photos of this shared library are shown small. Its files are opened when you agree to it.")
            self._messages.show_text(words, tr("Open its photos"), self.agree)
        elif not info.agreed:
            words = tr("This library was not made on this computer: it is only read, and its folders are left alone.")
            self._messages.offer(words, tr("Index its folders into it"), self.agree)

    def agree(self) -> None:
        """Write to the open library from now on, follow its folders, and open their photos."""
        folders = self._session.engine.folders
        self._session.write(lambda library: folders.agree(), self._open)

    def _open(self, library: Path) -> None:
        info = self._session.library
        if info is not None and info.host:  # nothing of it is indexed from here
            self._session.renew()
            return
        self._session.open_library(library, look=True)
