"""The subcommands ``fit``, ``presets`` and ``networks``."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from core.engine import DEFAULT_PRESET, Engine, Ticket, changed
from core.records import PipelineInfo


def add_fit_options(parser: argparse.ArgumentParser) -> None:
    """The options of ``fit`` besides those of every subcommand."""
    parser.add_argument("name", help="of the new preset")
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--held-out", type=Path, nargs="+", help="folders of photos that are not searched")
    where.add_argument("--collection", type=Path, nargs="+", help="folders that are searched, where there are no others")
    parser.add_argument("--count", type=int, help="photos taken of them by chance (default: all)")
    backbone_option(parser)
    parser.add_argument("--from", dest="start", default=DEFAULT_PRESET, help="the preset to start from")
    parser.add_argument("--set", nargs="*", default=[], metavar="KEY=VALUE", help="what to change: hashing=rba bits=256")


def backbone_option(parser: argparse.ArgumentParser) -> None:
    """The network, for those who need not change anything else."""
    parser.add_argument(
        "--backbone",
        metavar="NAME/LAYER",
        help="the network: torchvision:resnet50/layer3, timm:convnext_tiny.fb_in22k/stages_2",
    )


def run_fit(arguments: argparse.Namespace, engine: Engine, ticket: Ticket) -> tuple[dict[str, Any], str]:
    """Run it; returns the JSON document and the text."""
    values = changed(arguments.start, arguments.set, arguments.backbone)
    own = arguments.collection is not None
    folders = arguments.collection if own else arguments.held_out
    info = engine.pipelines.fit(arguments.name, values, folders, ticket, count=arguments.count)
    lines = [f"saved: {_preset_line(info)}", f"use it with: index FOLDER --preset '{info.name}'"]
    if info.note:
        lines.append(f"note: {info.note}")
    if own:
        lines.append("note: it learnt from the collection itself; the paper learns from photos that are not searched")
    return asdict(info), "\n".join(lines)


def add_networks_options(parser: argparse.ArgumentParser) -> None:
    """The options of ``networks`` besides those of every subcommand."""
    parser.add_argument("name", nargs="?", default="", help="a network, whose layers are listed; or a part of some names")


def run_networks(arguments: argparse.Namespace, engine: Engine) -> tuple[dict[str, Any], str]:
    """Run the subcommand; returns its JSON document and its text.

    Raises:
        UserError: no network has such a name.
    """
    names = engine.pipelines.networks()
    if arguments.name not in names and any(arguments.name in name for name in names):
        names = tuple(name for name in names if arguments.name in name)
        return {"networks": names}, "\n".join(names)
    info = engine.pipelines.network(arguments.name)
    rows = [f"{layer.name:28} cells of {layer.stride} px, {layer.channels:,} channels" for layer in info.layers]
    return asdict(info), "\n".join([f"{info.name}: weights of about {info.size / 1e6:,.0f} MB", *rows])


def run_presets(engine: Engine) -> tuple[dict[str, Any], str]:
    """Run the subcommand; returns its JSON document and its text."""
    infos = engine.pipelines.presets()
    return {"presets": [asdict(info) for info in infos]}, "\n".join(map(_preset_line, infos))


def _preset_line(info: PipelineInfo) -> str:
    values = info.values
    method = values["baseline"] or f"{values['mask']} mask, {values['embedding']} + {values['aggregation']}"
    ready = "" if info.fitted else "; to be fitted with --held-out"
    return (
        f"{info.name:20} {values['backbone']} {values['longest_side']} px, {method},"
        f" {info.dimensions} numbers, {values['hashing']} {info.bits} bits{ready}"
    )
