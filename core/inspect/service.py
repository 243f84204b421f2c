"""The façade's part for inspecting masks: of a photo, of its cells, of a collection; and their export."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core.photos import images
from core.records import Inspection, LensSettings, Query, Survey
from core.util.caches import Kept
from core.util.errors import UserError
from core.util.progress import Ticket

if TYPE_CHECKING:
    from core.backbones import Backbone
    from core.chain.config import DescriberConfig
    from core.search.grid_cache import View, ViewCache

SAMPLE = 200
"""Default number of photos of a collection that are measured."""


BACKBONES = 4
"""Number of networks with changed settings that are cached."""


class InspectService:
    """Masks and their statistics; safe to share between threads.

    Args:
        current: returns the configuration and network to use: the open library's, or the default preset's.
        views: returns the cache of grids.
        load: loads the network of a changed configuration.
    """

    def __init__(
        self,
        current: Callable[[Ticket, str | None], tuple[DescriberConfig, Backbone]],
        views: Callable[[], ViewCache],
        load: Callable[[DescriberConfig, Ticket], Backbone],
    ) -> None:
        self._current, self._views, self._load = current, views, load
        self._backbones: Kept[tuple[Any, ...], Backbone] = Kept(BACKBONES)

    def inspect(
        self, query: Query, ticket: Ticket | None = None, preset: str | None = None, settings: LensSettings | None = None
    ) -> Inspection:
        """All masks of a photo or box with their statistics.

        Raises:
            UserError: a bad photo, a box outside it, or a size out of range.
            Cancelled: by the ticket.
        """
        from core.inspect.inspection import inspect_view

        ticket, settings = ticket or Ticket(), settings or LensSettings()
        config, backbone, view = self._view(query, settings, ticket, preset)
        ticket.checkpoint(0, 1, "inspecting")
        return inspect_view(view, query, config, backbone, settings)

    def similarity(self, query: Query, row: int, column: int, settings: LensSettings) -> NDArray[np.float32]:
        """The similarity of one cell's feature to all others, (H, W)."""
        from core.inspect.cell_maps import similarity_map

        return similarity_map(self._view(query, settings, Ticket())[2].grid, row, column)

    def channel(self, query: Query, channel: int, settings: LensSettings) -> NDArray[np.float32]:
        """The activations of one channel, (H, W).

        Raises:
            UserError: no such channel.
        """
        grid = self._view(query, settings, Ticket())[2].grid
        if not 0 <= channel < grid.shape[2]:
            raise UserError(f"there is no channel {channel}", hint=f"The grid has channels 0 to {grid.shape[2] - 1}.")
        return np.ascontiguousarray(grid[:, :, channel])

    def pairs(
        self, query: Query, cells: NDArray[np.bool_], low: float, high: float, settings: LensSettings
    ) -> NDArray[np.float32]:
        """For each of the cells the number of its pairs with a dot product in [low, high), (H, W)."""
        from core.inspect.cell_maps import pairs_in_bin

        return pairs_in_bin(self._view(query, settings, Ticket())[2].grid, cells, low, high)

    def survey(
        self,
        paths: Sequence[Path],
        ticket: Ticket | None = None,
        count: int | None = SAMPLE,
        preset: str | None = None,
        backbone: str | None = None,
    ) -> Survey:
        """Fig. 3 of photos, or of a random sample of ``count`` of them (None: all).

        Args:
            backbone: ``NAME/LAYER``, another network than the preset's.

        Raises:
            UserError: no photos.
            Cancelled: by the ticket.
        """
        from core.chain.config import with_backbone
        from core.chain.describer import prepare
        from core.chain.presets import preset as preset_of
        from core.inspect.mask_survey import survey
        from core.photos.scan import sample

        ticket = ticket or Ticket()
        if not paths:
            raise UserError("there are no photos to measure", hint="Open a folder or a library first.")
        if backbone is None:
            config, network = self._current(ticket, preset)
        else:
            config = with_backbone(preset_of(preset or "standard"), backbone)
            network = self._load(config, ticket)

        def look(path: Path) -> tuple[NDArray[np.float32], images.Rgb]:
            shown = prepare(images.read_photo(path), None, config, network.stride)
            return network.grid(shown), shown

        chosen = list(paths) if count is None else sample(paths, count)
        return survey(config, chosen, len(paths), look, ticket)

    def export(
        self,
        queries: Sequence[Query],
        folder: Path,
        kinds: Sequence[str],
        ticket: Ticket | None = None,
        preset: str | None = None,
    ) -> list[Path]:
        """Export figures, masks and numbers of photos to a folder, see ``core.records.EXPORT_KINDS``; returns the files.

        Raises:
            UserError: an unknown kind, a bad photo, or files that cannot be written.
            Cancelled: by the ticket.
        """
        from core.exports.inspections import export_inspection, write_numbers

        ticket = ticket or Ticket()
        written, seen = [], []
        for query in ticket.each(queries, len(queries), "exporting"):
            inspection = self.inspect(query, Ticket(), preset)
            seen.append(inspection)
            written += export_inspection(images.read_photo(query.path), inspection, folder, kinds)
        if "csv" in kinds:
            written.append(write_numbers(seen, folder / "masks.csv"))
        return written

    def draw(self, inspection: Inspection, out: Path) -> None:
        """Write Fig. 2 of an inspected photo or box: .png, .pdf or .svg.

        Raises:
            UserError: another suffix, a file that cannot be written, or a missing photo.
        """
        from core.exports.fig2 import draw_inspection

        draw_inspection(images.read_photo(inspection.query.path), inspection, out)

    def _view(
        self, query: Query, settings: LensSettings, ticket: Ticket, preset: str | None = None
    ) -> tuple[DescriberConfig, Backbone, View]:
        """The configuration, network and grid for the settings."""
        config, backbone = self._current(ticket, preset)
        if settings.longest_side is not None:
            config = replace(config, longest_side=settings.longest_side)
        if settings.pool is not None and settings.pool != config.pool:
            config = replace(config, pool=settings.pool)
            key = config.key("grid")[:3]
            changed = config
            backbone = self._backbones.get(key, lambda: self._load(changed, ticket))
        config = replace(
            config,
            sum_percentile=settings.sum_percentile,
            sift_contrast=settings.sift_contrast,
            sift_dilation=settings.sift_dilation,
            ignore_dead_channels=settings.ignore_dead_channels,
        )
        return config, backbone, self._views().view(query, config, backbone)
