"""Load a describer: the shipped one of a preset, or the one in a library.  ``core.fitting.fitted`` fits new ones."""

from __future__ import annotations

from pathlib import Path

from core.backbones import Backbone, load_backbone, quickest
from core.chain.config import DescriberConfig
from core.chain.describer import Describer, check_backbone
from core.chain.model_file import load_describer_file, parse_describer
from core.chain.presets import preset, shipped_file
from core.chain.stages import Stages
from core.util.errors import UserError
from core.util.progress import Ticket


def backbone_of(
    config: DescriberConfig, device: str, weights: Path | None = None, ticket: Ticket | None = None
) -> Backbone:
    """The network of a configuration.

    Raises:
        UserError: as ``load_backbone``.
    """
    return load_backbone(config.backbone, config.layer, config.pool, device, weights, ticket)


def shipped_stages(name: str) -> Stages:
    """The shipped or saved stages of a preset.

    Raises:
        UserError: the preset must be fitted first.
    """
    path = shipped_file(name)
    if path is None:
        raise UserError(
            "these settings have no fit that travels with the program",
            "--held-out",
            "Give a folder of other photos to fit on with --held-out FOLDER.",
        )
    return load_describer_file(path)[1]


def shipped_describer(name: str, device: str, weights: Path | None = None, ticket: Ticket | None = None) -> Describer:
    """The describer of a preset, fitted on general photographs; its network is the ``quickest``.

    Raises:
        UserError: the preset does not exist, or has no shipped fit.
    """
    config = preset(name)
    path = shipped_file(name)
    if path is None:
        raise UserError(
            f"the preset '{name}' has no fit that travels with the program",
            "--preset",
            "Give a folder of other photos to fit it on with --held-out FOLDER.",
        )
    fitted, stages = load_describer_file(path)
    if fitted != config:
        raise UserError("the shipped describer does not fit its preset", str(path), "Install Cropseek again.")
    return assemble(config, stages, quickest(config.backbone, device, weights), weights, ticket)


def stored_describer(
    data: bytes, expected: DescriberConfig, where: str, device: str, weights: Path | None = None
) -> Describer:
    """The describer that is stored in a library; its network is the ``quickest``.

    Args:
        expected: the library's configuration, with which its vectors were made.

    Raises:
        UserError: damaged bytes, another configuration, or a network that cannot be loaded.
    """
    config, stages = parse_describer(data, where)
    if config != expected:
        raise UserError(
            "the library is damaged: its describer is not of its settings", where, "Index the collection again."
        )
    return assemble(config, stages, quickest(config.backbone, device, weights), weights)


def assemble(
    config: DescriberConfig, stages: Stages, device: str, weights: Path | None = None, ticket: Ticket | None = None
) -> Describer:
    """A describer of fitted stages and their network, after checking that they fit each other."""
    backbone = backbone_of(config, device, weights, ticket)
    check_backbone(config, backbone, stages)
    return Describer(config, stages, backbone)
