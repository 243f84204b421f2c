"""Files that must not be opened: those named by a library that the user has not agreed to.

Call ``FENCE.check`` before opening a file that a library may have named.  Opening a library closes its paths here.  A file
that the user names is not affected, unless such a library names it too.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from weakref import WeakKeyDictionary

from core.util.errors import UserError

Closed = Callable[[Path], bool]
"""Whether a path is closed."""


class Fence:
    """The closed paths of every owner; safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._closed = WeakKeyDictionary[object, Closed]()

    def close(self, owner: object, closed: Closed | None) -> None:
        """Replace the paths that ``owner`` has closed; None: it closes none."""
        with self._lock:
            self._closed.pop(owner, None)
            if closed is not None:
                self._closed[owner] = closed

    def closed(self, path: Path) -> bool:
        """Whether a path is closed."""
        with self._lock:
            owners = list(self._closed.values())
        return any(closed(path) for closed in owners)

    def check(self, path: Path) -> None:
        """Refuse a closed path before the disk is accessed.

        Raises:
            UserError: it is closed.
        """
        if self.closed(path):
            raise UserError(
                "a library names this file, in a folder that you have not agreed to",
                str(path),
                "Agree to the folders of the library to see its photos.",
            )


FENCE = Fence()
"""The fence of this process."""
