"""The command line: every subcommand that needs no window (docs/command-line.md)."""

from __future__ import annotations

import argparse
import logging
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeAlias

from core.cli import explain, search
from core.cli.evaluate import add_options, run_evaluate, summary_line
from core.cli.fitting import add_fit_options, add_networks_options, backbone_option, run_fit, run_networks, run_presets
from core.cli.folders import add_forget_options, add_relink_options, run_forget, run_relink
from core.cli.indexing import add_index_options, run_index
from core.cli.output import print_json, print_progress, print_text
from core.cli.publish import add_publish_options, run_publish
from core.cli.search import parse_box_option, query_options
from core.cli.stopping import end_in_order
from core.engine import (
    DEFAULT_PRESET,
    Cancelled,
    Engine,
    Pace,
    Ticket,
    UserError,
    log_versions,
    shown,
)
from core.records import EXPORT_KINDS, Query

LOG_S = 20.0
"""Seconds between two lines of progress where standard error is not a terminal."""

DONE, USER_ERROR, USAGE, INTERRUPTED = 0, 1, 2, 130

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

Report = tuple[dict[str, Any], str]
"""The result of a subcommand: its JSON document, and the same as text."""


VERBOSE = "log every step, also to standard error"

_log = logging.getLogger("cropseek.cli")


def build_parser() -> argparse.ArgumentParser:
    """The parser of all subcommands, including those of the window, so that ``--help`` lists everything."""
    parser = argparse.ArgumentParser(
        prog="main.py",
        description="Draw a box on a photo; find it in your collection; see why. Without a command: the window.",
    )
    parser.add_argument("--verbose", action="store_true", help=VERBOSE)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    _window_commands(commands)
    _index_command(commands)
    _search_command(commands)
    search.add_compare_options(_command(commands, "compare", "one query in two libraries, by two pipelines", _compare))
    _inspect_command(commands)
    add_options(_command(commands, "evaluate", "mean average precision on photos with ground truth", _evaluate))
    _survey_command(commands)
    _explain_command(commands)
    add_fit_options(_command(commands, "fit", "fit a pipeline of one's own on other photos and save it as a preset", _fit))
    _command(commands, "presets", "all presets, and which of them are fitted", _presets)
    add_networks_options(_command(commands, "networks", "networks of torchvision and timm, and their layers", _networks))
    add_relink_options(_command(commands, "relink", "tell a library where a folder of photos is now", _relink))
    add_forget_options(_command(commands, "forget", "remove a folder from a library; no file is touched", _forget))
    add_publish_options(_command(commands, "publish", "put a library on a server, for many to search", _publish))
    info = _command(commands, "info", "what a library holds", _info)
    info.add_argument("library", type=Path, help="its file, or the address of a shared one")
    return parser


def run(arguments: argparse.Namespace) -> int:
    """Run a parsed subcommand: print its text, or with ``--json`` its document; returns the exit status."""
    end_in_order()
    log_versions()
    began = time.monotonic()
    try:
        document, text = arguments.run(arguments)
    except UserError as error:
        _log.warning("%s failed after %.3f s: %s", arguments.command, time.monotonic() - began, error.what)
        print_progress(f"error: {error}\n")
        return USER_ERROR
    except MemoryError:
        _log.warning("%s had not enough memory after %.3f s", arguments.command, time.monotonic() - began)
        print_progress("error: there is not enough memory for this. Close other programs, or use a smaller preset.\n")
        return USER_ERROR
    except (KeyboardInterrupt, Cancelled):
        print_progress("stopped; what was done so far is kept\n")
        return INTERRUPTED
    _log.info("%s done after %.3f s", arguments.command, time.monotonic() - began)
    if arguments.json:
        print_json(document)
    else:
        print_text(text)
    return DONE


def _command(
    commands: Commands, name: str, text: str, run: Callable[[argparse.Namespace], Report] | None = None
) -> argparse.ArgumentParser:
    """A subcommand with the options that all subcommands have."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
    parser.add_argument("--json", action="store_true", help="print one JSON document and nothing else")
    parser.add_argument("--verbose", action="store_true", default=argparse.SUPPRESS, help=VERBOSE)
    if run is not None:
        parser.set_defaults(run=run)
        parser.add_argument("--device", default="cpu", help="cpu, cuda, mps or auto; +bf16: bfloat16; cpu+int8: eight bits")
        parser.add_argument("--weights", type=Path, help="a local file with the backbone's weights")
    return parser


def _window_commands(commands: Commands) -> None:
    opened = _command(commands, "open", "the window on a library (its file or address), a folder or a photo")
    opened.add_argument("path", type=Path, nargs="?", help="left out: what was open last")
    sample = _command(commands, "sample", "the sample collection in the window; without a screen: the tour")
    sample.add_argument("--out", type=Path, default=Path("cropseek-tour"), help="where the tour writes without a screen")
    tour = _command(commands, "tour", "the whole main job unattended, with screenshots")
    tour.add_argument("--out", type=Path, required=True)
    tour.add_argument("--folder", type=Path, help="photos to use instead of the sample collection")
    tour.add_argument("--image", type=Path, help="the photo to draw the box on")
    tour.add_argument("--box", type=parse_box_option, help="x0,y0,x1,y1 in image pixels")


def _index_command(commands: Commands) -> None:
    add_index_options(_command(commands, "index", "index folders of photos into a library", _index))


def _search_command(commands: Commands) -> None:
    parser = _command(commands, "search", "find a photo, or a box on it, in a library", _search)
    search.add_options(parser)


def _inspect_command(commands: Commands) -> None:
    parser = _command(commands, "inspect", "masks and covariance histograms of a photo, as in Fig. 2", _inspect)
    query_options(parser, positional=True)
    parser.add_argument("--out", type=Path, help="write the figure: .png, .pdf or .svg")
    parser.add_argument("--export", nargs="+", default=[], metavar="KIND", help=f"write {', '.join(EXPORT_KINDS)}")
    parser.add_argument("--folder", type=Path, default=Path("cropseek-export"), help="where exports go")
    parser.add_argument("--preset", default=DEFAULT_PRESET)


def _survey_command(commands: Commands) -> None:
    parser = _command(commands, "survey", "what each mask keeps of the photos of a folder, as in Fig. 3", _survey)
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--count", type=int, default=200, help="photos taken by chance; 0: all (default: 200)")
    parser.add_argument("--out", type=Path, help="draw the figure: .png, .pdf or .svg")
    parser.add_argument("--preset", default=DEFAULT_PRESET)
    backbone_option(parser)


def _explain_command(commands: Commands) -> None:
    parser = _command(commands, "explain", "why a photo is found: the cells' shares in the score", _explain)
    query_options(parser, positional=False)
    explain.add_options(parser)


def _engine(arguments: argparse.Namespace) -> Engine:
    return Engine(arguments.device, arguments.weights)


def _progress_ticket() -> Ticket:
    """Reports progress on standard error: on a terminal in one line that is rewritten, else a line every ``LOG_S``."""
    terminal = sys.stderr.isatty()
    paces: dict[str, Pace] = {}
    last = time.monotonic()

    def show(done: int, total: int, what: str) -> None:
        nonlocal last
        if not total:
            return
        pace = paces.setdefault(what, Pace())
        pace.update(done)
        if not terminal and time.monotonic() - last < LOG_S:
            return
        last = time.monotonic()
        begin, end = ("\r\033[K", "" if done < total else "\n") if terminal else ("", "\n")
        print_progress(f"{begin}{pace.text(what, total)}{end}")

    return Ticket(on_progress=show)


def _index(arguments: argparse.Namespace) -> Report:
    return run_index(arguments, _engine(arguments), _progress_ticket())


def _relink(arguments: argparse.Namespace) -> Report:
    return run_relink(arguments, _engine(arguments))


def _forget(arguments: argparse.Namespace) -> Report:
    return run_forget(arguments, _engine(arguments))


def _publish(arguments: argparse.Namespace) -> Report:
    return run_publish(arguments, _progress_ticket())


def _search(arguments: argparse.Namespace) -> Report:
    return search.run_search(arguments, _engine(arguments))


def _compare(arguments: argparse.Namespace) -> Report:
    return search.run_compare(arguments, _engine(arguments))


def _inspect(arguments: argparse.Namespace) -> Report:
    query = Query(arguments.image, arguments.box)
    engine = _engine(arguments)
    inspection = engine.inspect.inspect(query, preset=arguments.preset)
    exported = []
    if arguments.export:
        exported = engine.inspect.export([query], arguments.folder, arguments.export, preset=arguments.preset)
    if arguments.out is not None:
        engine.inspect.draw(inspection, arguments.out)
    masks = {
        name: {
            "kept": mask.kept,
            "kept_fraction": mask.kept_fraction,
            "low_covariance_fraction": mask.low_covariance_fraction,
        }
        for name, mask in inspection.masks.items()
    }
    document = {
        "grid": list(inspection.grid_shape), "masks": masks, "keypoints": len(inspection.keypoints),
        "exported": [str(path) for path in exported],
    }  # fmt: skip
    height, width, channels = inspection.grid_shape
    lines = [f"{arguments.image}: grid {height} x {width} x {channels}, {len(inspection.keypoints)} SIFT keypoints"]
    for name, mask in inspection.masks.items():
        share = mask.low_covariance_fraction
        within = f"{share:.1%} of pairs within 0.15" if share is not None else "too few features for a histogram"
        lines.append(f"  {name:5} keeps {mask.kept:5} cells, {mask.kept_fraction:6.1%}; {within}")
    if arguments.out is not None:
        lines.append(f"figure: {arguments.out}")
    lines += [f"written: {path}" for path in exported]
    return document, "\n".join(lines)


def _evaluate(arguments: argparse.Namespace) -> Report:
    return run_evaluate(arguments, _engine(arguments), _progress_ticket())


def _survey(arguments: argparse.Namespace) -> Report:
    engine, ticket = _engine(arguments), _progress_ticket()
    paths = [photo.path for photo in engine.scan(arguments.folders, ticket)]
    found = engine.inspect.survey(paths, ticket, arguments.count or None, arguments.preset, arguments.backbone)
    summaries = tuple(found.summaries.values())
    if arguments.out is not None:
        from core.evaluation.figures import draw_masks

        draw_masks(summaries, arguments.out)
    records = [{key: value for key, value in asdict(s).items() if key != "histogram"} for s in summaries]
    document = {
        "photos": len(found.photos), "total": found.total, "cells": found.cells, "masks": records,
        "skipped": [{"path": str(s.path), "reason": s.reason} for s in found.skipped],
    }  # fmt: skip
    head = f"{len(found.photos)} of {found.total} photos, {found.cells:.0f} cells each; intervals of 95 %"
    return document, "\n".join([head, *map(summary_line, summaries)])


def _fit(arguments: argparse.Namespace) -> Report:
    return run_fit(arguments, _engine(arguments), _progress_ticket())


def _presets(arguments: argparse.Namespace) -> Report:
    return run_presets(_engine(arguments))


def _networks(arguments: argparse.Namespace) -> Report:
    return run_networks(arguments, _engine(arguments))


def _explain(arguments: argparse.Namespace) -> Report:
    return explain.run_explain(arguments, _engine(arguments))


def _info(arguments: argparse.Namespace) -> Report:
    engine = _engine(arguments)
    info, notes = engine.open_library(arguments.library), engine.browse.notes()
    document = {
        "library": shown(info.path),
        "preset": info.preset,
        "fingerprint": info.fingerprint,
        "fit": info.fit,
        "newer_fit": info.newer_fit,
        "notes": list(notes),
        "photos": info.photos,
        "skipped": [{"path": str(s.path), "reason": s.reason} for s in info.skipped],
        "roots": [str(root) for root in info.roots],
        "dimensions": info.dimensions,
        "bits": info.bits,
        "windows": info.windows,
        "bytes_per_photo": info.bytes_per_photo,
        "config": info.config,
    }
    lines = [
        f"{shown(info.path)}: {info.photos} photos, {len(info.skipped)} skipped",
        f"  preset {info.preset} ({info.fingerprint}): {info.dimensions} numbers, {info.bits} bits",
        f"  windows: {info.windows}",
        f"  {info.bytes_per_photo:,} bytes a photo",
        *(f"  folder {root}" for root in info.roots),
        *(f"  skipped {s.path}: {s.reason}" for s in info.skipped),
        *([f"  newer fit: {info.newer_fit}; see: index --describe-anew"] if info.newer_fit else []),
        *(f"  note: {note}" for note in notes),
    ]
    return document, "\n".join(lines)
