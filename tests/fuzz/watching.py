"""Tells who opens files in a folder: of any process, by the system itself (inotify, on Linux only)."""

from __future__ import annotations

import ctypes
import os
import struct
from pathlib import Path

OPEN, MODIFY, CREATE, DELETE, MOVED = 0x20, 0x2, 0x100, 0x200, 0x40
_HEAD = struct.Struct("iIII")


class Watch:
    """What is opened, changed, made or deleted in a folder and its folders from now on; ``supported`` tells if it can."""

    def __init__(self, folder: Path) -> None:
        self.supported = hasattr(os, "uname") and os.uname().sysname == "Linux"
        if not self.supported:
            return
        library = ctypes.CDLL(None, use_errno=True)
        self._number = library.inotify_init1(os.O_NONBLOCK)
        for place in (folder, *(path for path in folder.rglob("*") if path.is_dir())):
            library.inotify_add_watch(self._number, os.fsencode(place), OPEN | MODIFY | CREATE | DELETE | MOVED)

    def touched(self) -> set[str]:
        """The names that were touched since the last call; folders that were only listed have none."""
        names: set[str] = set()
        while self.supported:
            try:
                data = os.read(self._number, 1 << 16)
            except BlockingIOError:
                break
            while data:
                _, _, _, length = _HEAD.unpack_from(data)
                name = data[_HEAD.size : _HEAD.size + length].rstrip(b"\0")
                if name:
                    names.add(os.fsdecode(name))
                data = data[_HEAD.size + length :]
        return names
