"""A cache of describers with their networks: shipped ones and those of libraries."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from core.chain.fits import key_of_file
from core.chain.presets import shipped_file
from core.library.protocol import Library
from core.util.caches import Kept
from core.util.progress import Ticket

if TYPE_CHECKING:
    from core.chain.describer import Describer
    from core.chain.stages import Stages

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
        self._stages: Kept[str, Stages] = Kept(1)

    def ready(self, library: Library) -> bool:
        """Whether ``of`` has the describer already; else its network is to be loaded, which takes seconds."""
        return library.describer_key in self._kept

    def stages(self, library: Library) -> Stages:
        """The stages of a library's describer, without its network."""
        from core.chain.load import shipped_stages
        from core.chain.model_file import parse_describer

        def read() -> Stages:
            if _is_shipped(library):
                return shipped_stages(library.preset)
            return parse_describer(library.describer_bytes(), str(library.path))[1]

        return self._stages.get(library.describer_key, read)

    def shipped(self, name: str, ticket: Ticket) -> Describer:
        from core.chain.load import shipped_describer

        path = shipped_file(name)
        key = f"{name} {path.stat().st_mtime_ns}" if path else name  # a saved preset may be fitted again
        return self._kept.get(key, lambda: shipped_describer(name, self._device, self._weights, ticket))

    def of(self, library: Library) -> Describer:
        """The describer that a library was built with; equal describers share one object, to save memory."""
        from core.chain.load import stored_describer

        def read() -> Describer:
            if _is_shipped(library):
                return self.shipped(library.preset, Ticket())
            data = library.describer_bytes()
            return stored_describer(data, library.config, str(library.path), self._device, self._weights)

        return self._kept.get(library.describer_key, read)


def _is_shipped(library: Library) -> bool:
    """Whether a library has exactly the describer of its preset, which then need not be read from it."""
    path = shipped_file(library.preset)
    return path is not None and key_of_file(path) == library.describer_key
