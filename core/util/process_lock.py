"""Named locks between the processes of one user; a lock ends when its process ends."""

from __future__ import annotations

import contextlib
import hashlib
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from core.util.resources import cache_folder

OFFSETS = 1 << 30
"""Bytes of the lock file; each name locks one of them.  If two names share a byte, one merely waits for the other."""

_guard = threading.Lock()
_handles: dict[Path, int] = {}


@contextlib.contextmanager
def process_lock(name: str, wait: Callable[[], None]) -> Iterator[None]:
    """Hold the lock ``name``, which no other process can hold at the same time.

    If the user's cache folder cannot be written, nothing is locked: callers must be correct without the lock too.

    Args:
        wait: called repeatedly while another process holds the lock; should sleep briefly, and may raise to give up.
    """
    handle = _handle()
    offset = int.from_bytes(hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()[:8]) % OFFSETS
    if handle is None:
        yield
        return
    while not _locked(handle, offset):
        wait()
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            _unlock(handle, offset)


def _handle() -> int | None:
    """The file of all locks; None if it cannot be opened.  It stays open, as closing it would end this process's locks."""
    path = cache_folder("locks")
    with _guard:
        if path not in _handles:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                _handles[path] = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
            except OSError:
                return None
        return _handles[path]


if os.name == "nt":
    import msvcrt

    def _locked(handle: int, offset: int) -> bool:
        with _guard:
            os.lseek(handle, offset, os.SEEK_SET)
            try:
                msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
            except OSError:
                return False
            return True

    def _unlock(handle: int, offset: int) -> None:
        with _guard:
            os.lseek(handle, offset, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)  # type: ignore[attr-defined]

else:
    import errno
    import fcntl

    def _locked(handle: int, offset: int) -> bool:
        try:
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, offset)
        except OSError as error:
            # A disk without locks counts as locked: nothing keeps others out there.
            return error.errno not in (errno.EACCES, errno.EAGAIN)
        return True

    def _unlock(handle: int, offset: int) -> None:
        fcntl.lockf(handle, fcntl.LOCK_UN, 1, offset)
