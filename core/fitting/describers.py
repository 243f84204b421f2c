"""Get a describer ready: the shipped one of a preset, the one in a library, or one fitted on a held-out set."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from core.backbones import Backbone, load_backbone
from core.chain.chain import Stages
from core.chain.config import DescriberConfig
from core.chain.describer import Describer, check_backbone
from core.chain.model_file import load_describer_file, parse_describer
from core.chain.presets import preset, shipped_file
from core.fitting.grid_store import GridStore, Item
from core.photos.scan import scan
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
    """The stages of a preset that travel with the program, or were saved.

    Raises:
        UserError: it must be fitted first.
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
    """The describer of a preset, fitted on general photographs.

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
    return assemble(config, stages, device, weights, ticket)


def stored_describer(data: bytes, where: str, device: str, weights: Path | None = None) -> Describer:
    """The describer that a library carries.

    Raises:
        UserError: damaged bytes, or a network that cannot be loaded.
    """
    config, stages = parse_describer(data, where)
    return assemble(config, stages, device, weights)


def assemble(
    config: DescriberConfig, stages: Stages, device: str, weights: Path | None = None, ticket: Ticket | None = None
) -> Describer:
    """Fitted stages and their network, checked to belong together."""
    backbone = backbone_of(config, device, weights, ticket)
    check_backbone(config, backbone, stages)
    return Describer(config, stages, backbone)


def fitted_describer(
    config: DescriberConfig,
    held_out: Sequence[Path],
    device: str,
    ticket: Ticket,
    weights: Path | None = None,
    cache: Path | None = None,
) -> Describer:
    """A describer fitted on folders of photos that are not searched.

    Args:
        cache: folder for the grids, so that another run need not compute them again; a temporary one when None.

    Raises:
        UserError: too few photos, or none.
        Cancelled: by the ticket.
    """
    # Here, since scikit-learn takes a second and a hundred megabytes that a search does not need.
    from core.fitting.training import fit_stages

    backbone = backbone_of(config, device, weights, ticket)
    with ExitStack() as stack:
        folder = cache or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="cropseek-")))
        store = GridStore(folder, config, backbone, weights, device.partition("+")[2])
        items = store.fill([Item(file.path) for file in scan(held_out, ticket)], ticket)
        return Describer(config, fit_stages(config, store, items, ticket), backbone)
