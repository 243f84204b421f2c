"""Opening a shared library: the window asks for its address, and for a password only where the server finds none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QWidget

from core.engine import PasswordError, UserError, address_of, load_driver, shown, use_password
from gui.state.lanes import Lane
from gui.state.session import AppSession
from gui.widgets.plain_text import Label
from gui.widgets.text import later, tr

EXAMPLE = "postgresql://anna@photos.museum.example/photos"
ADDRESS = later(
    "A library that somebody has published on a server. Whoever runs the server knows the address; it holds no password."
)
PASSWORD = later("The password is kept until the program ends, and never written anywhere.")


class _Asking(QDialog):
    """Asks for one line of text.  Emits ``given(text)``."""

    given = Signal(str)

    def __init__(self, title: str, words: str, label: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.field, self.refusal = QLineEdit(), Label(wordWrap=True, visible=False)
        choices = QDialogButtonBox.StandardButton
        self._buttons = QDialogButtonBox(choices.Open | choices.Cancel)
        layout = QFormLayout(self)
        layout.addRow(Label(words, wordWrap=True))
        layout.addRow(label, self.field)
        layout.addRow(self.refusal)
        layout.addRow(self._buttons)
        self.resize(560, self.sizeHint().height())
        self.field.textChanged.connect(self._check)
        self._buttons.button(choices.Open).setText(tr("Open"))
        self._buttons.accepted.connect(self._on_accepted)
        self._buttons.rejected.connect(self.reject)
        self._check()

    def refuse(self, sentence: str) -> None:
        """Say what is wrong with the text; it stays, to be corrected."""
        self.refusal.setText(sentence)
        self.refusal.show()

    @Slot()
    def _check(self) -> None:
        self._buttons.button(QDialogButtonBox.StandardButton.Open).setEnabled(bool(self.field.text().strip()))

    @Slot()
    def _on_accepted(self) -> None:
        self.given.emit(self.field.text())


class SharedLibraries(QObject):
    """Asks for addresses and passwords.

    Args:
        open_path: opens a library by its path or address.
    """

    def __init__(self, session: AppSession, open_path: Callable[[Path], None], window: QWidget) -> None:
        super().__init__(window)
        self._session, self._open_path, self._window = session, open_path, window
        self.dialog: _Asking | None = None
        session.password_asked.connect(self.ask_password)

    @Slot()
    def ask(self) -> None:
        """Ask for an address, and open the library there."""
        dialog = _Asking(tr("Open a shared library"), tr(ADDRESS), tr("Address"), self._window)
        dialog.field.setPlaceholderText(EXAMPLE)
        info = self._session.library
        dialog.field.setText(shown(info.path) if info is not None and info.host else "")

        def given(text: str) -> None:
            try:
                path = address_of(text.strip())
            except UserError as error:
                dialog.refuse(str(error))
                return
            dialog.accept()
            self._open_path(path)

        dialog.given.connect(given)
        self._show(dialog)
        # While somebody types.  That it is missing is said when the library is opened.
        self._session.jobs.submit(Lane.DRIVER, lambda ticket: load_driver(), lambda done: None)

    @Slot(object, object, object)
    def ask_password(self, path: Path, error: PasswordError, again: Callable[[], None]) -> None:
        """Ask for the password of an address, and try ``again`` with it."""
        words = tr("The server at {address} asks for a password.", address=shown(path)) + " " + tr(PASSWORD)
        dialog = _Asking(tr("Password"), words, tr("Password"), self._window)
        dialog.field.setEchoMode(QLineEdit.EchoMode.Password)
        dialog.refuse(str(error))

        def given(text: str) -> None:
            use_password(path, text)
            dialog.field.clear()
            dialog.accept()
            again()

        dialog.given.connect(given)
        self._show(dialog)

    def _show(self, dialog: _Asking) -> None:
        if self.dialog is not None:
            self.dialog.close()
            self.dialog.deleteLater()
        self.dialog = dialog
        dialog.open()  # which blocks nothing but this window
