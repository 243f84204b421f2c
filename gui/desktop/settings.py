"""What the window remembers between starts, behind typed accessors."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from gui.widgets.text import SYSTEM, languages, later

THEMES = {"system": later("System"), "light": later("Light"), "dark": later("Dark")}
DEVICES = {
    "auto": later("Fastest: graphics card where there is one"),
    "cpu": later("Processor, exact"),
    "cpu+bf16": later("Processor, bfloat16"),
    "auto+bf16": later("Graphics card, bfloat16"),
}
"""What the network may run on, in the words of the settings."""

ON_BATTERY = {
    "slow": later("Index with one thread"),
    "pause": later("Wait with indexing"),
    "ignore": later("Index as always"),
}
"""What is done while the machine runs on its battery."""

TEXT_SIZES = {"100": "100 %", "115": "115 %", "130": "130 %", "150": "150 %", "175": "175 %", "200": "200 %"}

RECENT = 8
"""Collections that are remembered."""

OFFERS = 100
"""Offers that are remembered, so that each is made once."""


class Settings:
    """Reads and writes ``QSettings``, whose values come back as any type, with a type."""

    def __init__(self, store: QSettings | None = None) -> None:
        self._store = store or QSettings("cropseek", "cropseek")

    @property
    def theme(self) -> str:
        """One of ``THEMES``."""
        return self._one_of("theme", THEMES, "system")

    @theme.setter
    def theme(self, value: str) -> None:
        self._store.setValue("theme", value)

    @property
    def language(self) -> str:
        """One of ``languages()``, or ``SYSTEM``."""
        return self._one_of("language", languages(), SYSTEM)

    @language.setter
    def language(self, value: str) -> None:
        self._store.setValue("language", value)

    @property
    def last_folder(self) -> str:
        """Where the last folder or library was opened."""
        return self._text("last_folder", "")

    @last_folder.setter
    def last_folder(self, value: str) -> None:
        self._store.setValue("last_folder", value)

    @property
    def exports(self) -> Path | None:
        """Where a file was exported to last; None: none was."""
        folder = self._text("exports", "")
        return Path(folder) if folder else None

    @exports.setter
    def exports(self, value: Path | None) -> None:
        self._store.setValue("exports", str(value or ""))

    @property
    def restores(self) -> bool:
        """Whether a start without arguments opens what was open last."""
        return self._text("restore", "true") == "true"

    @restores.setter
    def restores(self, value: bool) -> None:
        self._store.setValue("restore", "true" if value else "false")

    @property
    def device(self) -> str:
        """One of ``DEVICES``."""
        return self._one_of("device", DEVICES, "auto")

    @device.setter
    def device(self, value: str) -> None:
        self._store.setValue("device", value)

    @property
    def threads(self) -> int:
        """Threads that indexing may take; 0: all."""
        value = self._text("threads", "0")
        return int(value) if value.isdecimal() else 0

    @threads.setter
    def threads(self, value: int) -> None:
        self._store.setValue("threads", str(value))

    @property
    def edge(self) -> int:
        """Pixels of the gallery's pictures."""
        value = self._text("gallery_edge", "160")
        return min(max(int(value), 64), 256) if value.isdecimal() else 160

    @edge.setter
    def edge(self, value: int) -> None:
        self._store.setValue("gallery_edge", str(value))

    @property
    def text_size(self) -> int:
        """Size of all texts, in percent of the desktop's: one of ``TEXT_SIZES``."""
        return int(self._one_of("text_size", TEXT_SIZES, "100"))

    @text_size.setter
    def text_size(self, value: int) -> None:
        self._store.setValue("text_size", str(value))

    @property
    def workspace(self) -> str:
        """The workspace that was on show; empty: none yet."""
        return self._text("workspace", "")

    @workspace.setter
    def workspace(self, value: str) -> None:
        self._store.setValue("workspace", value)

    @property
    def view(self) -> tuple[float, float, float] | None:
        """How the photo lay: screen pixels per pixel of it, and what was in the middle; None: it was fitted."""
        found = self._numbers("view")
        return (found[0], found[1], found[2]) if len(found) == 3 and found[0] > 0 else None

    @view.setter
    def view(self, value: tuple[float, float, float] | None) -> None:
        self._store.setValue("view", json.dumps(value or []))

    @property
    def filters(self) -> tuple[str, str]:
        """What the gallery and the results were narrowed to."""
        return self._text("filter", ""), self._text("only", "")

    @filters.setter
    def filters(self, value: tuple[str, str]) -> None:
        self._store.setValue("filter", value[0])
        self._store.setValue("only", value[1])

    @property
    def on_battery(self) -> str:
        """One of ``ON_BATTERY``."""
        return self._one_of("on_battery", ON_BATTERY, "slow")

    @on_battery.setter
    def on_battery(self, value: str) -> None:
        self._store.setValue("on_battery", value)

    @property
    def gallery_position(self) -> tuple[str, Path | None]:
        """The order of the gallery, and the first photo that was in sight."""
        seen = self._text("seen", "")
        return self._text("sort", "folder"), Path(seen) if seen else None

    @gallery_position.setter
    def gallery_position(self, value: tuple[str, Path | None]) -> None:
        self._store.setValue("sort", value[0])
        self._store.setValue("seen", str(value[1] or ""))

    @property
    def recent(self) -> tuple[Path, ...]:
        """Folders and libraries that were open, the newest first."""
        return tuple(map(Path, self._list("recent")))

    def add_recent(self, path: Path) -> None:
        """Remember a folder or library as the newest."""
        rest = [known for known in self._list("recent") if known != str(path)]
        self._store.setValue("recent", json.dumps([str(path), *rest][:RECENT]))

    def forget_recent(self, path: Path) -> None:
        """Leave a folder or library out."""
        self._store.setValue("recent", json.dumps([known for known in self._list("recent") if known != str(path)]))

    def first_offer(self, name: str) -> bool:
        """Whether an offer of this name was never made; it was from now on."""
        made = self._list("offers")
        if name not in made:
            self._store.setValue("offers", json.dumps([name, *made][:OFFERS]))
        return name not in made

    @property
    def last_query(self) -> str:
        """What was asked last, as ``core.library.saved_queries`` writes it; empty: nothing."""
        return self._text("last_query", "")

    @last_query.setter
    def last_query(self, value: str) -> None:
        self._store.setValue("last_query", value)

    @property
    def box_known(self) -> bool:
        """Whether a box was drawn once, so that the hint is not needed."""
        return self._text("box_known", "false") == "true"

    def learn_box(self) -> None:
        """A box was drawn."""
        self._store.setValue("box_known", "true")

    def key(self, command: str, default: str) -> str:
        """The key of a command."""
        return self._text(f"keys/{command}", default)

    def set_key(self, command: str, key: str, default: str) -> None:
        """Keep a key; nothing is kept of what is usual."""
        if key == default:
            self._store.remove(f"keys/{command}")
        else:
            self._store.setValue(f"keys/{command}", key)

    def bytes(self, key: str) -> QByteArray | None:
        """Window geometry or dock state; None when there is none."""
        value = self._store.value(key)
        return value if isinstance(value, QByteArray) else None

    def set_bytes(self, key: str, value: QByteArray) -> None:
        """Keep window geometry or dock state."""
        self._store.setValue(key, value)

    def _text(self, key: str, default: str) -> str:
        value = self._store.value(key, default)
        return value if isinstance(value, str) else default

    def _one_of(self, key: str, choices: Collection[str], default: str) -> str:
        value = self._text(key, default)
        return value if value in choices else default

    def forget(self, key: str) -> None:
        """Keep nothing of a window's arrangement."""
        self._store.remove(key)

    def _numbers(self, key: str) -> list[float]:
        try:
            found = json.loads(self._text(key, "[]"))
        except ValueError:
            return []
        return [float(item) for item in found if isinstance(item, (int, float))] if isinstance(found, list) else []

    def _list(self, key: str) -> list[str]:
        try:
            found = json.loads(self._text(key, "[]"))
        except ValueError:
            return []
        return [item for item in found if isinstance(item, str)] if isinstance(found, list) else []
