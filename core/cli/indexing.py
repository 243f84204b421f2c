"""The subcommand ``index``: folders of photos into a library, by this computer or by a cluster."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from core.engine import (
    DEFAULT_LAYOUT,
    DEFAULT_PRESET,
    LAYOUTS,
    Engine,
    Ticket,
    UserError,
    agree_to_library,
    is_address,
    is_there,
    publish_library,
    shown,
)
from core.records import Cluster


def add_index_options(parser: argparse.ArgumentParser) -> None:
    """The options of ``index`` besides those of every subcommand."""
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--library", type=Path, required=True, help="its file; with --cluster perhaps an address")
    parser.add_argument("--preset", help=f"of a new library (default: {DEFAULT_PRESET}); see: presets")
    parser.add_argument("--held-out", type=Path, nargs="*", default=[], help="folders to fit a new library's describer on")
    parser.add_argument(
        "--windows", choices=LAYOUTS, help=f"parts of a new library's photos with codes of their own ({DEFAULT_LAYOUT})"
    )
    parser.add_argument(
        "--exclude",
        nargs="*",
        metavar="PATTERN",
        help="leave out files and folders of such names, from now on",
    )
    parser.add_argument("--rehash", action="store_true", help="read every file whole to see which changed")
    parser.add_argument(
        "--describe-anew", action="store_true", help="first describe all photos again if the preset has a newer fit"
    )
    parser.add_argument("--cluster", metavar="HOST:PORT", help="have the machines of a Ray cluster describe the photos")
    parser.add_argument("--shards", type=Path, metavar="DIR", help="where they write; all see it at this path")


def run_index(arguments: argparse.Namespace, engine: Engine, ticket: Ticket) -> tuple[dict[str, Any], str]:
    """Run it; returns the JSON document and the text."""
    cluster, library = _cluster(arguments), arguments.library
    published = cluster is not None and is_address(library)
    if published:  # from a file of its own, which the next run continues
        library = engine.library_for(
            arguments.folders, arguments.preset or DEFAULT_PRESET, arguments.windows or DEFAULT_LAYOUT
        )
    if is_there(library):
        agree_to_library(library, arguments.folders)
    anew = 0
    if arguments.describe_anew and is_there(library):
        anew = engine.anew.describe(library, ticket).indexed
    report = engine.index(
        arguments.folders,
        library,
        ticket,
        arguments.preset,
        arguments.held_out,
        arguments.windows,
        arguments.exclude,
        rehash=arguments.rehash,
        cluster=cluster,
    )
    document = {
        "indexed": report.indexed,
        "skipped": [{"path": str(s.path), "reason": s.reason} for s in report.skipped],
        "unchanged": report.unchanged,
        "removed": report.removed,
        "tried_again": report.passing,
        "described_anew": anew,
        "seconds": round(report.seconds, 3),
        "library": str(report.library),
    }
    lines = [
        f"{report.indexed} photos indexed, {report.unchanged} unchanged, {report.removed} removed,"
        f" {len(report.skipped)} skipped, in {report.seconds:.1f} s: {report.library}",
        *(f"  skipped {s.path}: {s.reason}" for s in report.skipped),
    ]
    if anew:
        lines.insert(0, f"{anew} photos described anew")
    if report.passing:
        lines.append(f"  {report.passing} of them could not be read now, and are tried again next time")
    if published:
        found, to = publish_library(report.library, str(arguments.library), ticket), shown(arguments.library)
        document |= {"to": to, "version": found.version, "sent": found.sent}
        lines.append(f"{found.photos} photos published as version {found.version}, {found.sent} of them sent: {to}")
    return document, "\n".join(lines)


def _cluster(arguments: argparse.Namespace) -> Cluster | None:
    """The cluster that was asked for.

    Raises:
        UserError: without the folder of its shards, or that folder without a cluster.
    """
    if (arguments.cluster is None) != (arguments.shards is None):
        hint = "Give both: --cluster HOST:PORT --shards DIR."
        raise UserError("a cluster and a folder for its shards belong together", "index", hint)
    return None if arguments.cluster is None else Cluster(arguments.cluster, arguments.shards)
