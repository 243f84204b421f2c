"""Files that may not be opened: those that a library names, and no person has agreed to.

Whoever opens a file that a library may have named asks here first (``FENCE.check``); whoever opens a library says what it
closes.  A file that a person names is none of this, unless such a library names it too.
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
    """Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._closed = WeakKeyDictionary[object, Closed]()

    def close(self, owner: object, closed: Closed | None) -> None:
        """Close paths on behalf of an owner, in the place of those it closed before; None: none any more."""
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
        """Refuse a closed path before anything is asked of the disk.

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
"""Of this process."""
