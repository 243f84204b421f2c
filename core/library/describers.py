"""A cache of describers with their networks: shipped ones and those of libraries."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from core.chain.fits import fit_key, key_of_file
from core.chain.presets import shipped_file
from core.library.protocol import Library
from core.util.caches import Kept
from core.util.progress import Ticket

if TYPE_CHECKING:
    from core.chain.describer import Describer

LIMIT = 8
"""Number of describers that are cached."""


class Describers:
    """Loads and caches describers; safe to share between threads, which wait only for the describer that they need.

    Args:
        device: torch device of the networks.
        weights: a local file with the backbone's weights, instead of the default ones.
    """

    def __init__(self, device: str, weights: Path | None) -> None:
        self._device, self._weights = device, weights
        self._kept: Kept[str, Describer] = Kept(LIMIT)

    def shipped(self, name: str, ticket: Ticket) -> Describer:
        from core.chain.load import shipped_describer

        path = shipped_file(name)
        key = f"{name} {path.stat().st_mtime_ns}" if path else name  # a saved preset may be fitted again
        return self._kept.get(key, lambda: shipped_describer(name, self._device, self._weights, ticket))

    def of(self, library: Library) -> Describer:
        """The describer that a library was built with; equal describers share one object, to save memory."""
        from core.chain.load import stored_describer

        def read() -> Describer:
            data = library.describer_bytes()
            shipped = self._twin(library, data)
            return shipped or stored_describer(data, library.config, str(library.path), self._device, self._weights)

        return self._kept.get(library.describer_key, read)

    def _twin(self, library: Library, data: bytes) -> Describer | None:
        """The shipped describer, if the library has exactly that one."""
        name = library.preset
        path = shipped_file(name)
        return self.shipped(name, Ticket()) if path is not None and key_of_file(path) == fit_key(data) else None
