"""What the window remembers between starts, behind typed accessors."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSettings


class Settings:
    """Reads and writes ``QSettings``, whose values come back as any type, with a type."""

    def __init__(self, store: QSettings | None = None) -> None:
        self._store = store or QSettings("cropseek", "cropseek")

    @property
    def theme(self) -> str:
        """``system``, ``light`` or ``dark``."""
        value = str(self._store.value("theme", "system"))
        return value if value in ("system", "light", "dark") else "system"

    @theme.setter
    def theme(self, value: str) -> None:
        self._store.setValue("theme", value)

    @property
    def last_folder(self) -> str:
        """Where the last folder or library was opened."""
        return str(self._store.value("last_folder", ""))

    @last_folder.setter
    def last_folder(self, value: str) -> None:
        self._store.setValue("last_folder", value)

    def bytes(self, key: str) -> QByteArray | None:
        """Window geometry or dock state; None when there is none."""
        value = self._store.value(key)
        return value if isinstance(value, QByteArray) else None

    def set_bytes(self, key: str, value: QByteArray) -> None:
        """Keep window geometry or dock state."""
        self._store.setValue(key, value)
