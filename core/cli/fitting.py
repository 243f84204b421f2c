"""The subcommands ``fit`` and ``presets``."""

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
    parser.add_argument("--held-out", type=Path, nargs="+", required=True, help="folders of photos that are not searched")
    parser.add_argument("--from", dest="start", default=DEFAULT_PRESET, help="the preset to start from")
    parser.add_argument("--set", nargs="*", default=[], metavar="KEY=VALUE", help="what to change: hashing=rba bits=256")


def run_fit(arguments: argparse.Namespace, engine: Engine, ticket: Ticket) -> tuple[dict[str, Any], str]:
    """Run the subcommand; returns its JSON document and its text."""
    values = changed(arguments.start, arguments.set)
    info = engine.pipelines.fit(arguments.name, values, arguments.held_out, ticket)
    return asdict(info), f"saved: {_preset_line(info)}\nuse it with: index FOLDER --preset '{info.name}'"


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
