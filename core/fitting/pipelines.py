"""The façade's part for pipelines: list presets, derive what settings lead to, and fit and save pipelines.

An ``Engine`` has one; the window and the command line may call it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from core.chain import presets
from core.chain.config import DescriberConfig, config_from_dict, with_backbone
from core.records import NetworkInfo, PipelineInfo
from core.util.errors import UserError
from core.util.progress import Ticket

SIGNED = (
    "features of this network may be negative, where the paper's are not: SUM and MAX mask take them as they are, and what"
    " the paper says of them need not hold"
)

HALF = 2
"""Bytes of a number in a stored descriptor."""


class Pipelines:
    """Presets and pipelines; safe to share between threads.

    Args:
        device: torch device for fitting.
        weights: a local file with the backbone's weights.
    """

    def __init__(self, device: str, weights: Path | None) -> None:
        self._device, self._weights = device, weights

    def presets(self) -> tuple[PipelineInfo, ...]:
        """Every preset of the program, then saved pipelines; damaged files are left out."""
        infos = [describe(name, config) for name, config in presets.PRESETS.items()]
        for name in presets.saved_presets():
            try:
                infos.append(describe(name, presets.preset(name)))
            except UserError:
                continue
        return tuple(infos)

    def networks(self) -> tuple[str, ...]:
        """The names of all networks of torchvision, and of timm where it is installed, that can be chosen."""
        from core.backbones.catalogue import network_names

        return network_names()

    def network(self, name: str) -> NetworkInfo:
        """Size and layers of a library's network; nothing is downloaded.

        Raises:
            UserError: there is no such network, or none of its layers has rows and columns.
        """
        from core.backbones.catalogue import network_info

        return network_info(name)

    def check(self, values: Mapping[str, Any]) -> PipelineInfo:
        """Sizes of descriptor and code for settings.

        Raises:
            UserError: invalid settings.
        """
        config = config_from_dict(dict(values))
        return describe(presets.preset_name(config), config)

    def fit(
        self,
        name: str,
        values: Mapping[str, Any],
        held_out: Sequence[Path],
        ticket: Ticket,
        cache: Path | None = None,
        count: int | None = None,
        weights: Path | None = None,
    ) -> PipelineInfo:
        """Fit settings on folders of photos that are not searched, and save the result as a preset.

        Args:
            count: of their photos, taken by chance; None: all.
            weights: a local file with the network's weights; a copy is kept, which the settings then name.

        Raises:
            UserError: impossible settings, a name that is taken by the program, no weights, too few photos.
            Cancelled: by the ticket; nothing is saved.
        """
        from core.backbones import kept_weights
        from core.chain.model_file import dump_describer
        from core.fitting.fitted import fitted_describer

        config = config_from_dict(dict(values))
        presets.check_name(name)
        weights = weights or self._weights
        if weights is not None:
            config = replace(config, backbone=kept_weights.name_with(config.backbone, weights))
        describer = fitted_describer(config, held_out, self._device, ticket, weights, cache, count)
        if weights is not None:
            kept_weights.keep(config.backbone, weights)
        presets.save_preset(name, dump_describer(config, describer.stages))
        note = SIGNED if getattr(describer.backbone, "signed", False) and config.mask in ("max", "sum") else ""
        return replace(describe(name, config), note=note)


def describe(name: str, config: DescriberConfig) -> PipelineInfo:
    """The record of a configuration under a name."""
    return PipelineInfo(
        name=name,
        values=config.as_dict(),
        dimensions=config.dimensions,
        bits=config.bits,
        descriptor_bytes=HALF * config.dimensions,
        code_bytes=config.bits // 8,
        fitted=presets.shipped_file(name) is not None,
    )


def changed(name: str, changes: Sequence[str], backbone: str | None = None) -> dict[str, Any]:
    """The values of a preset with another network, ``NAME/LAYER``, and ``key=value`` texts applied.

    Raises:
        UserError: no such preset, an unknown key, or a value of another type.
    """
    values = presets.preset(name).as_dict()
    if backbone is not None:
        values = with_backbone(presets.preset(name), backbone).as_dict()
    kinds: dict[str, Any] = {field.name: type(field.default) for field in dataclasses.fields(DescriberConfig)}
    for text in changes:
        key, separator, value = text.partition("=")
        if not separator:
            raise UserError(f"'{text}' is not of the form KEY=VALUE", "--set")
        kind = kinds.get(key, str)
        try:
            values[key] = value.lower() in ("true", "yes", "1") if kind is bool else kind(value)
        except ValueError as error:
            raise UserError(f"{key} = {value} is not of the type {kind.__name__}", "--set") from error
    return values
